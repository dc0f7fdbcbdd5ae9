import type { Fields } from './vector.ts';

/** What is expected is there: objects by the keys expected, lists in order. */
export function deep(expected: unknown, got: unknown): boolean {
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return false;
    return expected.every((item, index) => deep(item, got[index]));
  }
  if (!isFields(expected)) return expected === got;
  return isFields(got) && Object.entries(expected).every(([key, value]) => key in got && deep(value, got[key]));
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

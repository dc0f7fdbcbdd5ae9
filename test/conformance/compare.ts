import { deep } from './deep.ts';
import { samePdus } from './compare-pdus.ts';
import { comparePeriods } from './compare-periods.ts';
import { compareTimes } from './compare-times.ts';
import type { Fields, Outcome, Vector } from './vector.ts';

/** A statement that does not hold. */
export interface Difference {
  readonly key: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** The statements of a vector that an answer does not meet; none when it passes. */
export function compare(vector: Vector, outcome: Outcome): Difference[] {
  const refusal = vector.expect['error'] === true;
  if (!('out' in outcome)) {
    const why = 'error' in outcome ? outcome.error : outcome.skip;
    return refusal && 'error' in outcome ? [] : [{ key: 'error', expected: null, got: why }];
  }
  if (refusal) return [{ key: 'error', expected: true, got: outcome.out }];
  return Object.entries(vector.expect)
    .filter(([key, expected]) => !holds(vector, outcome.out, { key, expected }))
    .map(([key, expected]) => ({ key, expected, got: outcome.out[key] }));
}

interface Statement {
  readonly key: string;
  readonly expected: unknown;
}

const hexKeys = new Set(['hex', 'septets', 'data_hex', 'ud_septets', 'udh_hex']);

function holds(vector: Vector, out: Fields, { key, expected }: Statement): boolean {
  const got = out[key];
  if (key === 'decodes' || key === 'parses') return true;
  if (/^(timestamp|discharge)(_local|_utc)?$/.test(key))
    return compareTimes(vector.expect, out, key.split('_')[0] ?? '');
  if (/^(number|smsc)(_digits)?$/.test(key)) return sameNumber(out, { key, expected });
  if (key === 'pdus') return Array.isArray(got) && samePdus(texts(expected), texts(got));
  if (key === 'pdu_patterns') return matchesPatterns(texts(expected), texts(out['pdus']));
  if (key === 'vp') return deep(expected, got) || comparePeriods(expected, got);
  if (hexKeys.has(key)) return sameHex(vector, String(expected), String(got));
  return key in out && deep(expected, got);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function sameNumber(out: Fields, { key, expected }: Statement): boolean {
  const [base = ''] = key.split('_');
  const got = out[base] ?? out[`${base}_digits`];
  if (got === undefined) return false;
  return key === base && base in out
    ? got === expected
    : typeof got === 'string' && digits(got) === digits(String(expected));
}

function digits(number: string): string {
  return number.replaceAll('+', '');
}

function matchesPatterns(patterns: readonly string[], pdus: readonly string[]): boolean {
  if (patterns.length !== pdus.length) return false;
  return patterns.every((pattern, index) => new RegExp(`^(?:${pattern})$`, 'i').test(pdus[index] ?? ''));
}

/** 81 or A1 for a number without `+` is the encoder's choice. */
function sameHex({ kind, op, input }: Vector, expected: string, got: string): boolean {
  const free = kind === 'address' && op === 'encode' && !('toa' in input);
  const normal = (hex: string): string => (free ? hex.replace(/^(..)A1/, '$181') : hex);
  return normal(expected.toUpperCase()) === normal(got.toUpperCase());
}

import { deep, isFields } from './deep.ts';
import type { Fields } from './vector.ts';

/** Whether two validity periods are the same one when each relative octet is written as its seconds. */
export function comparePeriods(expected: unknown, got: unknown): boolean {
  return isFields(expected) && isFields(got) && deep(inSeconds(expected), inSeconds(got));
}

function inSeconds(period: Fields): Fields {
  const { octet, ...rest } = period;
  if (period['format'] !== 'relative' || typeof octet !== 'number') return period;
  return { ...rest, seconds: period['seconds'] ?? secondsOf(octet) };
}

/** The table of TS 23.040 §9.2.3.12.1, written here a second time so that the product is not judged by itself. */
function secondsOf(octet: number): number {
  if (octet < 144) return (octet + 1) * 300;
  if (octet < 168) return 43_200 + (octet - 143) * 1800;
  return octet < 197 ? (octet - 166) * 86_400 : (octet - 192) * 604_800;
}

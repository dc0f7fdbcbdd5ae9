import { octetAt } from './octets.ts';

/** Digits of an address: the half octets 0 to 14; 15 fills the last octet (TS 23.040 §9.1.2.3). */
const digits = '0123456789*#abc';
const fill = 0xf;

const digitPairs: readonly string[] = Array.from({ length: 256 }, (_, octet) => {
  const low = digits[octet & 0xf] ?? '';
  return low + (digits[octet >> 4] ?? '');
});

/**
 * Reads `count` half octets from octet `start` on, the low half first. Fill is passed over wherever it stands, so that
 * no digit is lost; {@link digitsAreSound} tells whether it stands where it may.
 */
export function readDigits(octets: Uint8Array, start: number, count: number): string {
  let number = '';
  const whole = count >> 1;
  for (let at = 0; at < whole; at += 1) number += digitPairs[octetAt(octets, start + at)] ?? '';
  return count % 2 === 1 ? number + (digits[octetAt(octets, start + whole) & 0xf] ?? '') : number;
}

/** How many half octets a number has, and how many of them are digits. */
export interface DigitCount {
  readonly count: number;
  readonly found: number;
}

/** Whether fill stands behind the last digit and nowhere in front of one, and an odd number of digits ends in it. */
export function digitsAreSound(octets: Uint8Array, start: number, { count, found }: DigitCount): boolean {
  const whole = count >> 1;
  if (found < count && fillStandsInFront(octets, start, start + whole)) return false;
  if (count % 2 === 0) return true;
  const last = octetAt(octets, start + whole);
  return last >> 4 === fill && (last & 0xf) !== fill;
}

function fillStandsInFront(octets: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const octet = octetAt(octets, at);
    if ((octet & 0xf) === fill && octet >> 4 !== fill) return true;
  }
  return false;
}

/** Writes digits, `*`, `#`, `a`, `b` and `c`, the low half first; null when there is another character. */
export function writeDigits(number: string): Uint8Array<ArrayBuffer> | null {
  const octets = new Uint8Array((number.length + 1) >> 1).fill(0xff);
  for (let at = 0; at < number.length; at += 1) {
    const value = digits.indexOf((number[at] ?? '').toLowerCase());
    if (value < 0) return null;
    const octet = octetAt(octets, at >> 1);
    octets[at >> 1] = at % 2 === 0 ? (fill << 4) | value : (value << 4) | (octet & 0xf);
  }
  return octets;
}

/** Swaps the halves of an octet and reads them as a decimal number (TS 23.040 §9.1.2.3); null when one is above 9. */
export function readDecimal(octet: number): number | null {
  const tens = octet & 0xf;
  const ones = octet >> 4;
  return tens > 9 || ones > 9 ? null : tens * 10 + ones;
}

/** 0 to 99 as an octet with its halves swapped. */
export function writeDecimal(value: number): number {
  return ((value % 10) << 4) | (Math.floor(value / 10) % 10);
}

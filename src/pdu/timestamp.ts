import { octetAt, toHex } from './octets.ts';
import { readDecimal, writeDecimal } from './semi-octets.ts';
import type { Timestamp } from './tpdu.ts';

/** Octets of TP-SCTS and TP-DT. */
export const timestampOctets = 7;

/** Years from 70 on are of the last century: some centres send 1970 when their clock is not set. */
const centuryTurn = 70;

const minuteMs = 60_000;

/**
 * Reads TP-SCTS or TP-DT (TS 23.040 §9.2.3.11): YY MM DD hh mm ss and the zone in quarter hours. What is no moment of
 * the calendar is kept raw.
 * @param raw the seven octets in upper-case hex, where the caller has them
 */
export function readTimestamp(octets: Uint8Array, start = 0, raw = rawTime(octets, start)): Timestamp {
  const offsetMinutes = raw.length === 2 * timestampOctets ? readZone(octetAt(octets, start + 6)) : null;
  const local = readClock(octets, start);
  if (local === null || offsetMinutes === null) return { raw, valid: false, at: null, offsetMinutes, text: null };
  const text = clockText(octets, start) + zoneText(offsetMinutes);
  return { raw, valid: true, at: local - offsetMinutes * minuteMs, offsetMinutes, text };
}

function rawTime(octets: Uint8Array, start: number): string {
  return toHex(octets, start, Math.min(octets.length, start + timestampOctets));
}

/** Days of each month, in a leap year. */
const longestMonth = Uint8Array.of(0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

/** The clock as if it were UTC, in milliseconds since 1970; null when it is none. */
function readClock(octets: Uint8Array, start: number): number | null {
  const year = decimal(octets, start);
  const month = decimal(octets, start + 1);
  const day = decimal(octets, start + 2);
  const hour = decimal(octets, start + 3);
  const minute = decimal(octets, start + 4);
  const second = decimal(octets, start + 5);
  if (year > 99 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  // Every fourth year of 1970 to 2069 is a leap year, 2000 too.
  if (day > octetAt(longestMonth, month) || (month === 2 && day === 29 && year % 4 !== 0)) return null;
  return Date.UTC(year + (year < centuryTurn ? 2000 : 1900), month - 1, day, hour, minute, second);
}

/** Two swapped digits as a number; 255 when one is none. */
const decimals = Uint8Array.from({ length: 256 }, (_, octet) => readDecimal(octet) ?? 255);
const decimalTexts: readonly string[] = Array.from({ length: 256 }, (_, octet) => {
  return String(readDecimal(octet) ?? 0).padStart(2, '0');
});

function decimal(octets: Uint8Array, at: number): number {
  return decimals[octets[at] ?? 255] ?? 255;
}

/** `2025-01-21T12:34:36` out of a clock that was found to be one. */
function clockText(octets: Uint8Array, start: number): string {
  const two = (at: number): string => decimalTexts[octetAt(octets, start + at)] ?? '';
  const century = decimal(octets, start) < centuryTurn ? '20' : '19';
  return `${century}${two(0)}-${two(1)}-${two(2)}T${two(3)}:${two(4)}:${two(5)}`;
}

/**
 * The zone octet in minutes east of UTC: swapped digits of quarter hours, of which bit 3 as transmitted is the sign
 * (TS 23.040 §9.2.3.11). Ones above 9 count on: some centres write 28 quarters as 2 and 8 but 32 as 2 and 12. Null for a
 * zone beyond a day.
 */
export function readZone(octet: number): number | null {
  const quarters = (octet & 0x07) * 10 + (octet >> 4);
  if (quarters > mostQuarters) return null;
  const minutes = quarters * 15;
  return octet & 0x08 && minutes > 0 ? -minutes : minutes;
}

/** 19 hours and 45 minutes: what two decimal digits and a sign can hold. */
const mostQuarters = 79;

/** `+03:00` by quarter hours from -79 to 79. */
const zoneTexts: readonly string[] = Array.from({ length: 159 }, (_, index) => {
  const size = Math.abs(index - 79) * 15;
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  return `${index < 79 ? '-' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
});

function zoneText(minutes: number): string {
  return zoneTexts[minutes / 15 + mostQuarters] ?? '';
}

/**
 * Writes a moment as the clock of a zone shows it.
 * @param at milliseconds since 1970-01-01 UTC
 * @param offsetMinutes minutes east of UTC, rounded to quarter hours, at most 19 h 45 min either way
 */
export function encodeTimestamp(at: number, offsetMinutes = 0): Uint8Array<ArrayBuffer> {
  const quarters = Math.min(mostQuarters, Math.round(Math.abs(offsetMinutes) / 15));
  const signed = offsetMinutes < 0 ? -quarters : quarters;
  const clock = new Date(at + signed * 15 * minuteMs);
  const sign = signed < 0 ? 0x08 : 0;
  return Uint8Array.of(
    writeDecimal(clock.getUTCFullYear() % 100),
    writeDecimal(clock.getUTCMonth() + 1),
    writeDecimal(clock.getUTCDate()),
    writeDecimal(clock.getUTCHours()),
    writeDecimal(clock.getUTCMinutes()),
    writeDecimal(clock.getUTCSeconds()),
    writeDecimal(quarters) | sign,
  );
}

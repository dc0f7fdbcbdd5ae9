import { SimloftError } from '../core/errors.ts';
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

/**
 * A TP-SCTS or TP-DT that stands alone, read strictly.
 * @throws SimloftError `pdu_invalid` when it has less than seven octets
 */
export function decodeTimestamp(octets: Uint8Array): Timestamp {
  if (octets.length >= timestampOctets) return readTimestamp(octets);
  const details = { path: 'SCTS', offset: octets.length, read: {} };
  const text = `A time has ${timestampOctets} octets, but there are ${octets.length}.`;
  throw new SimloftError('pdu_invalid', text, { details });
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
  const leapDay = month > 2 && year % 4 === 0 ? 1 : 0;
  const days = (monthStarts[month] ?? 0) + leapDay + day - 1;
  return (yearStarts[year] ?? 0) + (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000;
}

/** When the years 0 to 99 begin, in milliseconds since 1970. */
const yearStarts = Float64Array.from({ length: 100 }, (_, year) => Date.UTC(fullYear(year), 0));
/** Days of a common year in front of each month. */
const monthStarts = Uint16Array.of(0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334);

function fullYear(year: number): number {
  return year + (year < centuryTurn ? 2000 : 1900);
}

/** Two swapped digits as a number; 255 when one is none. */
const decimals = Uint8Array.from({ length: 256 }, (_, octet) => readDecimal(octet) ?? 255);

function decimal(octets: Uint8Array, at: number): number {
  return decimals[octets[at] ?? 255] ?? 255;
}

/** What each octet of a clock is written as. */
const yearTexts = texts((year) => `${fullYear(year)}-`);
const monthTexts = texts((month) => `${twoDigits(month)}-`);
const dayTexts = texts((day) => `${twoDigits(day)}T`);
const timeTexts = texts((value) => `${twoDigits(value)}:`);
const secondTexts = texts(twoDigits);

function texts(write: (value: number) => string): readonly string[] {
  return Array.from({ length: 256 }, (_, octet) => write(readDecimal(octet) ?? 0));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** `2025-01-21T12:34:36` out of a clock that was found to be one. */
function clockText(octets: Uint8Array, start: number): string {
  const date =
    (yearTexts[octetAt(octets, start)] ?? '') +
    (monthTexts[octetAt(octets, start + 1)] ?? '') +
    (dayTexts[octetAt(octets, start + 2)] ?? '');
  const time =
    (timeTexts[octetAt(octets, start + 3)] ?? '') +
    (timeTexts[octetAt(octets, start + 4)] ?? '') +
    (secondTexts[octetAt(octets, start + 5)] ?? '');
  return date + time;
}

/**
 * The zone octet in minutes east of UTC: swapped digits of quarter hours, of which bit 3 as transmitted is the sign
 * (TS 23.040 §9.2.3.11). Ones above 9 count on: some centres write 28 quarters as 2 and 8 but 32 as 2 and 12. Null for a
 * zone beyond what two digits can hold.
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
  return `${index < 79 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
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

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
 */
export function readTimestamp(octets: Uint8Array, start = 0): Timestamp {
  const raw = toHex(octets, start, Math.min(octets.length, start + timestampOctets));
  const offsetMinutes = raw.length === 2 * timestampOctets ? readZone(octetAt(octets, start + 6)) : null;
  const local = readClock(octets, start);
  if (local === null || offsetMinutes === null) return { raw, valid: false, at: null, offsetMinutes, text: null };
  const text = new Date(local).toISOString().slice(0, 19) + zoneText(offsetMinutes);
  return { raw, valid: true, at: local - offsetMinutes * minuteMs, offsetMinutes, text };
}

/** The clock as if it were UTC, in milliseconds since 1970; null when it is none. */
function readClock(octets: Uint8Array, start: number): number | null {
  const year = readDecimal(octetAt(octets, start));
  const month = readDecimal(octetAt(octets, start + 1));
  const day = readDecimal(octetAt(octets, start + 2));
  const hour = readDecimal(octetAt(octets, start + 3));
  const minute = readDecimal(octetAt(octets, start + 4));
  const second = readDecimal(octetAt(octets, start + 5));
  if (year === null || month === null || day === null || hour === null || minute === null || second === null)
    return null;
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  const local = Date.UTC(year + (year < centuryTurn ? 2000 : 1900), month - 1, day, hour, minute, second);
  return new Date(local).getUTCDate() === day ? local : null;
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

function zoneText(minutes: number): string {
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
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

/** A clock that a modem writes as text. */
export interface ClockText {
  /** `2014-08-05T04:00:21+10:00`; without the zone where the modem does not give it. */
  readonly text: string;
  /** Milliseconds since 1970-01-01 UTC; null without a zone. */
  readonly at: number | null;
  /** Minutes east of UTC, daylight saving included; null without a zone. */
  readonly offsetMinutes: number | null;
  /** How much of the offset is daylight saving; null when the modem does not say. */
  readonly daylightMinutes: number | null;
}

/** Quarter hours stand behind the seconds; hours of daylight saving may follow. */
const form = /^"?(\d\d\/\d\d\/\d\d)[, ](\d\d:\d\d:\d\d)(?:([+-])(\d\d))?"?(?:,\s*(\d{1,2}))?$/;

/**
 * Reads `yy/MM/dd,hh:mm:ss±zz` (TS 27.005 §3.1, TS 27.007 §8.15), zz in quarter hours, as +CCLK, +CMGS and network time
 * have it; null for anything else. Some modems have a space in the place of the comma, and no zone.
 */
export function readClockText(text: string): ClockText | null {
  const match = form.exec(text.trim());
  if (match === null) return null;
  const [, date = '', time, sign, quarters, daylight] = match;
  const clock = `20${date.replaceAll('/', '-')}T${time}`;
  const local = Date.parse(`${clock}Z`);
  const size = Number(quarters ?? 0) * 15;
  // A date parser takes 31 February for 3 March.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(clock) || size > 24 * 60) return null;
  if (sign === undefined) return { text: clock, at: null, offsetMinutes: null, daylightMinutes: null };
  const offsetMinutes = sign === '-' ? -size : size;
  const zone = `${sign}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
  const daylightMinutes = daylight === undefined ? null : Number(daylight) * 60;
  return { text: clock + zone, at: local - offsetMinutes * 60_000, offsetMinutes, daylightMinutes };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** A clock that a modem writes as text. */
export interface ClockText {
  /** `2014-08-05T04:00:21+10:00`. */
  readonly text: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  /** Minutes east of UTC, daylight saving included. */
  readonly offsetMinutes: number;
  /** How much of the offset is daylight saving; null when the modem does not say. */
  readonly daylightMinutes: number | null;
}

/** Quarter hours stand behind the seconds; hours of daylight saving may follow. */
const form = /^"?(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)([+-])(\d\d)"?(?:,\s*(\d{1,2}))?$/;

/**
 * Reads `yy/MM/dd,hh:mm:ss±zz` (TS 27.005 §3.1, TS 27.007 §8.15), zz in quarter hours, as +CCLK, +CMGS and network time
 * have it; null for anything else, also for a clock without its zone.
 */
export function readClockText(text: string): ClockText | null {
  const match = form.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, sign, quarters, daylight] = match;
  const clock = `20${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const local = Date.parse(`${clock}Z`);
  const size = Number(quarters) * 15;
  if (Number.isNaN(local) || size > 24 * 60) return null;
  const offsetMinutes = sign === '-' ? -size : size;
  const zone = `${sign}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
  const daylightMinutes = daylight === undefined ? null : Number(daylight) * 60;
  return { text: clock + zone, at: local - offsetMinutes * 60_000, offsetMinutes, daylightMinutes };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

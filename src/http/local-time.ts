/** A wall clock, both ways. The request's API writes times without a zone: the gateway's own. */
export interface LocalTime {
  /** `2024-08-20T13:08:07.501000`: six fraction digits, as in the request; the gateway measures milliseconds. */
  format(at: number): string;
  /** `2024-08-20T13:08:07`. */
  formatSeconds(at: number): string;
  /**
   * `2024-08-15 12:46:13`, also with `T`, with a fraction, and with `Z` or an offset. Epoch ms, or null for anything else.
   * A moment that the clock passes twice in autumn is the earlier one, so that a question misses nothing.
   */
  parse(text: string): number | null;
}

/** The wall clock of this process (environment variable `TZ`). By `Date` alone: `Intl` would cost some MiB for its tables. */
export const localTime: LocalTime = {
  format: (at) => `${written(at)}.${pad(new Date(at).getMilliseconds(), 3)}000`,
  formatSeconds: written,
  parse(text) {
    const read = readTime(text);
    if (read === null) return null;
    const { wall, offsetMinutes } = read;
    if (offsetMinutes !== null) return wall - offsetMinutes * 60_000;
    // A moment that is passed twice is the earlier one, and one that spring leaps over is taken as if it had not (ECMA-262, UTC(t)).
    const clock = new Date(wall);
    const [year, month, day] = [clock.getUTCFullYear(), clock.getUTCMonth(), clock.getUTCDate()];
    const [hour, minute, second] = [clock.getUTCHours(), clock.getUTCMinutes(), clock.getUTCSeconds()];
    return new Date(year, month, day, hour, minute, second, clock.getUTCMilliseconds()).getTime();
  },
};

function written(at: number): string {
  const clock = new Date(at);
  const date = [pad(clock.getFullYear(), 4), pad(clock.getMonth() + 1, 2), pad(clock.getDate(), 2)];
  const time = [clock.getHours(), clock.getMinutes(), clock.getSeconds()].map((part) => pad(part, 2));
  return `${date.join('-')}T${time.join(':')}`;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

const timePattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

function readTime(text: string): { wall: number; offsetMinutes: number | null } | null {
  // In a query string an unescaped + is a space: `…13 03:00` was meant as `…13+03:00`.
  const match = timePattern.exec(text.trim().replace(/(:\d{2}(?:[.,]\d+)?) (\d{2}:?\d{2})$/, '$1+$2'));
  if (match === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const fields = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = fields;
  const wall = Date.UTC(y, mo - 1, d, h, mi, s, Number(fraction.slice(0, 3).padEnd(3, '0')));
  // Date.UTC rolls 31 February over into March; a question for a day that does not exist is a mistake.
  const back = new Date(wall);
  const same = back.getUTCMonth() === mo - 1 && back.getUTCDate() === d && h < 24 && mi < 60 && s < 60;
  return same ? { wall, offsetMinutes: zone === undefined ? null : zoneMinutes(zone) } : null;
}

function zoneMinutes(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}

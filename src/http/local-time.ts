/** Wall clock of one time zone, both ways. The request's API writes times without a zone: the gateway's own. */
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

/** @param timeZone IANA name, such as `Europe/Moscow`. */
export function createLocalTime(timeZone: string): LocalTime {
  const wallClock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  /** The wall clock at `at`, as if it were UTC. */
  const wallAt = (at: number): number => {
    const parts: Record<string, number> = {};
    for (const { type, value } of wallClock.formatToParts(at)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const whole = Date.UTC(year, month - 1, day, hour, minute, second);
    return whole + (((at % 1000) + 1000) % 1000);
  };
  return {
    format: (at) => `${new Date(wallAt(at)).toISOString().slice(0, -1)}000`,
    formatSeconds: (at) => new Date(wallAt(at)).toISOString().slice(0, 19),
    parse(text) {
      const read = readTime(text);
      if (read === null) return null;
      const { wall, offsetMinutes } = read;
      if (offsetMinutes !== null) return wall - offsetMinutes * 60_000;
      // Each zone is within a day of UTC, so one of these offsets is the right one; the larger gives the earlier moment.
      const offsets = [
        wallAt(wall - 86_400_000) - (wall - 86_400_000),
        wallAt(wall + 86_400_000) - (wall + 86_400_000),
      ];
      const fitting = offsets.map((offset) => wall - offset).filter((at) => wallAt(at) === wall);
      // A moment that the clock leaps over in spring: the zone as it was before the leap.
      return fitting.length > 0 ? Math.min(...fitting) : wall - (offsets[0] ?? 0);
    },
  };
}

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

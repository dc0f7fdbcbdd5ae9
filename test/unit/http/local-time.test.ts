import { describe, expect, it } from 'vitest';
import { localTime, type LocalTime } from '../../../src/http/local-time.ts';

/** The clock of a process in that zone; the suite itself runs in Moscow. */
function clockIn(zone: string): LocalTime {
  const inZone =
    <Given, Result>(ask: (given: Given) => Result) =>
    (given: Given): Result => {
      const before = process.env['TZ'];
      process.env['TZ'] = zone;
      try {
        return ask(given);
      } finally {
        process.env['TZ'] = before;
      }
    };
  return {
    format: inZone((at: number) => localTime.format(at)),
    formatSeconds: inZone((at: number) => localTime.formatSeconds(at)),
    parse: inZone((text: string) => localTime.parse(text)),
  };
}

const moscow = clockIn('Europe/Moscow');
const berlin = clockIn('Europe/Berlin');
const kolkata = clockIn('Asia/Kolkata');
const utc = (text: string) => Date.parse(text);

describe('local time', () => {
  it('is written as the request writes it', () => {
    expect(moscow.format(utc('2024-08-20T10:08:07.501Z'))).toBe('2024-08-20T13:08:07.501000');
    expect(moscow.formatSeconds(utc('2024-08-20T23:59:59.999Z'))).toBe('2024-08-21T02:59:59');
    expect(kolkata.format(utc('2024-01-01T00:00:00Z'))).toBe('2024-01-01T05:30:00.000000');
    expect(moscow.format(utc('1969-12-31T23:59:59.750Z'))).toBe('1970-01-01T02:59:59.750000');
  });

  it.each([
    ['2024-08-15 12:46:13', '2024-08-15T09:46:13.000Z'],
    ['2024-08-15T12:46:13', '2024-08-15T09:46:13.000Z'],
    ['2024-08-15T12:46:13.501500', '2024-08-15T09:46:13.501Z'],
    ['2024-08-15T12:46:13.5', '2024-08-15T09:46:13.500Z'],
    ['2024-08-15T12:46:13Z', '2024-08-15T12:46:13.000Z'],
    ['2024-08-15T12:46:13+05:30', '2024-08-15T07:16:13.000Z'],
    ['2024-08-15T12:46:13 05:30', '2024-08-15T07:16:13.000Z'],
    ['2024-08-15T12:46:13-0230', '2024-08-15T15:16:13.000Z'],
    ['2024-08-15T12:46:13-03', '2024-08-15T15:46:13.000Z'],
    ['2024-08-15 12:46', '2024-08-15T09:46:00.000Z'],
    ['2024-08-15', '2024-08-14T21:00:00.000Z'],
    ['2024-02-29 00:00:00', '2024-02-28T21:00:00.000Z'],
  ])('%j is %s', (text, at) => {
    expect(moscow.parse(text)).toBe(utc(at));
  });

  it.each([
    '',
    'yesterday',
    '2024-13-01 00:00:00',
    '2024-02-30 00:00:00',
    '2023-02-29',
    '2024-08-15 24:00:00',
    '2024-08-15 12:60:00',
    '2024-08-15 12:46:61',
    '15.08.2024',
    '1724000000',
    '2024-08-15T12:46:13 Moscow',
    "2024-08-15' OR 1=1",
  ])('%j is no time', (text) => {
    expect(moscow.parse(text)).toBeNull();
  });

  it('takes the earlier of two moments in autumn, and a moment that spring leaps over as if it had not', () => {
    expect(berlin.parse('2024-10-27 02:30:00')).toBe(utc('2024-10-27T00:30:00Z'));
    expect(berlin.parse('2024-10-27 03:30:00')).toBe(utc('2024-10-27T02:30:00Z'));
    expect(berlin.parse('2024-03-31 02:30:00')).toBe(utc('2024-03-31T01:30:00Z'));
    expect(berlin.parse('2024-03-31 01:59:59')).toBe(utc('2024-03-31T00:59:59Z'));
  });

  it('reads what it wrote', () => {
    for (let at = utc('2024-01-01T00:00:00.123Z'); at < utc('2025-01-01T00:00:00Z'); at += 37 * 3_600_000)
      expect(berlin.parse(berlin.format(at))).toBe(at);
  });
});

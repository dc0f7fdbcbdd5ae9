import { describe, expect, it } from 'vitest';
import { capturePattern, readDuration, timeZone } from '../../../src/config/kinds.ts';
import { isLoopback, requireOwnAddress } from '../../../src/config/listen-address.ts';

describe('durations', () => {
  it.each([
    ['90', 90_000],
    ['500ms', 500],
    ['60s', 60_000],
    ['5m', 300_000],
    ['1.5h', 5_400_000],
    ['24 H', 86_400_000],
    ['2d', 172_800_000],
    ['0', 0],
  ])('%s is %d ms', (words, ms) => {
    expect(readDuration(words)).toBe(ms);
  });

  it.each(['', 's', '-1s', '1 hour', '1h30m', '1e3', 'Infinity', '٣s'])('%j is none', (words) => {
    expect(readDuration(words)).toBeNull();
  });
});

describe('patterns', () => {
  it('counts groups, not brackets', () => {
    expect(capturePattern.read('\\((?:a|b)(\\d+)[(]')?.source).toBe('\\((?:a|b)(\\d+)[(]');
    expect(capturePattern.read('no group')).toBeNull();
  });
});

describe('time zones', () => {
  it.each(['Europe/Moscow', 'UTC', 'Asia/Vladivostok'])('%s is one', (zone) => {
    expect(timeZone.read(zone)).toBe(zone);
  });
});

describe('addresses to listen on', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost', 'LOCALHOST'])('%s is this machine', (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(() => requireOwnAddress({ host, access: 'local' })).not.toThrow();
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.example.org', '127.example', '::ffff:10.0.0.1', ''])(
    '%j is refused, with the way out',
    (host) => {
      expect(() => requireOwnAddress({ host, access: 'local' })).toThrow(
        expect.objectContaining({ code: 'address_not_allowed', message: expect.stringContaining('simloft keys add') }),
      );
    },
  );
});

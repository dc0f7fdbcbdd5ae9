import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../src/core/logger.ts';
import { readAddress } from '../../../../src/store/postgres/address.ts';
import { requireSound, type ServerFacts } from '../../../../src/store/postgres/server-check.ts';
import { recordingLogger } from '../../../support/recording-logger.ts';

const address = readAddress('postgres://alice:s3cret@db.home:5433/home');
const sound: ServerFacts = { version: 170_002, encoding: 'UTF8', readOnly: false, unsafe: [] };
const check =
  (facts: Partial<ServerFacts>, log = silentLogger) =>
  () =>
    requireSound({ ...sound, ...facts }, address, log);

describe('a server', () => {
  it('from version 13 on is taken', () => {
    expect(check({})).not.toThrow();
    expect(check({ version: 130_000 })).not.toThrow();
  });

  it.each([
    [
      { version: 120_022 },
      /^The server at db\.home:5433 is PostgreSQL 12, and 13 is the oldest one that works\. Upgrade/,
    ],
    [{ version: 90_624 }, /is PostgreSQL 9,/],
    [
      { encoding: 'SQL_ASCII' },
      /^The database home at db\.home:5433 keeps texts as SQL_ASCII.*createdb --encoding=UTF8/,
    ],
    [{ readOnly: true }, /is a standby, which may only be read\. Give DATABASE_URL the main server\./],
  ])('that is %o is refused', (facts, message) => {
    expect(check(facts)).toThrow(
      expect.objectContaining({ code: 'store_unsafe', message: expect.stringMatching(message) }),
    );
  });

  it('that may lose what it acknowledged is taken with a warning', () => {
    const log = recordingLogger();
    expect(check({ unsafe: ['fsync', 'synchronous_commit'] }, log)).not.toThrow();
    expect(log.lines).toMatchObject([
      { level: 'warn', message: expect.stringContaining('fsync and synchronous_commit') },
    ]);
  });
});

describe('the address of a server', () => {
  it.each([
    ['postgres://alice:s3cret@db.home/home', { where: 'db.home:5432', database: 'home', user: 'alice' }],
    [
      'postgresql://al%40ice@[::1]:5433/my%20home?sslmode=verify-full',
      { where: '[::1]:5433', database: 'my home', user: 'al@ice' },
    ],
    ['postgres://alice@/home?host=/run/postgresql', { where: '/run/postgresql', database: 'home', user: 'alice' }],
    ['postgres://alice@db.home', { where: 'db.home:5432', database: 'alice', user: 'alice' }],
    ['postgres:///home', { where: 'localhost:5432', database: 'home', user: '' }],
    ['postgres://100%@db.home/home', { where: 'db.home:5432', database: 'home', user: '100%' }],
  ])('%s is understood, and shown without its password', (url, parts) => {
    expect(readAddress(url)).toEqual({ ...parts, url });
    expect(JSON.stringify(parts)).not.toContain('s3cret');
  });
});

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import { recordingLogger } from '../support/recording-logger.ts';
import { type PostgresServer, query, startPostgres } from '../support/servers/postgres.ts';
import { freePort } from '../support/servers/private-process.ts';

const password = 's3cret-of-the-url';
let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
  const [{ file } = {}] = await query(server.url, "select current_setting('hba_file') as file");
  const path = String(file);
  const rest = readFileSync(path, 'utf8');
  writeFileSync(path, 'host all alice all scram-sha-256\nhost all mallory all reject\n');
  appendFileSync(path, rest);
  await query(
    server.url,
    `create role alice login password 'another'; create role bob login; create role carol login connection limit 0`,
  );
  await query(server.url, 'select pg_reload_conf()');
  await server.createDatabase('home');
  await query(server.url, "create database narrow encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'");
});
afterAll(() => server.stop());

/** Opens it as it must not be, and gives back what is said; the password is in none of it. */
async function refusal(url: string): Promise<{ code: unknown; message: string }> {
  const log = recordingLogger();
  const [end] = await Promise.allSettled([openPostgresStore({ url, clock: systemClock, log, connectMs: 1_000 })]);
  if (end.status === 'fulfilled') {
    await end.value.close();
    throw new Error('it was let in');
  }
  expect(inspect([end.reason, log.lines], { depth: 20, showHidden: true })).not.toContain('s3cret');
  const { code, message } = end.reason;
  return { code, message };
}

const at = (user: string, database: string, port = server.port) =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;

describe('a store that cannot be opened says why, where, and what to do', () => {
  it.each([
    ['the password is wrong', 'alice', 'home', 'It refuses the password of user alice. Mend it in DATABASE_URL.'],
    ['the user may not come in', 'mallory', 'home', "allow it in the server's pg_hba.conf."],
    [
      'the database does not exist',
      'bob',
      'office',
      'It has no database office. Make one (createdb --owner=bob office)',
    ],
    [
      'nothing may be made in it',
      'bob',
      'home',
      'Make it the owner of the database (alter database home owner to bob).',
    ],
    ['it takes no more connections', 'carol', 'home', 'Raise its max_connections'],
  ])('when %s', async (_, user, database, cure) => {
    const { code, message } = await refusal(at(user, database));
    expect(code).toBe('store_unavailable');
    expect(message).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+ cannot be used\. /);
    expect(message).toContain(cure);
  });

  it('when a password is wanted and none is given', async () => {
    const { message } = await refusal(`postgres://alice@127.0.0.1:${server.port}/home`);
    expect(message).toContain('It wants a password, and DATABASE_URL has none.');
  });

  it('when nothing listens, or no such host is known', async () => {
    const port = await freePort();
    expect((await refusal(at('bob', 'home', port))).message).toBe(
      `PostgreSQL at 127.0.0.1:${port} cannot be used. Nothing listens there. Start the server, or mend host and port in DATABASE_URL.`,
    );
    const unknown = await refusal(`postgres://bob:${password}@no-such-host.invalid/home`);
    expect(unknown.message).toMatch(/^PostgreSQL at no-such-host\.invalid:5432 cannot be used\. The name of its host/);
  });

  it('when it does not encrypt', async () => {
    const { message } = await refusal(`${at('bob', 'home')}?sslmode=verify-full`);
    expect(message).toContain('It does not encrypt connections. Leave ssl and sslmode out of DATABASE_URL.');
  });

  it('when it has not all characters', async () => {
    expect(await refusal(at('postgres', 'narrow'))).toEqual({
      code: 'store_unsafe',
      message: expect.stringContaining('createdb --encoding=UTF8'),
    });
  });

  it.each(['', 'home', 's3cret@host', 'mysql://bob:s3cret@host/home', 'postgres://bob:s3cret@host:many/home'])(
    'when the address %j is none',
    async (url) => {
      expect(await refusal(url)).toEqual({
        code: 'setting_invalid',
        message: expect.stringContaining('postgres://user:password@host:5432/database'),
      });
    },
  );
});

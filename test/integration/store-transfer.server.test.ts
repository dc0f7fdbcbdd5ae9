import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import { copyStore } from '../../src/store/transfer/copy.ts';
import { openSource, openTarget } from '../../src/store/transfer/ends.ts';
import { exportStore } from '../../src/store/transfer/export.ts';
import { importStore } from '../../src/store/transfer/import.ts';
import { readLocation } from '../../src/store/transfer/location.ts';
import { columnsOf, tables } from '../../src/store/transfer/tables.ts';
import { oddTexts } from '../support/odd-texts.ts';
import { dropDatabase, freshDatabase } from '../support/servers/fresh.ts';
import { query } from '../support/servers/postgres.ts';
import { rowsIn } from '../support/store-rows.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { until } from '../support/until.ts';
import { exported, filledStore, transferOptions } from '../support/transfer.ts';

const filling = { seed: 5, rows: 40, texts: oddTexts };

async function database(): Promise<string> {
  const url = await freshDatabase();
  onTestFinished(() => dropDatabase(url));
  return url;
}

async function copy(from: string, to: string) {
  const source = await openSource(readLocation(from), transferOptions);
  try {
    const target = await openTarget(readLocation(to), transferOptions);
    try {
      return await copyStore(source, target, () => {});
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

it('a store goes to PostgreSQL and back, and is the same row by row', async () => {
  await using temporary = await temporaryDirectory();
  const from = await filledStore(join(temporary.path, 'from'), filling);
  const url = await database();
  const first = await copy(from, url);
  expect(first.every(({ rows, added }) => rows === 40 && added === 40)).toBe(true);
  const second = await copy(from, url);
  expect(second.every(({ rows, added }) => rows === 40 && added === 0)).toBe(true);
  const back = join(temporary.path, 'back');
  await copy(url, back);
  const rows = rowsIn(back);
  expect(rows).toEqual(rowsIn(from));
  expect(rows['inbound']).toHaveLength(40);
});

it('an export of PostgreSQL has the same lines as one of the embedded store, and can be imported there', async () => {
  await using temporary = await temporaryDirectory();
  const file = await exported(await filledStore(join(temporary.path, 'from'), filling));
  const url = await database();
  async function* chunks() {
    yield Buffer.from(file);
  }
  const open = () => openTarget(readLocation(url), transferOptions);
  await importStore({ chunks: chunks(), openTarget: open, progress: () => {} });
  const source = await openSource(readLocation(url), transferOptions);
  const pieces: string[] = [];
  const write = async (text: string) => {
    pieces.push(text);
  };
  await exportStore(source, { write, progress: () => {} });
  await source.close();
  const lines = (text: string) => text.split('\n').toSorted((a, b) => (a < b ? -1 : 1));
  expect(lines(pieces.join(''))).toEqual(lines(file));
  expect(pieces[0]).toBe(`${file.split('\n')[0]}\n`);
});

it('PostgreSQL gives ids above all that came along, also after another copy', async () => {
  await using temporary = await temporaryDirectory();
  const from = await filledStore(join(temporary.path, 'from'), filling);
  const url = await database();
  await copy(from, url);
  await copy(from, url);
  const highest = Math.max(...(rowsIn(from)['report'] ?? []).map(({ id }) => Number(id)));
  const store = await openPostgresStore({ url, ...transferOptions });
  const report = { modem: 'modem', pdu: '00', messageReference: 1, recipient: '+7916', status: 0 };
  const nothing = { dischargedAt: null, receivedAt: 1, messageId: null, seq: null };
  const id = await store.transaction((tx) => tx.addReport({ ...report, ...nothing, key: 'new' }));
  await store.close();
  expect(id).toBe(highest + 1);
  await expect(copy(from, url)).rejects.toMatchObject({
    code: 'store_unsafe',
    message: expect.stringContaining('holds other data: its row of the table report'),
  });
});

it('a wrong row leaves PostgreSQL as it was, and is told by its lines', async () => {
  await using temporary = await temporaryDirectory();
  const file = await exported(await filledStore(join(temporary.path, 'from'), { ...filling, rows: 3 }));
  const url = await database();
  for (const [wrong, said] of [
    [file.replaceAll(/"peerId":\d+/g, '"peerId":777777'), /^A line from 5 to 7 .* table inbound/],
    [file.replace(/"slot":-?\d+/, '"slot":99999999999'), /^A line from 5 to 7 .* table inbound/],
  ] as const) {
    async function* chunks() {
      yield Buffer.from(wrong);
    }
    const open = () => openTarget(readLocation(url), transferOptions);
    await expect(importStore({ chunks: chunks(), openTarget: open, progress: () => {} })).rejects.toThrow(said);
  }
  expect(await query(url, 'select (select count(*) from peer)::int as peers')).toEqual([{ peers: 0 }]);
});

it('neither a running gateway nor a second copy is mixed with a copy', async () => {
  await using temporary = await temporaryDirectory();
  const from = await filledStore(join(temporary.path, 'from'), { ...filling, rows: 2 });
  const url = await database();
  const busy = { code: 'store_busy', message: expect.stringMatching(/in use by a gateway or by another copy/) };
  const gateway = await openPostgresStore({ url, ...transferOptions });
  await gateway.check();
  await expect(copy(from, url)).rejects.toMatchObject(busy);
  await gateway.close();
  await query(url, 'delete from counter');
  const other = await openTarget(readLocation(url), transferOptions);
  await expect(copy(from, url)).rejects.toMatchObject(busy);
  await other.close();
  await expect(copy(from, url)).resolves.toHaveLength(tables.length);
});

it('the columns of both databases are the same, also beside tables of the same name in another schema', async () => {
  await using temporary = await temporaryDirectory();
  const url = await database();
  await query(
    url,
    'create schema zz; create table zz.call (id text, extra text); create schema aa; create table aa.sim (x text)',
  );
  const columns = async (place: string) => {
    const target = await openTarget(readLocation(place), transferOptions);
    await target.migrate();
    const found = await columnsOf(target.db);
    await target.close();
    return Object.fromEntries(tables.map(({ name }) => [name, found.get(name)]));
  };
  const inFiles = await columns(temporary.path);
  expect(Object.values(inFiles).every((found) => (found?.length ?? 0) > 0)).toBe(true);
  expect(await columns(url)).toEqual(inFiles);
});

it('an export holds one moment of PostgreSQL, whoever writes meanwhile', async () => {
  await using temporary = await temporaryDirectory();
  const url = await database();
  await copy(await filledStore(join(temporary.path, 'from'), { ...filling, rows: 3 }), url);
  const source = await openSource(readLocation(url), transferOptions);
  const pieces: string[] = [];
  const write = async (text: string) => {
    if (pieces.length === 0) await query(url, "insert into sim values ('meanwhile', 1)");
    pieces.push(text);
  };
  const counts = await exportStore(source, { write, progress: () => {} });
  await source.close();
  expect(counts['sim']).toBe(3);
  expect(pieces.join('')).not.toContain('meanwhile');
  expect(await query(url, 'select count(*)::int as sims from sim')).toEqual([{ sims: 4 }]);
});

it('a copy to PostgreSQL that is killed goes on at the next run', async () => {
  await using temporary = await temporaryDirectory();
  const from = await filledStore(join(temporary.path, 'from'), {
    ...filling,
    rows: 1_500,
    texts: ['Hello', 'a\u0000b'],
  });
  const url = await database();
  const simloft = resolve(import.meta.dirname, '../../bin/simloft');
  const child = spawn(simloft, ['copy', '--from', from, '--to', url], { stdio: 'ignore' });
  const gone = once(child, 'exit');
  const count = async (table: string) => {
    const [row] = await query(url, `select count(*)::int as count from "${table}"`);
    return Number(row?.['count']);
  };
  await until('a part of the copy', async () => (await count('inbound').catch(() => 0)) > 0);
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  expect(await count('step')).toBe(0);
  const moved = await copy(from, url);
  expect(moved.find(({ table }) => table === 'peer')).toEqual({ table: 'peer', rows: 1_500, added: 0 });
  expect(moved.find(({ table }) => table === 'step')).toEqual({ table: 'step', rows: 1_500, added: 1_500 });
  const back = join(temporary.path, 'back');
  await copy(url, back);
  expect(rowsIn(back)).toEqual(rowsIn(from));
});

it('shows no password, whatever goes wrong', async () => {
  await using temporary = await temporaryDirectory();
  const from = await filledStore(join(temporary.path, 'from'), { ...filling, rows: 1 });
  for (const url of [
    'postgres://user:hidden@127.0.0.1:1/db?password=hidden',
    'postgres://user:hidden@127.0.0.1:99999/db',
    'postgres://user:hid/den@127.0.0.1/db',
    'postgres://user:hidden@',
  ]) {
    const error: unknown = await copy(from, url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(/127\.0\.0\.1:1|postgres:\/\/user:password@/) });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/hid/);
  }
});

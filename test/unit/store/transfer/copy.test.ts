import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { steps } from '../../../../src/store/migrations/migrator.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { copyStore, type Moved } from '../../../../src/store/transfer/copy.ts';
import { openSqliteSource, openSqliteTarget } from '../../../../src/store/transfer/sqlite-ends.ts';
import { tables } from '../../../../src/store/transfer/tables.ts';
import { oddTexts } from '../../../support/odd-texts.ts';
import { rowsIn } from '../../../support/store-rows.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';
import { filledStore, transferOptions as options } from '../../../support/transfer.ts';

/** A store with `rows` rows in each table. */
const filled = (directory: string, rows: number, upTo?: string) =>
  filledStore(directory, { seed: rows, rows, texts: oddTexts }, upTo);

const disposable = <T extends { close(): Promise<void> }>(end: T): T & AsyncDisposable => ({
  ...end,
  [Symbol.asyncDispose]: () => end.close(),
});

async function copy(from: string, to: string, progress = () => {}): Promise<Moved[]> {
  await using source = disposable(openSqliteSource(from, options));
  await using target = disposable(openSqliteTarget(to, options));
  return await copyStore(source, target, progress);
}

describe('a copy', () => {
  it('holds every row of every table, and a second run finds nothing to do', async () => {
    await using temporary = await temporaryDirectory();
    const from = await filled(join(temporary.path, 'from'), 7);
    const to = join(temporary.path, 'to');
    const first = await copy(from, to);
    expect(first.every(({ rows, added }) => rows === 7 && added === 7)).toBe(true);
    expect(rowsIn(to)).toEqual(rowsIn(from));
    const second = await copy(from, to);
    expect(second.every(({ rows, added }) => rows === 7 && added === 0)).toBe(true);
    expect(rowsIn(to)).toEqual(rowsIn(from));
  });

  it('goes page by page through what does not fit into one', async () => {
    await using temporary = await temporaryDirectory();
    const texts = ['x', 'a\u0000b', 'ё'];
    const from = await filledStore(join(temporary.path, 'from'), { seed: 3, rows: 1234, texts });
    const told: string[] = [];
    await copy(from, join(temporary.path, 'to'), (...words: unknown[]) => told.push(words.join(' ')));
    expect(rowsIn(join(temporary.path, 'to'))).toEqual(rowsIn(from));
    expect(told).toEqual(expect.arrayContaining(['reading 500 1234', 'reading 1000 1234', 'reading 1234 1234']));
  });

  it('is a store that goes on with ids above all that came along', async () => {
    await using temporary = await temporaryDirectory();
    const from = await filled(join(temporary.path, 'from'), 5);
    const to = join(temporary.path, 'to');
    await copy(from, to);
    const highest = Math.max(...(rowsIn(from)['report'] ?? []).map(({ id }) => Number(id)));
    const store = await openSqliteStore({ directory: to, ...options });
    const id = await store.transaction((tx) =>
      tx.addReport({
        modem: 'modem',
        key: 'a new one',
        pdu: '00',
        messageReference: 1,
        recipient: '+7916',
        status: 0,
        dischargedAt: null,
        receivedAt: 1,
        messageId: null,
        seq: null,
      }),
    );
    await store.close();
    expect(id).toBe(highest + 1);
  });

  it('goes on where an earlier run was interrupted', async () => {
    await using temporary = await temporaryDirectory();
    const from = await filled(join(temporary.path, 'from'), 5);
    const to = join(temporary.path, 'to');
    const interrupt = () => {
      throw new Error('interrupted');
    };
    await expect(copy(from, to, interrupt)).rejects.toThrow('interrupted');
    expect(rowsIn(to)).toMatchObject({ peer: { length: 5 }, inbound: { length: 0 } });
    const moved = await copy(from, to);
    expect(moved.map(({ added }) => added)).toEqual([0, ...moved.slice(1).map(() => 5)]);
    expect(rowsIn(to)).toEqual(rowsIn(from));
  });

  it('takes a store of an earlier version as it is, and brings only the copy up to date', async () => {
    await using temporary = await temporaryDirectory();
    const from = await filled(join(temporary.path, 'from'), 3, steps[0]);
    const before = rowsIn(from);
    expect(before['migration']).toMatchObject([{ name: steps[0] }]);
    const to = join(temporary.path, 'to');
    await copy(from, to);
    expect(rowsIn(from)).toEqual(before);
    const after = rowsIn(to);
    expect(after['migration']).toMatchObject(steps.map((name) => ({ name })));
    expect(after['inbound']).toMatchObject(before['inbound'] ?? []);
    expect(after['outgoing']).toHaveLength(3);
  });
});

describe('a copy is refused, and the target left as it was,', () => {
  it.each([
    ['a row that differs', "update peer set search = search || '!' where id = (select max(id) from peer)"],
    ['a row too many', "insert into sim values ('another', 1)"],
    ['a row in a table that is empty in the source', "insert into counter values ('another', 1)"],
  ])('when it has %s', async (_, statement) => {
    await using temporary = await temporaryDirectory();
    const from = await filled(join(temporary.path, 'from'), 4);
    const to = await filled(join(temporary.path, 'to'), 4);
    using database = new DatabaseSync(join(to, 'simloft.db'));
    database.exec(statement);
    const before = rowsIn(to);
    await expect(copy(from, to)).rejects.toMatchObject({
      code: 'store_unsafe',
      message: expect.stringMatching(/holds other data: .* Give a target that is empty/),
    });
    expect(rowsIn(to)).toEqual(before);
  });

  it('when a gateway runs on the source or on the target', async () => {
    await using temporary = await temporaryDirectory();
    const from = await filled(join(temporary.path, 'from'), 1);
    const to = join(temporary.path, 'to');
    const sentence = expect.stringMatching(/in use by the gateway with process id \d+\. Stop it first/);
    const onSource = await openSqliteStore({ directory: from, ...options });
    await expect(copy(from, to)).rejects.toMatchObject({ code: 'store_busy', message: sentence });
    await onSource.close();
    const onTarget = await openSqliteStore({ directory: to, ...options });
    await expect(copy(from, to)).rejects.toMatchObject({ code: 'store_busy', message: sentence });
    await onTarget.close();
    await expect(copy(from, to)).resolves.toHaveLength(tables.length);
  });

  it('when there is no store, or one of a newer version', async () => {
    await using temporary = await temporaryDirectory();
    const empty = join(temporary.path, 'empty');
    mkdirSync(empty);
    const to = join(temporary.path, 'to');
    await expect(copy(empty, to)).rejects.toMatchObject({ message: expect.stringContaining('There is no store in') });
    writeFileSync(join(empty, 'simloft.db'), '');
    await expect(copy(empty, to)).rejects.toMatchObject({ message: expect.stringContaining('There is no store of') });
    const from = await filled(join(temporary.path, 'from'), 1);
    using database = new DatabaseSync(join(from, 'simloft.db'));
    database.exec("insert into migration values ('9999-later', 1)");
    await expect(copy(from, to)).rejects.toMatchObject({
      code: 'store_unsafe',
      message: expect.stringContaining('newer version of Simloft (step 9999-later'),
    });
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import type { NewInboundMessage } from '../../src/store/records.ts';
import { openDatabase } from '../../src/store/sqlite/open.ts';
import { createSqliteStore, openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const open = (directory: string) => openSqliteStore({ directory, clock: systemClock, log: silentLogger });

const message: NewInboundMessage = {
  modem: 'modem',
  sim: null,
  sender: '+79161234567',
  text: 'x'.repeat(1_000),
  state: 'complete',
  kind: 'text',
  storedAt: 1,
  receivedAt: 1,
  smsc: null,
  slot: 1,
  memory: 'SM',
  duplicateOf: null,
  imported: false,
  setKey: null,
  partsTotal: 1,
  decodeError: null,
  readAt: null,
  blocked: false,
};

/** A store together with its database, which lets a test take the room away and give it back. */
async function openWithDatabase(directory: string) {
  const path = join(directory, 'simloft.db');
  const database = openDatabase(path, silentLogger);
  const store = await createSqliteStore({ database, path, clock: systemClock });
  const add = () => store.transaction((tx) => tx.addInbound(message));
  const limitPages = (pages: number) => database.exec(`pragma max_page_count = ${pages}`);
  return { store, database, add, limitPages };
}

describe('a full disk', () => {
  it('is said in words, loses nothing, and is over as soon as there is room', async () => {
    await using directory = await temporaryDirectory();
    const { store, add, limitPages } = await openWithDatabase(directory.path);
    limitPages(60);
    const kept: number[] = [];
    let failure: unknown = null;
    while (failure === null) {
      try {
        kept.push(await add());
      } catch (error) {
        failure = error;
      }
      expect(kept.length).toBeLessThan(1_000);
    }
    expect(failure).toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('The disk is full. Make room'),
      details: { sqlite: 13 },
    });
    await expect(add()).rejects.toMatchObject({ code: 'store_unavailable' });
    expect((await store.inboundMessages({ limit: 1_000 })).map(({ id }) => id).toReversed()).toEqual(kept);

    limitPages(1_000);
    const next = await add();
    expect(next).toBeGreaterThan(kept.at(-1) ?? 0);
    await expect(store.check()).resolves.toBeUndefined();
    await store.close();
  });

  it('undoes a transaction that ran full half way', async () => {
    await using directory = await temporaryDirectory();
    const { store, add, limitPages } = await openWithDatabase(directory.path);
    const first = await add();
    limitPages(60);
    const flood = store.transaction(async (tx) => {
      for (let count = 0; count < 1_000; count += 1) await tx.addInbound(message);
    });
    await expect(flood).rejects.toMatchObject({ code: 'store_unavailable' });
    expect((await store.inboundMessages({ limit: 10 })).map(({ id }) => id)).toEqual([first]);
    await add();
    expect(await store.inboundMessages({ limit: 10 })).toHaveLength(2);
    await store.close();
  });
});

describe('a store that cannot be written', () => {
  it('is noticed by its check, and can still be read', async () => {
    await using directory = await temporaryDirectory();
    const { store, database, add } = await openWithDatabase(directory.path);
    await add();
    database.exec('pragma query_only = on');
    await expect(store.check()).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('It may only be read'),
    });
    expect(await store.inboundMessages({ limit: 10 })).toHaveLength(1);
    database.exec('pragma query_only = off');
    await expect(store.check()).resolves.toBeUndefined();
    await store.close();
  });
});

describe('a damaged store', () => {
  it('is not taken for an empty one, and is left as it is', async () => {
    await using directory = await temporaryDirectory();
    const path = join(directory.path, 'simloft.db');
    const garbage = Buffer.alloc(8_192, 'This is no database. ');
    writeFileSync(path, garbage);
    for (let round = 0; round < 2; round += 1) {
      await expect(open(directory.path)).rejects.toMatchObject({
        code: 'store_unavailable',
        message: expect.stringContaining('The file is no database'),
      });
    }
    expect(readFileSync(path).equals(garbage)).toBe(true);
  });

  it('is named when a page of it is broken', async () => {
    await using directory = await temporaryDirectory();
    const { store, add } = await openWithDatabase(directory.path);
    for (let count = 0; count < 50; count += 1) await add();
    await store.close();
    const path = join(directory.path, 'simloft.db');
    const bytes = readFileSync(path);
    // All but the first page, which holds the schema's own table.
    bytes.fill(0xa5, 4_096);
    writeFileSync(path, bytes);
    await expect(open(directory.path)).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('The file is damaged'),
    });
  });
});

describe('a clean end', () => {
  it('leaves one file with everything in it', async () => {
    await using directory = await temporaryDirectory();
    const store = await open(directory.path);
    await store.transaction((tx) => tx.addInbound(message));
    await store.close();
    const path = join(directory.path, 'simloft.db');
    expect(existsSync(`${path}-wal`)).toBe(false);
    using database = new DatabaseSync(path);
    expect({ ...database.prepare('select count(*) as count from inbound').get() }).toEqual({ count: 1 });
  });
});

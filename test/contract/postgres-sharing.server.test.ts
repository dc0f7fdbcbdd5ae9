import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Store, StoreTransaction, TransactionOptions } from '../../src/store/store.ts';
import { dropDatabase, freshDatabase } from '../support/servers/fresh.ts';
import { query } from '../support/servers/postgres.ts';
import { inbound } from './store-records.ts';

let url: string;
let one: Store;
let other: Store;
const open = () => openPostgresStore({ url, clock: systemClock, log: silentLogger });

beforeEach(async () => {
  url = await freshDatabase();
  [one, other] = await Promise.all([open(), open()]);
});
afterEach(async () => {
  await Promise.all([one.close(), other.close()]);
  await dropDatabase(url);
});

const modem = 'modem';
const write = (tx: StoreTransaction, key: string, data: unknown) =>
  tx.putReading({ modem, key, data, updatedAt: 1_000 });

/** Reads, gives others the time to do the same, and writes one more. */
async function addOne(tx: StoreTransaction): Promise<void> {
  const before = Number((await tx.reading('count', modem))?.data ?? 0);
  await tx.simKnown('nobody');
  await write(tx, 'count', before + 1);
}

const countAll = async (options: (round: number) => TransactionOptions) => {
  const rounds = Array.from({ length: 40 }, (_, round) => round);
  const both = rounds.flatMap((round) => [one, other].map((store) => store.transaction(addOne, options(round))));
  await Promise.all(both);
  return (await one.reading('count', modem))?.data;
};

/** A promise to wait for, and the means to keep it. */
const gate = () => Promise.withResolvers<void>();

describe('two processes on one database', () => {
  it.each([
    ['the same key', () => ({ key: 'modem' })],
    ['no key', () => ({})],
    ['the same key, or none', (round: number) => (round % 3 === 0 ? {} : { key: 'modem' })],
  ])('lose no update of each other under %s', async (_, options) => {
    expect(await countAll(options)).toBe(80);
  });

  it('run transactions with different keys at the same time, within a process and beside each other', async () => {
    const [inA, inB, inC] = [gate(), gate(), gate()];
    const meet = (mine: PromiseWithResolvers<void>) => async () => {
      mine.resolve();
      await Promise.all([inA.promise, inB.promise, inC.promise]);
    };
    await Promise.all([
      one.transaction(meet(inA), { key: 'a' }),
      one.transaction(meet(inB), { key: 'b' }),
      other.transaction(meet(inC), { key: 'c' }),
    ]);
    expect(await one.modems()).toEqual([]);
  });

  it.each([
    ['the same key', { key: 'a' }, { key: 'a' }],
    ['no key after one with a key', { key: 'a' }, {}],
    ['a key after one without', {}, { key: 'a' }],
  ])('let one with %s wait until the one before has ended', async (_, first, second) => {
    const [begun, end] = [gate(), gate()];
    const seen: string[] = [];
    const holding = one.transaction(async () => {
      begun.resolve();
      await end.promise;
      seen.push('first');
    }, first);
    await begun.promise;
    const waiting = [other, one].map((store) => store.transaction(async () => void seen.push('second'), second));
    // The one of the other process has come as far as it can when the server says that it waits.
    await expect
      .poll(() => query(url, "select 1 from pg_locks where locktype = 'advisory' and not granted"))
      .toHaveLength(1);
    expect(seen).toEqual([]);
    end.resolve();
    await Promise.all([holding, ...waiting]);
    expect(seen).toEqual(['first', 'second', 'second']);
  });

  it('can be read while a transaction of each process holds up the others', async () => {
    const [begun, end] = [gate(), gate()];
    const holding = one.transaction(async () => {
      begun.resolve();
      await end.promise;
    });
    await begun.promise;
    const queued = [one, other].flatMap((store) => Array.from({ length: 50 }, () => store.transaction(addOne)));
    for (const store of [one, other]) expect(await store.inboundMessages({ limit: 1 })).toEqual([]);
    end.resolve();
    await Promise.all([holding, ...queued]);
    expect((await one.reading('count', modem))?.data).toBe(100);
  });

  it('try again when they stand in each other’s way', async () => {
    const [inOne, inOther] = [gate(), gate()];
    let attempts = 0;
    const cross =
      (mine: PromiseWithResolvers<void>, keys: readonly [string, string]) => async (tx: StoreTransaction) => {
        attempts += 1;
        await write(tx, keys[0], attempts);
        mine.resolve();
        await Promise.all([inOne.promise, inOther.promise]);
        await write(tx, keys[1], attempts);
      };
    await one.transaction((tx) => write(tx, 'x', 0));
    await one.transaction((tx) => write(tx, 'y', 0));
    await Promise.all([
      one.transaction(cross(inOne, ['x', 'y']), { key: 'one' }),
      other.transaction(cross(inOther, ['y', 'x']), { key: 'other' }),
    ]);
    expect(attempts).toBe(3);
    expect([(await one.reading('x'))?.data, (await one.reading('y'))?.data]).toEqual([3, 3]);
  });

  it('may meet an address for the first time together', async () => {
    const add = (store: Store, key: string) =>
      store.transaction((tx) => tx.addInbound(inbound({ sender: 'Bank', storedAt: null })), { key });
    const rounds = Array.from({ length: 20 }, (_, round) => [add(one, `a${round}`), add(other, `b${round}`)]).flat();
    expect(new Set(await Promise.all(rounds)).size).toBe(40);
  });

  it('give stamps in the order of their commits: who asks for what is later than the last misses nothing', async () => {
    const each = 150;
    const writer = async (store: Store, key: string) => {
      for (let round = 0; round < each; round += 1) {
        const work = async (tx: StoreTransaction) => {
          const storedAt = await tx.stamp(1_000);
          await tx.addInbound(inbound({ sender: key, storedAt }));
        };
        await store.transaction(work, { key: `${key} ${round % 4}` });
      }
    };
    const writing = Promise.all(['a', 'b'].flatMap((name) => [writer(one, name), writer(other, `${name}'`)]));
    const seen: number[] = [];
    let written = false;
    const ended = writing.then(() => (written = true));
    let last = 0;
    for (let more = true; more; ) {
      more = !written;
      const news = await other.inboundMessages({ storedAfter: last, limit: 10_000 });
      seen.push(...news.map(({ storedAt }) => storedAt ?? 0).toReversed());
      last = seen.at(-1) ?? 0;
    }
    await ended;
    expect(seen).toHaveLength(4 * each);
    expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b));
  });
});

describe('the schema', () => {
  it('is made once by five who begin together on an empty database', async () => {
    const empty = await freshDatabase();
    const openEmpty = () => openPostgresStore({ url: empty, clock: systemClock, log: silentLogger });
    const stores = await Promise.all(Array.from({ length: 5 }, openEmpty));
    await Promise.all(stores.map((store) => store.transaction((tx) => tx.addInbound(inbound()))));
    expect(await stores[0]?.inboundMessages({ limit: 10 })).toHaveLength(5);
    await Promise.all(stores.map((store) => store.close()));
    const twice = await query(empty, 'select name from migration group by name having count(*) > 1');
    expect(twice).toEqual([]);
    await dropDatabase(empty);
  });

  it('of a newer version is refused, and left as it is', async () => {
    await query(url, "insert into migration values ('9999-later', 1)");
    const refused = { code: 'store_unsafe', message: expect.stringMatching(/newer version.*9999-later.*DATABASE_URL/) };
    await expect(open()).rejects.toMatchObject(refused);
    await expect(open()).rejects.toMatchObject(refused);
    expect(await query(url, "select count(*)::int as count from migration where name like '9%'")).toEqual([
      { count: 1 },
    ]);
  });
});

describe('a row that only one may get', () => {
  it('goes to one of two processes that ask for it at once', async () => {
    const claims = Array.from({ length: 60 }, async (_, who) => {
      const row = Math.floor(who / 2);
      const store = who % 2 === 0 ? one : other;
      return (await store.claimRow({ kind: 'message', row, by: `who ${who}`, at: 1_000 })) ? [row] : [];
    });
    const got = (await Promise.all(claims)).flat().toSorted((a, b) => a - b);
    expect(got).toEqual(Array.from({ length: 30 }, (_, row) => row));
  });
});

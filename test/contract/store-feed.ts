import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';

const happened = (at: number) => ({ at, type: 'message.received', modem: 'modem', row: at, detail: null }) as const;

/** What every store must say of what happened. */
export function feedContract(current: () => Store): void {
  describe('the feed', () => {
    it('is empty at first', async () => {
      expect(await current().feedAfter(0, 10)).toEqual([]);
      expect(await current().feedEnds()).toEqual({ first: 0, last: 0 });
    });

    it('goes on from where one has read', async () => {
      const store = current();
      await store.transaction((tx) => tx.addFeed([happened(1)]));
      await store.transaction((tx) => tx.addFeed([happened(2), happened(3)]));
      await store.transaction((tx) => tx.addFeed([]));
      expect(await store.feedAfter(0, 2)).toEqual([
        { id: 1, ...happened(1) },
        { id: 2, ...happened(2) },
      ]);
      expect(await store.feedAfter(2, 10)).toEqual([{ id: 3, ...happened(3) }]);
      expect(await store.feedEnds()).toEqual({ first: 1, last: 3 });
    });

    it('uses no id again after what is old was forgotten', async () => {
      const store = current();
      await store.transaction((tx) => tx.addFeed([happened(1), happened(2)]));
      expect(await store.transaction((tx) => tx.pruneFeed({ before: 2, limit: 100 }))).toBe(1);
      expect(await store.feedEnds()).toEqual({ first: 2, last: 2 });
      expect(await store.transaction((tx) => tx.pruneFeed({ before: 9, limit: 100 }))).toBe(1);
      expect(await store.feedEnds()).toEqual({ first: 3, last: 2 });
      await store.transaction((tx) => tx.addFeed([happened(3)]));
      expect((await store.feedAfter(0, 10)).map(({ id }) => id)).toEqual([3]);
    });

    it('has no event of a transaction that failed, and no gap that a reader could miss one in', async () => {
      const store = current();
      const add = (at: number, fails = false) =>
        store
          .transaction(
            async (tx) => {
              await tx.addFeed([happened(at)]);
              if (fails) throw new Error('undone');
            },
            { key: `key ${at}` },
          )
          .catch(() => {});
      const seen: number[] = [];
      let last = 0;
      const read = async () => {
        for (const { id, at } of await store.feedAfter(last, 100)) {
          last = id;
          seen.push(at);
        }
      };
      const adding = Promise.all(Array.from({ length: 30 }, (_, at) => add(at, at % 5 === 0)));
      for (let look = 0; look < 20; look += 1) await read();
      await adding;
      await read();
      expect(seen.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 30 }, (_, at) => at).filter((at) => at % 5 !== 0),
      );
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';

/** What every store must do for what only one may get. */
export function claimsContract(current: () => Store): void {
  describe('claims', () => {
    const claim = (row: number, by: string, kind: 'message' | 'call' = 'message') =>
      current().claimRow({ kind, row, by, at: 1_000 });

    it('give a row to the first who asks, and to nobody after', async () => {
      expect(await claim(17, 'first')).toBe(true);
      expect(await claim(17, 'second')).toBe(false);
      expect(await claim(17, 'first')).toBe(false);
    });

    it('give a row to one of many who ask at once', async () => {
      const asked = Array.from({ length: 40 }, (_, who) => claim(Math.floor(who / 4), `who ${who}`));
      const got = await Promise.all(asked);
      expect(got.filter(Boolean)).toHaveLength(10);
      for (let row = 0; row < 10; row += 1) expect(got.slice(row * 4, row * 4 + 4).filter(Boolean)).toHaveLength(1);
    });

    it('keep messages and calls of one id apart', async () => {
      expect(await claim(17, 'one', 'message')).toBe(true);
      expect(await claim(17, 'two', 'call')).toBe(true);
      expect(await current().claimedRows('call', [16, 17])).toEqual(new Set([17]));
    });

    it('say which rows are taken', async () => {
      await claim(3, 'one');
      await claim(5, 'two');
      expect(await current().claimedRows('message', [1, 2, 3, 4, 5])).toEqual(new Set([3, 5]));
      expect(await current().claimedRows('message', [])).toEqual(new Set());
    });

    it('are given back by those who hold them alone', async () => {
      await claim(17, 'one');
      await current().releaseRow({ kind: 'message', row: 17, by: 'another' });
      expect(await claim(17, 'two')).toBe(false);
      await current().releaseRow({ kind: 'message', row: 17, by: 'one' });
      expect(await claim(17, 'two')).toBe(true);
    });
  });

  describe('the place of a moment in the feed', () => {
    const add = (...at: number[]) =>
      current().transaction((tx) =>
        tx.addFeed(at.map((one) => ({ at: one, type: 'message.received', modem: 'modem', row: one, detail: null }))),
      );

    it('is that of the last event before it', async () => {
      expect(await current().feedIdBefore(1_000)).toBe(0);
      await add(1_000, 2_000, 3_000);
      expect(await current().feedIdBefore(1_000)).toBe(0);
      expect(await current().feedIdBefore(1_001)).toBe(1);
      expect(await current().feedIdBefore(9_000)).toBe(3);
    });

    it('is right before the first event that there still is, when all before were forgotten', async () => {
      await add(1_000, 2_000, 3_000);
      await current().transaction((tx) => tx.pruneFeed({ before: 2_500, limit: 100 }));
      expect(await current().feedIdBefore(1_500)).toBe(2);
      await current().transaction((tx) => tx.pruneFeed({ before: 9_000, limit: 100 }));
      expect(await current().feedIdBefore(1_500)).toBe(3);
    });
  });
}

import { describe, expect, it } from 'vitest';
import { noLimits } from '../../src/core/access.ts';
import type { Store } from '../../src/store/store.ts';

const key = (name: string) =>
  ({
    name,
    hash: `hash of ${name}`,
    hint: 'smlf_abcd',
    scopes: ['read', 'send'],
    limits: { ...noLimits, senders: ['Bank'], dailyMessages: 5 },
    createdAt: 1,
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
  }) as const;

/** What every store must keep of access keys. */
export function accessContract(current: () => Store): void {
  describe('access keys', () => {
    it('are kept with all that they may, and changed', async () => {
      const store = current();
      const id = await store.transaction(async (tx) => {
        await tx.addAccessKey(key('b'));
        return tx.addAccessKey(key('a'));
      });
      await store.transaction((tx) => tx.changeAccessKey(id, { revokedAt: 7, lastUsedAt: 6 }));
      const [first, second] = await store.accessKeys();
      expect(first).toEqual({ ...key('a'), id, revokedAt: 7, lastUsedAt: 6 });
      expect(second).toMatchObject(key('b'));
    });

    it('have each their name and their hash alone', async () => {
      const store = current();
      await store.transaction((tx) => tx.addAccessKey(key('a')));
      await expect(store.transaction((tx) => tx.addAccessKey(key('a')))).rejects.toThrow();
      expect(await store.accessKeys()).toHaveLength(1);
    });

    it('count what they send by the day, and nothing of what was undone', async () => {
      const store = current();
      const id = await store.transaction((tx) => tx.addAccessKey(key('a')));
      const count = (day: string, sent: number) => store.transaction((tx) => tx.countSent(id, day, sent));
      expect(await count('2026-11-23', 2)).toBe(2);
      expect(await count('2026-11-23', 3)).toBe(5);
      const undone = store.transaction(async (tx) => {
        await tx.countSent(id, '2026-11-23', 100);
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect(await count('2026-11-23', 1)).toBe(6);
      expect(await count('2026-11-24', 1)).toBe(1);
    });
  });
}

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
      const other = await store.transaction((tx) => tx.addAccessKey(key('b')));
      expect(await store.sentOn('2026-11-23', [id, other])).toEqual([{ keyId: id, sent: 6 }]);
      expect(await store.sentOn('2026-11-25', [id])).toEqual([]);
      expect(await store.sentOn('2026-11-23', [])).toEqual([]);
    });
  });

  describe('sessions', () => {
    const session = (hash: string, keyId: number | null) => ({ hash, keyId, createdAt: 1, expiresAt: 100 });

    it('are found by their hash, go on, and end', async () => {
      const store = current();
      await store.transaction(async (tx) => {
        const id = await tx.addAccessKey(key('a'));
        await tx.addSession(session('of a key', id));
        await tx.addSession(session('of the password', null));
        await tx.addSession({ ...session('of long ago', null), expiresAt: 9 });
        await tx.extendSession('of a key', 200);
        await tx.pruneSessions(10);
      });
      expect(await store.session('of a key')).toEqual({ ...session('of a key', expect.any(Number)), expiresAt: 200 });
      expect(await store.session('of the password')).toEqual(session('of the password', null));
      expect(await store.session('of long ago')).toBeNull();
      await store.transaction((tx) => tx.deletePasswordSessions());
      expect(await store.session('of the password')).toBeNull();
      await store.transaction((tx) => tx.deleteSession('of a key'));
      expect(await store.session('of a key')).toBeNull();
    });

    it('may be opened with one password, which changes', async () => {
      const store = current();
      expect(await store.password()).toBeNull();
      for (const hash of ['first', 'second']) await store.transaction((tx) => tx.setPassword({ hash, changedAt: 5 }));
      expect(await store.password()).toEqual({ hash: 'second', changedAt: 5 });
      await store.transaction((tx) => tx.setPassword(null));
      expect(await store.password()).toBeNull();
    });
  });

  describe('how a link went', () => {
    const change = (modem: string, state: string) => ({ at: 1, modem, state, reasonCode: null, reasonText: null });

    it('is kept newest first by modem, page by page, and no more than so much', async () => {
      const store = current();
      for (const state of ['opening', 'failed', 'ready'])
        await store.transaction((tx) => tx.addLinkChange(change('a', state), 3));
      await store.transaction((tx) => tx.addLinkChange({ ...change('b', 'failed'), reasonCode: 'port_busy' }, 3));
      const all = await store.linkChanges({ modem: 'a', limit: 10 });
      expect(all.map(({ state }) => state)).toEqual(['ready', 'failed']);
      const [newest] = all;
      const next = await store.linkChanges({ modem: 'a', before: newest?.id ?? 0, limit: 10 });
      expect(next.map(({ state }) => state)).toEqual(['failed']);
      expect(await store.linkChanges({ modem: 'b', limit: 10 })).toMatchObject([{ reasonCode: 'port_busy' }]);
    });
  });

  describe('what somebody did', () => {
    const entry = (action: string) => ({ at: 1, who: 'a', address: '::1', action, target: null, outcome: 'done' });

    it('is kept newest first, page by page, and no more than so many', async () => {
      const store = current();
      await store.transaction((tx) => tx.addAudit([entry('one'), { ...entry('two'), target: 'out-1' }], 3));
      await store.transaction((tx) => tx.addAudit([entry('three'), entry('four')], 3));
      const [newest, ...others] = await store.auditEntries({ limit: 10 });
      expect(newest).toEqual({ ...entry('four'), id: expect.any(Number) });
      expect(others.map(({ action, target }) => [action, target])).toEqual([
        ['three', null],
        ['two', 'out-1'],
      ]);
      const next = await store.auditEntries({ before: newest?.id ?? 0, limit: 1 });
      expect(next.map(({ action }) => action)).toEqual(['three']);
    });
  });
}

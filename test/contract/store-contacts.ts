import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';

/** What every store must do with contacts, lists of senders, and readings over time. */
export function contactsContract(current: () => Store): void {
  const add = (name: string, ...addresses: string[]) =>
    current().transaction((tx) => tx.addContact({ name, addresses }, 5));
  const names = async (query: { search?: string; after?: { name: string; id: number }; limit?: number }) =>
    (await current().contacts({ limit: 10, ...query })).map(({ name }) => name);

  describe('contacts', () => {
    it('have a name and addresses, and are found by both', async () => {
      const anna = await add('Анна', '+79160000001', 'Annas Shop');
      await add('bank', 'Balance');
      await add('Äpfel 100%');
      expect(await current().contact(anna)).toEqual({
        id: anna,
        name: 'Анна',
        addresses: ['+79160000001', 'Annas Shop'],
        createdAt: 5,
        updatedAt: 5,
      });
      expect(await current().contact(99)).toBeNull();
      expect(await names({})).toHaveLength(3);
      expect(await names({ search: 'АНН' })).toEqual(['Анна']);
      expect(await names({ search: 'SHOP' })).toEqual(['Анна']);
      expect(await names({ search: '0%' })).toEqual(['Äpfel 100%']);
      expect(await current().contactNames(['BALANCE', '+79160000001', 'nobody'])).toEqual(
        new Map([
          ['balance', 'bank'],
          ['+79160000001', 'Анна'],
        ]),
      );
      expect(await current().contactNames([])).toEqual(new Map());
      expect(await current().contactsOf(['BALANCE', '+0'])).toMatchObject([{ name: 'bank', address: 'Balance' }]);
      expect(await current().contactsOf([])).toEqual([]);
    });

    it('are read page by page', async () => {
      const ids = [await add('b'), await add('a'), await add('B')];
      const first = await current().contacts({ limit: 2 });
      expect(first.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
      expect(await names({ after: { name: 'b', id: ids[0] ?? 0 } })).toEqual(['B']);
    });

    it('change and go, and their addresses with them', async () => {
      const id = await add('Anna', '+1', '+2');
      await current().transaction((tx) => tx.changeContact(id, { name: 'Anna K.', addresses: ['+2', '+3'] }, 9));
      expect(await current().contact(id)).toMatchObject({ name: 'Anna K.', addresses: ['+2', '+3'], updatedAt: 9 });
      await expect(add('Other', '+3')).rejects.toThrow();
      await current().transaction((tx) => tx.deleteContact(id));
      expect(await current().contact(id)).toBeNull();
      expect(await current().contactNames(['+2', '+3'])).toEqual(new Map());
      await add('Other', '+3');
    });
  });

  describe('lists of senders', () => {
    it('hold each pattern once', async () => {
      const entry = { list: 'deny', pattern: 'Casino*', note: null, createdAt: 1 } as const;
      const id = await current().transaction((tx) => tx.putListEntry(entry));
      const again = { ...entry, pattern: 'CASINO*', note: 'spam' };
      expect(await current().transaction((tx) => tx.putListEntry(again))).toBe(id);
      await current().transaction((tx) => tx.putListEntry({ ...entry, list: 'allow' }));
      expect(await current().listEntries('deny')).toEqual([{ ...entry, id, note: 'spam' }]);
      expect(await current().transaction((tx) => tx.deleteListEntry('allow', id))).toBe(false);
      expect(await current().transaction((tx) => tx.deleteListEntry('deny', id))).toBe(true);
      expect(await current().listEntries('deny')).toEqual([]);
    });

    it('are heeded as somebody has said: who is denied at first, who alone is allowed not', async () => {
      expect(await current().activeLists()).toEqual(['deny']);
      await current().transaction((tx) => tx.setListActive('allow', true));
      await current().transaction((tx) => tx.setListActive('deny', false));
      expect(await current().activeLists()).toEqual(['allow']);
      expect(await current().screen(['casino', 'cas*'])).toEqual({ active: ['allow'], naming: [] });
      await current().transaction((tx) => tx.putListEntry({ list: 'deny', pattern: 'CAS*', note: null, createdAt: 1 }));
      expect(await current().screen(['casino', 'cas*'])).toEqual({ active: ['allow'], naming: ['deny'] });
      expect(await current().screen(['casino'])).toEqual({ active: ['allow'], naming: [] });
      await current().transaction((tx) => tx.setListActive('deny', true));
      expect(await current().activeLists()).toEqual(['allow', 'deny']);
    });
  });

  describe('readings over time', () => {
    const asked = { modem: 'modem', key: 'signal', since: 0, until: 10_000, step: 0, limit: 100 };
    const put = (at: number, value: number) =>
      current().transaction((tx) => tx.addReadingPoint({ modem: 'modem', key: 'signal', at, value }));
    const points = async (query: Partial<typeof asked> = {}) =>
      (await current().readingPoints({ ...asked, ...query })).map(({ at, value }) => [at, value]);

    it('are averaged within a point, and points within a step', async () => {
      await put(1_000, -71);
      await put(1_000, -74);
      await put(2_000, -80);
      await put(5_000, -90);
      expect(await points()).toEqual([
        [1_000, -72.5],
        [2_000, -80],
        [5_000, -90],
      ]);
      expect(await points({ step: 4_000 })).toEqual([
        [0, -75],
        [4_000, -90],
      ]);
      expect(await points({ since: 2_000, until: 5_000 })).toEqual([[2_000, -80]]);
      expect(await points({ limit: 1 })).toEqual([[5_000, -90]]);
      expect(await points({ key: 'balance' })).toEqual([]);
    });

    it('come with the newest of each key', async () => {
      await current().transaction(async (tx) => {
        await tx.putReading({ modem: 'modem', key: 'signal', data: -71, updatedAt: 1 });
        await tx.putReading({ modem: 'modem', key: 'operator', data: null, updatedAt: 2 });
        await tx.putReading({ modem: 'other', key: 'signal', data: -80, updatedAt: 3 });
      });
      expect(await current().readings('modem')).toEqual([
        { modem: 'modem', key: 'operator', data: null, updatedAt: 2 },
        { modem: 'modem', key: 'signal', data: -71, updatedAt: 1 },
      ]);
    });

    it('are forgotten when they are old, a piece at a time', async () => {
      for (const at of [1_000, 2_000, 3_000, 4_000]) await put(at, -71);
      const forget = () => current().transaction((tx) => tx.deleteOldPoints({ before: 3_500, limit: 2 }));
      expect(await forget()).toBe(2);
      expect((await points()).map(([at]) => at)).toEqual([3_000, 4_000]);
      expect(await forget()).toBe(1);
      expect((await points()).map(([at]) => at)).toEqual([4_000]);
      expect(await forget()).toBe(0);
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { call } from './store-records.ts';
import { type NewWebhookDelivery, type NewWebhookTarget, webhookKey } from '../../src/store/webhook-records.ts';

export const target = (change: Partial<NewWebhookTarget> = {}): NewWebhookTarget => ({
  name: 'house',
  url: 'http://192.168.1.5/hook',
  secret: 'whsec_c2VjcmV0',
  template: 'json',
  options: { token: 'ключ' },
  filters: { events: ['message.received'], senders: ['bank'], text: null, modems: [] },
  allowInsecure: false,
  enabled: true,
  disabledWhy: null,
  afterEvent: 0,
  createdAt: 1_000,
  ...change,
});

export const delivery = (targetId: number, change: Partial<NewWebhookDelivery> = {}): NewWebhookDelivery => ({
  targetId,
  eventId: 1,
  event: { type: 'message.received', at: 1_000, modem: 'modem', row: 17, detail: null },
  conversation: 'bank',
  state: 'queued',
  attempt: 0,
  nextAttemptAt: 1_000,
  expiresAt: 100_000,
  createdAt: 1_000,
  deliveredAt: null,
  error: null,
  unreachable: false,
  ...change,
});

/** What every store must do for those who are told of what happens. */
export function webhooksContract(current: () => Store): void {
  describe('webhooks', () => {
    const add = async (...names: string[]) => {
      const ids: number[] = [];
      for (const name of names) ids.push(await current().transaction((tx) => tx.addWebhookTarget(target({ name }))));
      return ids;
    };
    const queue = (...deliveries: NewWebhookDelivery[]) => current().transaction((tx) => tx.addDeliveries(deliveries));
    const claim = async (targetId: number, now: number, owner = 'me', most = 4) =>
      (
        await current().transaction((tx) => tx.claimDeliveries({ targetId, owner, now, until: now + 100, most }), {
          key: webhookKey(targetId),
        })
      ).map(({ id }) => id);
    const change = (
      id: number,
      to: Parameters<Parameters<Parameters<Store['transaction']>[0]>[0]['changeDelivery']>[1],
    ) => current().transaction((tx) => tx.changeDelivery(id, to));

    it('keep targets as they were written, changed and removed', async () => {
      const store = current();
      const [first = 0, second = 0] = await add('house', 'phone');
      const whole = { ...target(), id: first };
      expect(await store.webhookTarget(first)).toEqual(whole);
      expect((await store.webhookTargets()).map(({ id }) => id)).toEqual([first, second]);
      const to = { enabled: false, disabledWhy: 'It answered 410.', allowInsecure: true, options: {} };
      await store.transaction((tx) => tx.changeWebhookTarget(first, to));
      expect(await store.webhookTarget(first)).toEqual({ ...whole, ...to });
      await queue(delivery(first));
      await store.transaction((tx) => tx.removeWebhookTarget(first));
      expect(await store.webhookTarget(first)).toBeNull();
      expect(await store.webhookDeliveries({ targetId: first, limit: 10 })).toEqual([]);
      await expect(add('phone')).rejects.toThrow();
    });

    it('find the call of an event', async () => {
      const id = await current().transaction((tx) => tx.putCall(call({ withheld: true })));
      expect(await current().callOfRow(id)).toEqual({ ...call({ withheld: true }), id });
      expect(await current().callOfRow(id + 1)).toBeNull();
    });

    it('keep how far they have looked', async () => {
      const store = current();
      expect(await store.webhookCursor()).toBe(0);
      await store.transaction((tx) => tx.moveWebhookCursor(5));
      await store.transaction((tx) => tx.moveWebhookCursor(9));
      expect(await store.webhookCursor()).toBe(9);
    });

    it('list deliveries newest first, with their tries', async () => {
      const store = current();
      const [house = 0, phone = 0] = await add('house', 'phone');
      const given = [delivery(house), delivery(phone), delivery(house, { state: 'parked', eventId: null })];
      const [a = 0, b = 0, c = 0] = await queue(...given);
      expect(await store.webhookDelivery(a)).toEqual({ ...given[0], id: a });
      const ids = async (query: Parameters<Store['webhookDeliveries']>[0]) =>
        (await store.webhookDeliveries(query)).map(({ id }) => id);
      expect(await ids({ targetId: house, limit: 10 })).toEqual([c, a]);
      expect(await ids({ targetId: house, limit: 10, before: c })).toEqual([a]);
      expect(await ids({ targetId: house, limit: 10, state: 'parked' })).toEqual([c]);
      const attempt = { deliveryId: a, at: 5, ms: 7, status: 500, answer: 'no', error: 'It answered 500.' };
      await store.transaction(async (tx) => {
        await tx.addWebhookAttempt(attempt);
        await tx.addWebhookAttempt({ ...attempt, deliveryId: b, status: null, answer: null });
      });
      expect(await store.webhookAttempts([a])).toEqual([{ ...attempt, id: expect.any(Number) }]);
      expect(await store.webhookAttempts([a, b])).toHaveLength(2);
      expect(await store.webhookAttempts([])).toEqual([]);
      expect(await store.deliveryCounts(10)).toEqual({ queued: 2, delivered: 0, parked: 1, dropped: 0 });
      expect(await store.transaction((tx) => tx.pruneDeliveries(2_000))).toBe(1);
      expect(await store.deliveryCounts(1)).toMatchObject({ queued: 1, parked: 0 });
    });

    it('are claimed when due, in order within a conversation, no more at once than a target takes', async () => {
      const [house = 0, phone = 0] = await add('house', 'phone');
      const [a = 0, b = 0, c = 0, d = 0, e = 0] = await queue(
        delivery(house),
        delivery(house),
        delivery(house, { conversation: 'mum', nextAttemptAt: 900 }),
        delivery(house, { conversation: 'dad', nextAttemptAt: 5_000 }),
        delivery(phone),
      );
      expect(await current().nextDeliveryAt(house)).toBe(900);
      expect(await claim(house, 1_000)).toEqual([c, a]);
      expect(await claim(house, 1_000, 'another')).toEqual([]);
      expect(await claim(phone, 1_000)).toEqual([e]);
      expect(await current().nextDeliveryAt(house)).toBe(1_100);
      // The claims of who is gone have run out; the one before them in the conversation is still queued.
      expect(await claim(house, 1_100, 'another')).toEqual([c, a]);
      await change(a, { attempt: 1, nextAttemptAt: 3_000 });
      await change(c, { state: 'delivered', deliveredAt: 1_150 });
      expect(await claim(house, 1_200)).toEqual([]);
      expect(await current().nextDeliveryAt(house)).toBe(3_000);
      await change(a, { state: 'parked' });
      expect(await claim(house, 1_200)).toEqual([b]);
      expect(await claim(house, 6_000, 'me', 1)).toEqual([b]);
      expect(await claim(house, 6_000, 'me', 1)).toEqual([]);
      expect(await claim(house, 6_000, 'me', 2)).toEqual([d]);
      await current().transaction((tx) => tx.releaseDeliveries());
      expect(await claim(house, 6_000)).toEqual([b, d]);
    });

    it('are recalled when the target is there again, but those that it refused', async () => {
      const [house = 0] = await add('house');
      const [away = 0] = await queue(
        delivery(house, { unreachable: true, nextAttemptAt: 9_000 }),
        delivery(house, { conversation: 'mum', nextAttemptAt: 9_000 }),
      );
      expect(await current().transaction((tx) => tx.recallDeliveries(house, 2_000))).toBe(1);
      expect(await claim(house, 2_000)).toEqual([away]);
    });

    it('are claimed once, however many ask at a time', async () => {
      const [house = 0] = await add('house');
      const ids = await queue(
        ...Array.from({ length: 12 }, (_, index) => delivery(house, { conversation: `peer ${index % 6}` })),
      );
      const claimed = await Promise.all(Array.from({ length: 8 }, (_, index) => claim(house, 1_000, `owner ${index}`)));
      expect(claimed.flat().toSorted((a, b) => a - b)).toEqual(ids.slice(0, 4));
    });
  });
}

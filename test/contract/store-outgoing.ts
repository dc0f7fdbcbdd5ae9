import { describe, expect, it } from 'vitest';
import type { Claim, NewOutgoingMessage, OutgoingPart } from '../../src/store/records.ts';
import type { Store } from '../../src/store/store.ts';
import { idsOf, outgoing, outgoingPart, report } from './store-records.ts';

/** What every store must do with messages to send and with reports of them; a part of the store's contract. */
export function outgoingContract(current: () => Store): void {
  const queue = (message: Partial<NewOutgoingMessage>, ...parts: Omit<OutgoingPart, 'messageId'>[]) =>
    current().transaction((tx) => tx.addOutgoing(outgoing(message), parts.length === 0 ? [outgoingPart(1)] : parts));

  const claim = async (change: Partial<Claim>): Promise<number[]> => {
    const wanted = { modem: 'modem', owner: 'me', now: 0, until: 1_000_000, limit: 10, ...change };
    return idsOf(await current().claimOutgoing(wanted));
  };

  describe('outgoing messages', () => {
    it('come back as they were written, with their parts in order', async () => {
      const message = outgoing({
        validFor: 3_600_000,
        flash: true,
        deliveryReport: false,
        idempotencyKey: 'order-1',
      });
      const parts = [outgoingPart(2, { run: 'r', messageReference: 0, reportStatus: 48, sentAt: 5 }), outgoingPart(1)];
      const id = await current().transaction((tx) => tx.addOutgoing(message, parts));
      expect(await current().outgoingMessage(id)).toEqual({ ...message, textRemovedAt: null, id });
      expect(await current().outgoingByIdempotencyKey('order-1')).toEqual({ ...message, textRemovedAt: null, id });
      expect(await current().outgoingParts(id)).toEqual(parts.toReversed().map((part) => ({ ...part, messageId: id })));
      expect(await current().outgoingMessage(999)).toBeNull();
      expect(await current().outgoingByIdempotencyKey('order-2')).toBeNull();
    });

    it('are made once for one idempotency key; those without one do not meet', async () => {
      await queue({ idempotencyKey: 'order-1' });
      await expect(queue({ idempotencyKey: 'order-1' })).rejects.toThrow();
      await queue({});
      await queue({});
      expect(await current().outgoingMessages({ limit: 10 })).toHaveLength(3);
    });

    it('can be changed, and their parts', async () => {
      const id = await queue({}, outgoingPart(1), outgoingPart(2));
      const change = { state: 'sent' as const, sentAt: 9, flash: true, error: 'x', errorCode: 'CMS 38', attempt: 2 };
      const partChange = { state: 'sent' as const, run: 'run-1', messageReference: 255, sentAt: 9, attempt: 2 };
      await current().transaction(async (tx) => {
        await tx.changeOutgoing(id, change);
        await tx.changeOutgoing(id, {});
        await tx.changeOutgoingPart(id, 2, partChange);
        await tx.changeOutgoingPart(id, 2, {});
      });
      expect(await current().outgoingMessage(id)).toEqual({ ...outgoing(change), textRemovedAt: null, id });
      const [first, second] = await current().outgoingParts(id);
      expect(first).toEqual({ ...outgoingPart(1), messageId: id });
      expect(second).toEqual({ ...outgoingPart(2, partChange), messageId: id });
    });

    it('are listed newest first, by state on wish', async () => {
      const a = await queue({ state: 'failed' });
      const b = await queue({});
      const c = await queue({ state: 'failed' });
      expect(idsOf(await current().outgoingMessages({ limit: 2 }))).toEqual([c, b]);
      expect(idsOf(await current().outgoingMessages({ limit: 10, state: 'failed' }))).toEqual([c, a]);
    });

    it('are due when queued, of this modem, and their time has come, oldest first', async () => {
      expect(await current().nextDueAt('modem')).toBeNull();
      const late = await queue({ nextAttemptAt: 3_000 });
      const soon = await queue({ nextAttemptAt: 1_000 });
      const same = await queue({ nextAttemptAt: 1_000 });
      await queue({ nextAttemptAt: 500, modem: 'other' });
      await queue({ nextAttemptAt: 500, state: 'sending' });
      expect(await current().nextDueAt('modem')).toBe(1_000);
      expect(await claim({ now: 999 })).toEqual([]);
      expect(await claim({ now: 1_000, limit: 1 })).toEqual([soon]);
      expect(await claim({ now: 3_000 })).toEqual([same, late]);
      expect(await current().modemsWithQueued()).toEqual(['modem', 'other']);
    });

    it('are in one hand at a time, until they are given back or the claim runs out', async () => {
      const [a, b] = [await queue({ nextAttemptAt: 1 }), await queue({ nextAttemptAt: 2 })];
      expect(await claim({ now: 10, until: 100 })).toEqual([a, b]);
      expect(await claim({ now: 99, owner: 'other' })).toEqual([]);
      expect(await current().nextDueAt('modem')).toBe(100);
      await current().releaseOutgoing(a, 'other', 20);
      expect(await claim({ now: 50, owner: 'other' })).toEqual([]);
      await current().releaseOutgoing(a, 'me', 20);
      expect(await current().nextDueAt('modem')).toBe(20);
      expect(await claim({ now: 20, until: 500, owner: 'other' })).toEqual([a]);
      expect(await claim({ now: 100, until: 500 })).toEqual([b]);
      await current().releaseAllOutgoing();
      expect(await claim({ now: 101 })).toEqual([a, b]);
    });

    it('go to one of many who claim at once', async () => {
      const ids = [];
      for (let count = 0; count < 20; count += 1) ids.push(await queue({ nextAttemptAt: count }));
      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, index) => claim({ now: 1_000, owner: `owner ${index}`, limit: 3 })),
      );
      expect(claims.flat().toSorted((x, y) => x - y)).toEqual(ids);
    });

    it('are not claimed past their time', async () => {
      await queue({ nextAttemptAt: 1, expiresAt: 1_000 });
      expect(await claim({ now: 1_000 })).toEqual([]);
    });

    it('are expired when queued past their time', async () => {
      const id = await queue({ expiresAt: 1_000 });
      await queue({ expiresAt: 1_000, state: 'sent' });
      await queue({ expiresAt: 1_000, modem: 'other' });
      await queue({ expiresAt: 5_000 });
      expect(idsOf(await current().expiredOutgoing('modem', 999))).toEqual([]);
      expect(idsOf(await current().expiredOutgoing('modem', 2_000))).toEqual([id]);
    });

    it('tell which parts another run was sending', async () => {
      const id = await queue(
        {},
        outgoingPart(1, { state: 'sending', run: 'old' }),
        outgoingPart(2, { state: 'sending', run: 'new' }),
        outgoingPart(3, { state: 'sent', run: 'old' }),
        outgoingPart(4, { state: 'sending', run: null }),
      );
      await queue({ modem: 'other' }, outgoingPart(1, { state: 'sending', run: 'old' }));
      const left = await current().partsLeftSending('modem', 'new');
      expect(left.map(({ messageId, seq }) => [messageId, seq])).toEqual([
        [id, 1],
        [id, 4],
      ]);
    });

    it('tell which parts a report could be about, newest first', async () => {
      const sent = (seq: number, messageReference: number) => outgoingPart(seq, { state: 'sent', messageReference });
      await queue({ createdAt: 100 }, sent(1, 7));
      await queue({ createdAt: 1_000, modem: 'other' }, sent(1, 7));
      const first = await queue({ createdAt: 1_000, recipient: '+1' }, sent(1, 7), sent(2, 8));
      const second = await queue(
        { createdAt: 2_000, recipient: '+2' },
        outgoingPart(1, { state: 'delivered', messageReference: 7 }),
        outgoingPart(2, { state: 'unknown' }),
        outgoingPart(3, { state: 'sending' }),
        outgoingPart(4),
        outgoingPart(5, { state: 'unknown', messageReference: 9 }),
      );
      const found = await current().partsForReport('modem', 7, 500);
      expect(found.map(({ messageId, seq, recipient }) => [messageId, seq, recipient])).toEqual([
        [second, 3, '+2'],
        [second, 2, '+2'],
        [first, 1, '+1'],
      ]);
      expect(found[2]).toEqual({ ...sent(1, 7), messageId: first, recipient: '+1' });
    });
  });

  describe('status reports', () => {
    it('come back by key, are kept once, and wait for their part', async () => {
      const id = await current().transaction((tx) => tx.addReport(report()));
      expect(await current().reportByKey('report-1')).toEqual({ ...report(), id });
      expect(await current().reportByKey('report-2')).toBeNull();
      await expect(current().transaction((tx) => tx.addReport(report()))).rejects.toThrow();
      const others = [{ modem: 'other' }, { messageReference: 1 }, { receivedAt: 100 }, { messageId: 1, seq: 1 }];
      await current().transaction(async (tx) => {
        for (const [index, change] of others.entries()) await tx.addReport(report({ ...change, key: `x${index}` }));
      });
      expect(idsOf(await current().unmatchedReports('modem', 213, 500))).toEqual([id]);
      await current().transaction((tx) => tx.changeReport(id, { messageId: 4, seq: 2 }));
      expect(await current().unmatchedReports('modem', 213, 500)).toEqual([]);
      expect(await current().reportByKey('report-1')).toEqual({ ...report({ messageId: 4, seq: 2 }), id });
    });
  });
}

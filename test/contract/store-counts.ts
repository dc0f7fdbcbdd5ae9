import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { inbound, outgoing, outgoingPart } from './store-records.ts';

const noneReceived = { pending: 0, partial: 0, complete: 0, undecodable: 0, hidden: 0 };
const noneToSend = {
  queued: 0,
  sending: 0,
  sent: 0,
  delivered: 0,
  undelivered: 0,
  unknown: 0,
  failed: 0,
  expired: 0,
  canceled: 0,
};

/** What every store must say of how much it holds. */
export function countsContract(current: () => Store): void {
  describe('counts', () => {
    it('are all 0 in an empty store', async () => {
      expect(await current().counts(100)).toEqual({
        inbound: noneReceived,
        outgoing: noneToSend,
        oldestQueuedAt: null,
        newestStoredAt: null,
      });
    });

    it('are by state, with the oldest that waits and the newest that came', async () => {
      await current().transaction(async (tx) => {
        await tx.addInbound(inbound({ storedAt: 2_000 }));
        await tx.addInbound(inbound({ storedAt: 7_000, state: 'undecodable', text: null }));
        await tx.addInbound(inbound({ storedAt: 3_000 }));
        await tx.addInbound(inbound({ storedAt: null, state: 'pending' }));
        for (const [createdAt, state] of [
          [1_000, 'sent'],
          [2_000, 'queued'],
          [3_000, 'queued'],
          [4_000, 'unknown'],
        ] as const)
          await tx.addOutgoing(outgoing({ createdAt, state }), [outgoingPart(1, { state })]);
      });
      expect(await current().counts(100)).toEqual({
        inbound: { ...noneReceived, complete: 2, undecodable: 1, pending: 1 },
        outgoing: { ...noneToSend, sent: 1, queued: 2, unknown: 1 },
        oldestQueuedAt: 2_000,
        newestStoredAt: 7_000,
      });
    });

    it('end at the number that was asked for', async () => {
      await current().transaction(async (tx) => {
        for (let number = 0; number < 5; number += 1) {
          await tx.addInbound(inbound({ storedAt: number }));
          await tx.addOutgoing(outgoing({ state: 'delivered' }), [outgoingPart(1)]);
        }
      });
      const { inbound: received, outgoing: sent } = await current().counts(3);
      expect([received.complete, sent.delivered]).toEqual([3, 3]);
    });
  });
}

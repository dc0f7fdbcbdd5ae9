import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { call, inbound, inboundPart, outgoing, outgoingPart } from './store-records.ts';

/** What every store must forget when it is told to, and nothing else. */
export function privacyContract(current: () => Store): void {
  const add = async (change: Parameters<typeof inbound>[0]) => {
    const id = await current().transaction(async (tx) => {
      const at = await tx.stamp(change?.receivedAt ?? 1_000);
      const message = await tx.addInbound(inbound({ storedAt: at, receivedAt: at, ...change }));
      await tx.addInboundPart(inboundPart(message, { key: `key ${message}`, pdu: 'C0DE' }));
      return message;
    });
    return id;
  };
  const texts = async () => (await current().inboundMessages({ limit: 100 })).map(({ text }) => text).toReversed();

  describe('what is to be forgotten', () => {
    it('is looked through in its order, a piece at a time', async () => {
      const store = current();
      for (const text of ['one', 'two', 'three']) await add({ text, sender: 'Bank' });
      const first = await store.textsStored({ after: 0, until: 9_999, limit: 2 });
      expect(first).toMatchObject([{ text: 'one', sender: 'Bank' }, { text: 'two' }]);
      const after = first.at(-1)?.storedAt ?? 0;
      await store.transaction((tx) => tx.moveCodesLookedTo(after));
      expect(await store.codesLookedTo()).toBe(after);
      expect(await store.textsStored({ after, until: 9_999, limit: 2 })).toMatchObject([{ text: 'three' }]);
      expect(await store.textsStored({ after, until: after, limit: 2 })).toEqual([]);
    });

    it('is emptied of codes and of PDUs, with what repeats it', async () => {
      const store = current();
      const code = await add({ text: 'Code 1234', receivedAt: 1_000 });
      const again = await add({ text: 'Code 1234', receivedAt: 1_001, duplicateOf: code });
      const late = await add({ text: 'Code 5678', receivedAt: 5_000 });
      const plain = await add({ text: 'Hello', receivedAt: 1_002 });
      const count = await store.transaction(async (tx) => {
        await tx.markCodes([code, late]);
        return tx.removeCodeTexts({ before: 2_000, limit: 10, at: 7_000 });
      });
      expect(count).toBe(2);
      for (const id of [code, again]) {
        expect(await store.inboundMessage(id)).toMatchObject({ text: '', textRemovedAt: 7_000 });
        expect(await store.inboundParts(id)).toMatchObject([{ pdu: '' }]);
      }
      expect(await store.inboundMessage(late)).toMatchObject({ text: 'Code 5678', textRemovedAt: null });
      expect(await store.inboundParts(plain)).toMatchObject([{ pdu: 'C0DE' }]);
      expect(await store.transaction((tx) => tx.removeCodeTexts({ before: 2_000, limit: 10, at: 8_000 }))).toBe(0);
    });

    it('loses its PDUs where they are not needed any more', async () => {
      const store = current();
      const whole = await add({ text: 'one', receivedAt: 1_000 });
      const raw = await add({ text: null, state: 'undecodable', receivedAt: 1_001 });
      const young = await add({ text: 'two', receivedAt: 5_000 });
      expect(await store.transaction((tx) => tx.removeReceivedPdus({ before: 2_000, limit: 10 }))).toBe(2);
      const pdus = await Promise.all([whole, raw, young].map((id) => store.inboundParts(id)));
      expect(pdus.map(([only]) => only?.pdu)).toEqual(['', 'C0DE', 'C0DE']);
      const sent = await store.transaction(async (tx) => {
        const ids = [];
        for (const state of ['sent', 'queued', 'failed'] as const) {
          const row = outgoing({ state, createdAt: 1_000 + ids.length });
          ids.push(await tx.addOutgoing(row, [outgoingPart(1, { pdu: 'FACE', state })]));
        }
        return ids;
      });
      await store.transaction((tx) => tx.removeSentPdus({ before: 2_000, limit: 10 }));
      const left = await Promise.all(sent.map((id) => store.outgoingParts(id)));
      expect(left.map(([only]) => only?.pdu)).toEqual(['', 'FACE', 'FACE']);
      const [, queued = 0] = sent;
      await store.transaction((tx) => tx.changeOutgoing(queued, { state: 'sent' }));
      await store.transaction((tx) => tx.removeSentPdus({ before: 2_000, limit: 10 }));
      const then = await Promise.all(sent.map((id) => store.outgoingParts(id)));
      expect(then.map(([only]) => only?.pdu)).toEqual(['', '', '']);
    });

    it('is deleted by age and kind, a piece at a time, and what is not over stays', async () => {
      const store = current();
      for (const text of ['one', 'two', 'three']) await add({ text, receivedAt: 1_000 });
      const code = await add({ text: 'Code', receivedAt: 1_000 });
      await add({ text: null, state: 'pending', receivedAt: 1_000, storedAt: null });
      await add({ text: 'young', receivedAt: 9_000 });
      await store.transaction(async (tx) => {
        await tx.markCodes([code]);
        await tx.addOutgoing(outgoing({ state: 'sent', createdAt: 1_000 }), [outgoingPart(1)]);
        await tx.addOutgoing(outgoing({ state: 'queued', createdAt: 1_000 }), [outgoingPart(1)]);
        await tx.putCall(call({ call: 'over', storedAt: 1_000, endedAt: 1_100 }));
        await tx.putCall(call({ call: 'rings', storedAt: 1_001, endedAt: null }));
      });
      expect(await store.oldestRows()).toMatchObject({ sent: 1_000, calls: 1_000, codes: 1_000 });
      const batch = { before: 5_000, limit: 2 };
      expect(await store.transaction((tx) => tx.deleteOldReceived({ ...batch, codes: true }))).toBe(1);
      expect(await texts()).toEqual(['one', 'two', 'three', 'young']);
      expect(await store.transaction((tx) => tx.deleteOldReceived({ ...batch, codes: false }))).toBe(2);
      expect(await store.transaction((tx) => tx.deleteOldReceived({ ...batch, codes: false }))).toBe(1);
      expect(await texts()).toEqual(['young']);
      expect(await store.pendingSets(9_999)).toHaveLength(1);
      expect(await store.transaction((tx) => tx.deleteOldSent(batch))).toBe(1);
      expect(await store.transaction((tx) => tx.deleteOldCalls(batch))).toBe(1);
      expect((await store.outgoingMessages({ limit: 10 })).map(({ state }) => state)).toEqual(['queued']);
      expect((await store.calls({ limit: 10 })).map((one) => one.call)).toEqual(['rings']);
    });
  });
}

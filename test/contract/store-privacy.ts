import { describe, expect, it } from 'vitest';
import { forgetCodeTexts, forgetOld, keepAll } from '../../src/app/privacy/forget.ts';
import { silentLogger } from '../../src/core/logger.ts';
import type { Store } from '../../src/store/store.ts';
import { call, inbound, inboundPart, outgoing, outgoingPart, report } from './store-records.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { delivery, target } from './store-webhooks.ts';

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
      const binary = await add({ text: null, kind: 'binary', receivedAt: 1_002 });
      const gaps = await add({ text: 'one…', state: 'partial', receivedAt: 1_003 });
      const draft = await add({ text: 'a draft', state: 'hidden', receivedAt: 1_004 });
      const young = await add({ text: 'two', receivedAt: 5_000 });
      expect(await store.transaction((tx) => tx.removeReceivedPdus({ before: 2_000, limit: 10 }))).toBe(5);
      const pdus = await Promise.all([whole, draft, raw, binary, gaps, young].map((id) => store.inboundParts(id)));
      expect(pdus.map(([only]) => only?.pdu)).toEqual(['', '', 'C0DE', 'C0DE', 'C0DE', 'C0DE']);
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
      expect(await store.rowsKept(100)).toMatchObject({
        received: { count: 5, oldest: 1_000 },
        sent: { count: 2, oldest: 1_000 },
        calls: { count: 2, oldest: 1_000 },
        codes: { count: 1, oldest: 1_000 },
        feed: { count: 0, oldest: null },
      });
      expect(await store.rowsKept(3)).toMatchObject({ received: { count: 3, oldest: 1_000 } });
      const batch = { before: 5_000, limit: 2 };
      expect(await store.transaction((tx) => tx.deleteOldReceived({ ...batch, codes: true }))).toBe(1);
      expect(await texts()).toEqual(['one', 'two', 'three', 'young']);
      expect(await store.transaction((tx) => tx.deleteOldReceived({ ...batch, codes: false }))).toBe(2);
      expect(await store.transaction((tx) => tx.deleteOldReceived({ ...batch, codes: false }))).toBe(1);
      expect(await texts()).toEqual(['young']);
      expect(await store.pendingSets(9_999)).toHaveLength(1);
      expect(await store.transaction((tx) => tx.deleteOldSent({ ...batch, codes: false }))).toBe(1);
      expect(await store.transaction((tx) => tx.deleteOldCalls(batch))).toBe(1);
      expect((await store.outgoingMessages({ limit: 10 })).map(({ state }) => state)).toEqual(['queued']);
      expect((await store.calls({ limit: 10 })).map((one) => one.call)).toEqual(['rings']);
    });

    it('is emptied where a sent message holds a code too, when it is over', async () => {
      const store = current();
      const send = (change: Parameters<typeof outgoing>[0]) =>
        store.transaction((tx) => tx.addOutgoing(outgoing(change), [outgoingPart(1, { pdu: 'FACE' })]));
      const code = await send({ text: 'Code 1234', state: 'sent' });
      const waits = await send({ text: 'Code 5678' });
      const plain = await send({ text: 'Hello', state: 'sent' });
      expect(await store.textsSent({ after: code, limit: 10 })).toMatchObject([{ id: waits }, { text: 'Hello' }]);
      await store.transaction(async (tx) => {
        await tx.markSentCodes([code, waits]);
        await tx.moveSentCodesLookedTo(plain);
      });
      expect(await store.sentCodesLookedTo()).toBe(plain);
      const remove = () => store.transaction((tx) => tx.removeSentCodeTexts({ before: 2_000, limit: 10, at: 7_000 }));
      expect(await remove()).toBe(1);
      expect(await remove()).toBe(0);
      expect(await store.outgoingMessage(code)).toMatchObject({ text: '', textRemovedAt: 7_000, state: 'sent' });
      expect(await store.outgoingParts(code)).toMatchObject([{ pdu: '' }]);
      expect(await store.outgoingMessage(waits)).toMatchObject({ text: 'Code 5678', textRemovedAt: null });
      expect(await store.outgoingParts(plain)).toMatchObject([{ pdu: 'FACE' }]);
      expect(await store.transaction((tx) => tx.deleteOldSent({ before: 2_000, limit: 10, codes: true }))).toBe(1);
      expect((await store.outgoingMessages({ limit: 10 })).map(({ id }) => id)).toEqual([plain, waits]);
    });

    it('loses the PDUs of many messages of one moment, however few go at a time', async () => {
      const store = current();
      await store.transaction(async (tx) => {
        for (let count = 0; count < 5; count += 1)
          await tx.addOutgoing(outgoing({ state: 'sent' }), [outgoingPart(1, { pdu: 'FACE' })]);
      });
      const remove = () => store.transaction((tx) => tx.removeSentPdus({ before: 2_000, limit: 2 }));
      expect([await remove(), await remove(), await remove(), await remove()]).toEqual([2, 2, 1, 0]);
    });

    it('leaves nothing behind but the beginning of its key', async () => {
      const store = current();
      const key = 'a'.repeat(64);
      const id = await add({ sender: 'Bank' });
      const other = await add({ sender: 'Shop' });
      await store.transaction(async (tx) => {
        await tx.addInboundPart(inboundPart(id, { seq: 2, key }));
      });
      await store.claimRow({ kind: 'message', row: id, by: 'me', at: 1 });
      expect(await store.isForgotten(key)).toBe(false);
      await store.transaction((tx) => tx.deleteInbound(id));
      expect(await store.isForgotten(key)).toBe(true);
      expect(await store.isForgotten('b'.repeat(64))).toBe(false);
      expect(await store.inboundParts(id)).toEqual([]);
      expect(await store.claimedRows('message', [id])).toEqual(new Set());
      // Who is found by a part of the sender is found among those who are known.
      expect(await store.inboundMessages({ limit: 10, sender: 'ban' })).toEqual([]);
      expect(await store.inboundMessage(other)).toMatchObject({ sender: 'Shop' });
      const sent = await store.transaction(async (tx) => {
        const message = await tx.addOutgoing(outgoing({ state: 'sent' }), [outgoingPart(1)]);
        await tx.addReport(report({ messageId: message, key: 'of a message' }));
        await tx.addReport(report({ messageId: null, key: 'of none', receivedAt: 1_000 }));
        return message;
      });
      await store.transaction((tx) => tx.deleteOutgoing(sent));
      expect(await store.reportByKey('of a message')).toBeNull();
      expect(await store.isForgotten('of a message')).toBe(true);
      expect(await store.transaction((tx) => tx.deleteOldReports({ before: 2_000, limit: 10 }))).toBe(1);
      expect(await store.reportByKey('of none')).toBeNull();
    });

    it('stays until webhooks have told of it, and goes with what they answered', async () => {
      const store = current();
      const id = await add({});
      const about = { at: 1_000, modem: 'modem', row: id, detail: null };
      const told = await store.transaction(async (tx) => {
        const targetId = await tx.addWebhookTarget(target());
        const [first = 0] = await tx.addDeliveries([
          delivery(targetId, { event: { ...about, type: 'message.received' } }),
        ]);
        // The same number, and no message.
        await tx.addDeliveries([delivery(targetId, { event: { ...about, type: 'call.changed' } })]);
        return first;
      });
      const forget = () => store.transaction((tx) => tx.deleteOldReceived({ before: 5_000, limit: 10, codes: false }));
      expect(await forget()).toBe(0);
      await store.transaction(async (tx) => {
        await tx.changeDelivery(told, { state: 'delivered' });
        const said = { at: 1, ms: 1, status: 200, answer: 'Got: Code 1234', error: null };
        await tx.addWebhookAttempt({ deliveryId: told, ...said });
        await tx.markCodes([id]);
        await tx.removeCodeTexts({ before: 5_000, limit: 10, at: 1 });
      });
      expect(await store.webhookAttempts([told])).toMatchObject([{ status: 200, answer: null }]);
      expect(await forget()).toBe(1);
      expect(await store.webhookDelivery(told)).toBeNull();
      expect(await store.webhookAttempts([told])).toEqual([]);
      expect(await store.webhookDelivery(told + 1)).not.toBeNull();
    });

    it('goes in its time, as the scheduler asks for it', async () => {
      const store = current();
      const [start, minute, day] = [Date.UTC(2026, 0, 1), 60_000, 86_400_000];
      const clock = new VirtualClock(start);
      const retention = { ...keepAll, messages: 7 * day, codes: day, pdus: 3 * day, codeTexts: 10 * minute };
      const options = { store, clock, log: silentLogger, retention };
      const going = new AbortController().signal;
      const pass = async (ms: number) => {
        await clock.advance(ms);
        await forgetCodeTexts(options, going);
        await forgetOld(options, going);
      };
      const plain = await add({ text: 'Hello', receivedAt: start });
      await add({ text: 'Your verification code is 918273', receivedAt: start + 1 });
      const queued = await store.transaction((tx) =>
        tx.addOutgoing(outgoing({ createdAt: start, updatedAt: start }), [outgoingPart(1)]),
      );
      await pass(5 * minute);
      expect(await texts()).toEqual(['Hello', 'Your verification code is 918273']);
      await pass(6 * minute);
      expect(await texts()).toEqual(['Hello', '']);
      await pass(day);
      expect(await texts()).toEqual(['Hello']);
      expect(await store.inboundParts(plain)).toMatchObject([{ pdu: 'C0DE' }]);
      await pass(2 * day);
      expect(await store.inboundParts(plain)).toMatchObject([{ pdu: '' }]);
      await pass(4 * day);
      expect(await texts()).toEqual([]);
      expect(await store.outgoingMessage(queued)).toMatchObject({ state: 'queued', text: 'Hello' });
      expect(await store.forgetMarks()).toMatchObject({ ran: clock.now(), deleted: clock.now() });
    });

    it('is noted with when it was done last', async () => {
      const store = current();
      expect(await store.forgetMarks()).toEqual({ ran: null, deleted: null, compacted: null });
      await store.transaction((tx) => tx.markForgetting('ran', 5_000));
      await store.transaction((tx) => tx.markForgetting('ran', 6_000));
      expect(await store.forgetMarks()).toEqual({ ran: 6_000, deleted: null, compacted: null });
    });
  });
}

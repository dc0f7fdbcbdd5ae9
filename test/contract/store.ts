import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallQuery, InboundMessage, NewCallRecord, NewInboundMessage } from '../../src/store/records.ts';
import type { Store } from '../../src/store/store.ts';
import { claimsContract } from './store-claims.ts';
import { contactsContract } from './store-contacts.ts';
import { accessContract } from './store-access.ts';
import { privacyContract } from './store-privacy.ts';
import { countsContract } from './store-counts.ts';
import { feedContract } from './store-feed.ts';
import { messagesContract } from './store-messages.ts';
import { outgoingContract } from './store-outgoing.ts';
import { call, idsOf, inbound, inboundPart } from './store-records.ts';
import { sendersContract } from './store-senders.ts';
import { webhooksContract } from './store-webhooks.ts';

/** A new, empty store; `reopen` closes it and opens the same one again. */
export interface StoreUnderTest {
  readonly store: Store;
  reopen(): Promise<Store>;
  /** Closes it and clears away. */
  dispose(): Promise<void>;
}

/** What every store must do. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the store contract: ${name}`, () => {
    let under: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      under = await open();
      ({ store } = under);
    });
    afterEach(() => under.dispose());

    const add = (...messages: Partial<NewInboundMessage>[]) =>
      store.transaction(async (tx) => {
        const ids: number[] = [];
        for (const message of messages) ids.push(await tx.addInbound(inbound(message)));
        return ids;
      });

    describe('transactions', () => {
      it('keep all or nothing', async () => {
        const failed = store.transaction(async (tx) => {
          await tx.addInbound(inbound());
          throw new Error('no');
        });
        await expect(failed).rejects.toThrow('no');
        expect(await store.inboundMessages({ limit: 10 })).toEqual([]);
        await add({});
        expect(await store.inboundMessages({ limit: 10 })).toHaveLength(1);
      });

      it('see their own changes, and others see them only when they are committed', async () => {
        const gate = Promise.withResolvers<void>();
        const written = Promise.withResolvers<void>();
        const open = store.transaction(async (tx) => {
          const id = await tx.addInbound(inbound());
          expect(await tx.inboundMessage(id)).toMatchObject({ id });
          written.resolve();
          await gate.promise;
          await tx.changeInbound(id, { text: 'as committed' });
        });
        await written.promise;
        const read = store.inboundMessages({ limit: 10 });
        gate.resolve();
        const seen = (await read).map(({ text }) => text);
        expect([[], ['as committed']]).toContainEqual(seen);
        await open;
        expect(await store.inboundMessages({ limit: 10 })).toHaveLength(1);
      });

      it('run one after the other', async () => {
        const counts = await Promise.all(
          Array.from({ length: 20 }, () => store.transaction((tx) => tx.nextCount('reference', 256, 250))),
        );
        const rest = Array.from({ length: 14 }, (_, index) => index);
        expect(counts.toSorted((a, b) => a - b)).toEqual([...rest, 250, 251, 252, 253, 254, 255]);
      });

      it('go on after one that failed, and hand back what the work gives', async () => {
        const results = await Promise.allSettled([
          store.transaction(async () => 'first'),
          store.transaction(async () => {
            throw new Error('second');
          }),
          store.transaction(async () => 'third'),
        ]);
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect(results[2]).toMatchObject({ value: 'third' });
      });
    });

    describe('received messages', () => {
      it('come back as they were written', async () => {
        const given: NewInboundMessage[] = [
          inbound(),
          inbound({
            sim: null,
            sender: '',
            text: null,
            state: 'undecodable',
            smsc: null,
            memory: null,
            imported: true,
          }),
          inbound({ state: 'partial', setKey: 'set', partsTotal: 255, slot: 0, decodeError: 'TP-UD at octet 20' }),
          inbound({ text: '', sender: 'Balance', kind: 'flash', storedAt: Date.UTC(2200, 0) }),
          inbound({ text: 'nul \u0000 and \ufffd and 𝄞' }),
        ];
        const ids = await add(...given);
        for (const [index, id] of ids.entries())
          expect(await store.inboundMessage(id)).toEqual({ ...given[index], id, textRemovedAt: null });
        expect(await store.inboundMessage(999)).toBeNull();
      });

      it('are shown newest first, without those that are not for people, duplicates on wish', async () => {
        const [first = 0, second = 0] = await add({ storedAt: 1_000 }, { storedAt: 3_000, state: 'partial' });
        const [duplicate = 0, , , undecodable = 0] = await add(
          { storedAt: 5_000, duplicateOf: first },
          { storedAt: null, state: 'pending' },
          { storedAt: 6_000, state: 'hidden' },
          { storedAt: 2_000, state: 'undecodable', text: null },
        );
        expect(idsOf(await store.inboundMessages({ limit: 10 }))).toEqual([second, undecodable, first]);
        const all = await store.inboundMessages({ limit: 10, duplicates: true });
        expect(idsOf(all)).toEqual([duplicate, second, undecodable, first]);
      });

      it('are found strictly later than a moment, and no more than wanted', async () => {
        const ids = await add({ storedAt: 1_000 }, { storedAt: 2_000 }, { storedAt: 3_000 });
        expect(idsOf(await store.inboundMessages({ limit: 10, storedAfter: 1_000 }))).toEqual([ids[2], ids[1]]);
        expect(idsOf(await store.inboundMessages({ limit: 10, storedAfter: 3_000 }))).toEqual([]);
        expect(idsOf(await store.inboundMessages({ limit: 1 }))).toEqual([ids[2]]);
      });

      it('are found by any part of the sender, whatever its case and signs', async () => {
        const senders = ['+79161234567', 'MyBank', 'Сбербанк', '100%', 'a_b', 'a\\b', ''];
        const ids = await add(...senders.map((sender, index) => ({ sender, storedAt: 1_000 + index })));
        const found = async (sender: string) =>
          (await store.inboundMessages({ sender, limit: 10 })).map((message) => message.sender);
        expect(await found('mybANK')).toEqual(['MyBank']);
        expect(await found('БЕРБАНК')).toEqual(['Сбербанк']);
        expect(await found('123')).toEqual(['+79161234567']);
        expect(await found('+7916')).toEqual(['+79161234567']);
        expect(await found('%')).toEqual(['100%']);
        expect(await found('_')).toEqual(['a_b']);
        expect(await found('\\')).toEqual(['a\\b']);
        expect(await found("' or 1=1 --")).toEqual([]);
        expect(await found('b')).toEqual(['a\\b', 'a_b', 'MyBank']);
        expect(await found('')).toHaveLength(ids.length);
      });

      it('are found by sender and moment together', async () => {
        const ids = await add(
          { sender: 'Bank', storedAt: 1_000 },
          { sender: 'OtherBank', storedAt: 2_000 },
          { sender: '+7916', storedAt: 3_000 },
          { sender: 'Bank', storedAt: 4_000 },
          { sender: 'Bank', storedAt: 5_000, duplicateOf: 1 },
        );
        expect(idsOf(await store.inboundMessages({ sender: 'bank', storedAfter: 1_000, limit: 10 }))).toEqual([
          ids[3],
          ids[1],
        ]);
        expect(idsOf(await store.inboundMessages({ sender: 'bank', limit: 2 }))).toEqual([ids[3], ids[1]]);
      });

      sendersContract(() => store);

      it('can be changed, field by field', async () => {
        const [id = 0] = await add({ state: 'pending', storedAt: null, text: null, setKey: 'set', partsTotal: 2 });
        const change: Partial<InboundMessage> = { state: 'complete', storedAt: 7_000, text: 'whole' };
        await store.transaction((tx) => tx.changeInbound(id, change));
        const whole = { textRemovedAt: null, ...inbound({ setKey: 'set', partsTotal: 2 }), ...change, id };
        expect(await store.inboundMessage(id)).toEqual(whole);
        const other = { sender: 'Bank', smsc: null, imported: true };
        await store.transaction((tx) => tx.changeInbound(id, other));
        expect(await store.inboundMessage(id)).toEqual({ ...whole, ...other });
        await store.transaction((tx) => tx.changeInbound(id, {}));
        expect(await store.inboundMessage(id)).toEqual({ ...whole, ...other });
      });

      it('of a set are found by its key, newest first, and pending ones by their age', async () => {
        const [old = 0, young = 0] = await add(
          { state: 'pending', storedAt: null, setKey: 'set', receivedAt: 1_000 },
          { state: 'pending', storedAt: null, setKey: 'set', receivedAt: 2_000 },
        );
        await add({ setKey: 'set', duplicateOf: old }, { setKey: 'other' }, { state: 'complete', receivedAt: 500 });
        expect(idsOf(await store.setsByKey('set'))).toEqual([young, old]);
        expect(idsOf(await store.pendingSets(2_000))).toEqual([old]);
        expect(idsOf(await store.pendingSets(2_001))).toEqual([old, young]);
      });

      it('have parts, found by message and by key', async () => {
        const [first = 0, second = 0] = await add({ partsTotal: 2 }, { duplicateOf: 1 });
        const given = [
          inboundPart(first, { seq: 2, key: 'b', tpduLength: null, memory: null, slot: null, smscAt: null }),
          inboundPart(first, { seq: 1, key: 'a' }),
          inboundPart(second, { key: 'a' }),
        ];
        const ids = await store.transaction(async (tx) => {
          const ids: number[] = [];
          for (const part of given) ids.push(await tx.addInboundPart(part));
          return ids;
        });
        const [b, a, again] = given.map((part, index) => ({ ...part, id: ids[index] }));
        expect(await store.inboundParts(first)).toEqual([a, b]);
        expect(await store.partByKey('a')).toEqual(a);
        expect(await store.partsByKey('a')).toEqual([a, again]);
        expect(await store.partByKey('c')).toBeNull();
        expect(await store.partsByKey('c')).toEqual([]);
      });

      it('get stamps that grow, also within one moment, backwards in time and after a restart', async () => {
        const stamps: number[] = [];
        const take = (from: Store, now: number) =>
          from.transaction(async (tx) => {
            stamps.push(await tx.stamp(now), await tx.stamp(now));
          });
        await take(store, 5_000);
        await take(store, 4_000);
        await take(store, 6_000);
        await take(await under.reopen(), 100);
        expect(stamps).toEqual([5_000, 5_001, 5_002, 5_003, 6_000, 6_001, 6_002, 6_003]);
      });
    });

    describe('a received message of one part', () => {
      const { storedAt: _, ...message } = inbound();
      const { messageId: _none, ...part } = inboundPart(0);
      const steps = [
        { at: 5, role: 'worker', what: 'read from SM 3', trace: 'event-1' },
        { at: 6, role: 'handler', what: 'stored', trace: 'event-1' },
      ];

      it('is written with all that belongs to it, and with a stamp', async () => {
        const add = () => store.transaction((tx) => tx.addReceived({ message, part, steps, now: 5_000 }));
        for (const [id, storedAt] of [
          [await add(), 5_000],
          [await add(), 5_001],
        ] as const) {
          expect(await store.inboundMessage(id)).toEqual({ ...message, id, storedAt, textRemovedAt: null });
          expect(await store.inboundParts(id)).toEqual([{ ...part, messageId: id, id: expect.any(Number) }]);
          const way = steps.map((step) => ({ ...step, direction: 'in', messageId: id }));
          expect(await store.steps('in', id)).toEqual(way);
        }
      });

      it('leaves nothing when its transaction fails', async () => {
        const failed = store.transaction(async (tx) => {
          await tx.addReceived({ message, part, steps, now: 5_000 });
          throw new Error('no');
        });
        await expect(failed).rejects.toThrow('no');
        expect(await store.partByKey(part.key)).toBeNull();
        expect(await store.transaction((tx) => tx.stamp(1_000))).toBe(1_000);
      });
    });

    outgoingContract(() => store);
    countsContract(() => store);
    feedContract(() => store);
    accessContract(() => store);
    privacyContract(() => store);
    claimsContract(() => store);
    webhooksContract(() => store);
    messagesContract(() => store);
    contactsContract(() => store);

    describe('calls', () => {
      it('are one row each, whose moment of storing stays', async () => {
        const id = await store.transaction((tx) => tx.putCall(call({ caller: '', withheld: true })));
        expect(await store.callById('call-1')).toEqual({ ...call({ caller: '', withheld: true }), id });
        const ended = call({ endedAt: 9_000, rings: 4, outcome: 'missed' });
        expect(await store.transaction((tx) => tx.putCall({ ...ended, storedAt: 8_000 }))).toBe(id);
        expect(await store.callById('call-1')).toEqual({ ...ended, id });
        expect(await store.callById('call-2')).toBeNull();
      });

      it('are listed newest first, strictly later than a moment', async () => {
        const ids = await store.transaction(async (tx) => [
          await tx.putCall(call({ call: 'a', storedAt: 1_000 })),
          await tx.putCall(call({ call: 'b', storedAt: 3_000 })),
          await tx.putCall(call({ call: 'c', storedAt: 2_000 })),
        ]);
        expect(idsOf(await store.calls({ limit: 10 }))).toEqual([ids[1], ids[2], ids[0]]);
        expect(idsOf(await store.calls({ limit: 10, storedAfter: 1_000 }))).toEqual([ids[1], ids[2]]);
        expect(idsOf(await store.calls({ limit: 1 }))).toEqual([ids[1]]);
      });

      it('are filtered, and go on behind one of them', async () => {
        const put = (name: string, change: Partial<NewCallRecord>) =>
          store.transaction((tx) => tx.putCall(call({ call: name, ...change })));
        const ids = [
          await put('a', { storedAt: 1_000, outcome: 'missed', blocked: true }),
          await put('b', { storedAt: 2_000, caller: '+1' }),
          await put('c', { storedAt: 2_000, outcome: 'missed' }),
        ];
        const found = async (query: Partial<CallQuery>) => idsOf(await store.calls({ limit: 10, ...query }));
        expect(await found({ outcomes: ['missed'] })).toEqual([ids[2], ids[0]]);
        expect(await found({ blocked: true })).toEqual([ids[0]]);
        expect(await found({ blocked: false, callers: ['+1'] })).toEqual([ids[1]]);
        expect(await found({ storedBefore: 2_000 })).toEqual([ids[0]]);
        expect(await found({ before: { at: 2_000, id: ids[2] ?? 0 } })).toEqual([ids[1], ids[0]]);
        expect(await store.callRow(ids[0] ?? 0)).toMatchObject({ call: 'a', blocked: true });
        expect(await store.callRow(99)).toBeNull();
      });
    });

    describe('what is known now', () => {
      it('keeps the newest reading of each key and modem', async () => {
        const data = { dbm: -67, name: 'МТС', list: [1, null, true] };
        const put = (modem: string, key: string, value: unknown, updatedAt: number) =>
          store.transaction((tx) => tx.putReading({ modem, key, data: value, updatedAt }));
        await put('modem', 'signal', { dbm: -113 }, 1_000);
        await put('modem', 'signal', data, 2_000);
        await put('other', 'signal', 'text', 3_000);
        await put('modem', 'operator', null, 4_000);
        expect(await store.reading('signal', 'modem')).toEqual({
          modem: 'modem',
          key: 'signal',
          data,
          updatedAt: 2_000,
        });
        expect(await store.reading('signal')).toMatchObject({ modem: 'other', data: 'text' });
        expect(await store.reading('operator')).toMatchObject({ data: null });
        expect(await store.reading('balance')).toBeNull();
        expect(await store.reading('operator', 'other')).toBeNull();
      });

      it('keeps one row a modem', async () => {
        const silent = {
          modem: 'b',
          port: '/dev/ttyUSB1',
          state: 'closed',
          reasonCode: 'modem_silent',
          reasonText: 'Nothing answers.',
          identity: null,
          updatedAt: 1_000,
        };
        const identity = {
          manufacturer: 'ZTE',
          model: 'MF180',
          firmware: null,
          imei: '356938035643809',
          imsi: null,
          iccid: null,
          family: 'zte',
        };
        const ready = { ...silent, state: 'ready', reasonCode: null, reasonText: null, identity, updatedAt: 2_000 };
        await store.transaction((tx) => tx.putModem(silent));
        await store.transaction((tx) => tx.putModem({ ...silent, modem: 'a' }));
        await store.transaction((tx) => tx.putModem(ready));
        expect(await store.modems()).toEqual([{ ...silent, modem: 'a' }, ready]);
      });

      it('remembers the SIMs whose first sweep has ended', async () => {
        expect(await store.simKnown('8970')).toBe(false);
        await store.transaction((tx) => tx.markSimKnown('8970', 1_000));
        await store.transaction((tx) => tx.markSimKnown('8970', 2_000));
        expect(await store.simKnown('8970')).toBe(true);
        expect(await store.simKnown('8971')).toBe(false);
      });

      it('knows which run serves a modem', async () => {
        expect(await store.workerRun('modem')).toBeNull();
        const first = { modem: 'modem', run: 'a', previous: null };
        await store.transaction((tx) => tx.putWorkerRun(first));
        expect(await store.workerRun('modem')).toEqual(first);
        await store.transaction((tx) => tx.putWorkerRun({ ...first, run: 'b', previous: 'a' }));
        expect(await store.workerRun('modem')).toEqual({ modem: 'modem', run: 'b', previous: 'a' });
        expect(await store.workerRun('other')).toBeNull();
      });

      it('keeps the way of a message, step by step', async () => {
        const step = { messageId: 7, at: 5, role: 'worker', what: 'read from SM 3', trace: 'event-1' };
        const steps = [
          { ...step, direction: 'in' as const },
          { ...step, direction: 'in' as const, at: 4, role: 'handler', what: 'stored' },
        ];
        await store.transaction((tx) => tx.addSteps([...steps, { ...step, direction: 'out' }]));
        await store.transaction((tx) => tx.addSteps([]));
        expect(await store.steps('in', 7)).toEqual(steps);
        expect(await store.steps('out', 7)).toEqual([{ ...step, direction: 'out' }]);
        expect(await store.steps('in', 8)).toEqual([]);
      });

      it('lets one of many fire a job', async () => {
        const asked = Array.from({ length: 10 }, () => store.fire('poll', 1_000, 500));
        expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
        expect(await store.fire('poll', 1_400, 900)).toBe(false);
        expect(await store.fire('other', 1_400, 900)).toBe(true);
        expect(await store.fire('poll', 2_000, 1_000)).toBe(true);
      });

      it('counts round and round, each name for itself, also after a restart', async () => {
        const count = (from: Store, name: string, start: number) =>
          from.transaction((tx) => tx.nextCount(name, 256, start));
        expect([await count(store, 'a', 254), await count(store, 'a', 254), await count(store, 'b', 7)]).toEqual([
          254, 255, 7,
        ]);
        const again = await under.reopen();
        expect([await count(again, 'a', 254), await count(again, 'b', 7)]).toEqual([0, 8]);
      });
    });

    describe('its life', () => {
      it('keeps everything over a restart, and gives no id twice', async () => {
        const [id = 0] = await add({});
        const again = await under.reopen();
        expect(await again.inboundMessage(id)).toEqual({ ...inbound(), textRemovedAt: null, id });
        expect(await again.transaction((tx) => tx.addInbound(inbound()))).toBeGreaterThan(id);
      });

      it('says that it can be written', async () => {
        await expect(store.check()).resolves.toBeUndefined();
      });

      it('closes once what runs has ended, and is then unavailable', async () => {
        const running = store.transaction(async (tx) => {
          await Promise.resolve();
          return tx.addInbound(inbound());
        });
        await store.close();
        await expect(running).resolves.toBeGreaterThan(0);
        await store.close();
        await expect(store.check()).rejects.toMatchObject({ code: 'store_unavailable' });
        await expect(store.inboundMessages({ limit: 1 })).rejects.toMatchObject({ code: 'store_unavailable' });
      });
    });
  });
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { showPartialSets } from '../../../src/app/partial-sets.ts';
import type { EventOf } from '../../../src/core/events.ts';
import type { InboundMessage } from '../../../src/store/records.ts';
import { type House, modem, openHouse, sim } from './house.ts';
import { deliverParts, deliverPdu } from './pdus.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

type Found = Partial<
  Pick<EventOf<'pdu.received'>, 'source' | 'memory' | 'slot' | 'found' | 'sim' | 'stat' | 'tpduLength'>
>;

const received = (pdu: string, found: Found = {}): EventOf<'pdu.received'> => ({
  ...house.base(),
  type: 'pdu.received',
  pdu,
  tpduLength: null,
  source: 'stored',
  memory: 'SM',
  slot: 1,
  stat: 0,
  found: 'indicated',
  sim,
  ...found,
});
const direct: Found = { source: 'direct', memory: null, slot: null };
const receive = async (pdu: string, found: Found = {}) => {
  await house.clock.advance(1_000);
  await house.handle(received(pdu, found));
};
/** Oldest first, duplicates too. */
const all = async (): Promise<InboundMessage[]> =>
  (await house.store.inboundMessages({ limit: 100, duplicates: true })).toReversed();
const shown = async () => (await house.queries.messages({ limit: 100 })).toReversed();
const texts = async () => (await shown()).map(({ text }) => text);
const told = () => house.notices.map(({ type, ...rest }) => `${type} ${'id' in rest ? rest.id : ''}`);

describe('a single message', () => {
  it('is stored with all that is known of it', async () => {
    const at = house.clock.now() - 3_600_000;
    await receive(deliverPdu({ text: 'Ёлки 🎄\r\n@{}', at }), { slot: 7, memory: 'ME' });
    expect(await all()).toEqual([
      {
        id: 1,
        modem,
        sim,
        sender: '+79161234567',
        text: 'Ёлки 🎄\r\n@{}',
        state: 'complete',
        kind: 'text',
        storedAt: house.clock.now(),
        receivedAt: house.clock.now(),
        smsc: { at, offsetMinutes: 180 },
        slot: 7,
        memory: 'ME',
        duplicateOf: null,
        imported: false,
        setKey: null,
        partsTotal: 1,
        decodeError: null,
        readAt: null,
        blocked: false,
        textRemovedAt: null,
      },
    ]);
    expect(await house.store.inboundParts(1)).toMatchObject([{ seq: 1, slot: 7, memory: 'ME', smscAt: at }]);
    expect(told()).toEqual(['message.received 1']);
  });

  it('changes nothing when it is read again from its slot, or its event comes again', async () => {
    const event = received(deliverPdu({ text: 'Code 123' }));
    await house.handle(event);
    await house.handle(event);
    await house.handle({ ...received(deliverPdu({ text: 'Code 123' })), found: 'sweep' });
    const straight = received(deliverPdu({ text: 'Code 456' }), direct);
    await house.handle(straight);
    await house.handle(straight);
    expect(await all()).toMatchObject([{ text: 'Code 123' }, { text: 'Code 456' }]);
    expect(told()).toEqual(['message.received 1', 'message.received 2']);
  });

  it('is flagged and told to nobody when the network repeats it', async () => {
    const pdu = deliverPdu({ text: 'Code 123' });
    await receive(pdu, { slot: 1 });
    await receive(pdu, { slot: 2 });
    await receive(pdu, direct);
    await receive(pdu, { slot: 2, found: 'sweep' });
    expect((await all()).map(({ id, duplicateOf }) => [id, duplicateOf])).toEqual([
      [1, null],
      [2, 1],
      [3, 1],
    ]);
    expect(await texts()).toEqual(['Code 123']);
    expect(told()).toEqual(['message.received 1']);
  });

  it('is another one when the centre took it at another time, or another SIM got it', async () => {
    await receive(deliverPdu({ text: 'The door is open', at: Date.UTC(2026, 0, 1, 10, 0, 0) }));
    await receive(deliverPdu({ text: 'The door is open', at: Date.UTC(2026, 0, 1, 10, 0, 1) }));
    await receive(deliverPdu({ text: 'The door is open', at: Date.UTC(2026, 0, 1, 10, 0, 1) }), { sim: 'other' });
    expect((await all()).map(({ duplicateOf }) => duplicateOf)).toEqual([null, null, null]);
    expect(await texts()).toHaveLength(3);
  });

  it('is known again without a SIM too, but not on another modem', async () => {
    const pdu = deliverPdu({ text: 'Hello' });
    await receive(pdu, { sim: null });
    await receive(pdu, { sim: null, slot: 9 });
    await house.handle({ ...received(pdu, { sim: null }), modem: 'other' });
    expect((await all()).map(({ duplicateOf }) => duplicateOf)).toEqual([null, 1, null]);
  });

  it('keeps the time of the gateway where the centre has none', async () => {
    await receive(deliverPdu({ text: 'Hello', rawTime: Uint8Array.of(0, 0, 0, 0, 0, 0, 0) }));
    expect(await all()).toMatchObject([{ smsc: null, text: 'Hello', state: 'complete' }]);
  });

  it.each([
    ['flash', { text: 'Balance 5', flash: true }, 'complete', 'Balance 5'],
    ['replace', { text: 'Newer', protocolIdentifier: 0x41 }, 'complete', 'Newer'],
  ] as const)('is a %s message', async (kind, made, state, text) => {
    await receive(deliverPdu(made));
    expect(await all()).toMatchObject([{ kind, state, text }]);
  });

  it('is hidden when it is silent', async () => {
    await receive(deliverPdu({ text: 'ping', protocolIdentifier: 0x40 }));
    expect(await all()).toEqual([]);
    expect(await house.store.inboundMessage(1)).toMatchObject({ state: 'hidden', kind: 'silent' });
    expect(told()).toEqual([]);
  });

  it('is hidden when somebody wrote it on this SIM, and kept', async () => {
    const draft = '0011000B919761214365F70008A712041F044004380432043504420020D83DDC4D';
    await receive(draft, { stat: 2 });
    await receive(draft, { stat: 2 });
    expect(await house.store.inboundMessage(1)).toMatchObject({ state: 'hidden', kind: 'draft', text: 'Привет 👍' });
    expect(await house.store.inboundMessage(2)).toBeNull();
    expect(told()).toEqual([]);
  });

  it('shows that it is no text, with its octets', async () => {
    const pdu = deliverPdu({ octets: Uint8Array.of(0xde, 0xad) });
    await receive(pdu);
    expect(await all()).toMatchObject([{ kind: 'binary', text: null }]);
    expect(await texts()).toEqual([`[This message is no text but binary. Raw PDU: ${pdu}]`]);
  });
});

describe('what cannot be decoded', () => {
  it('is kept raw and shown between its neighbours, with the reason', async () => {
    await receive(deliverPdu({ text: 'one' }), { slot: 1 });
    await receive('0011223344', { slot: 2 });
    await receive(deliverPdu({ text: 'two' }), { slot: 3 });
    const [, broken] = await all();
    expect(broken).toMatchObject({ state: 'undecodable', sender: '', text: null, smsc: null, slot: 2 });
    expect(broken?.decodeError).toMatch(/octet \d+/);
    expect(await house.store.inboundParts(2)).toMatchObject([{ pdu: '0011223344' }]);
    const [first, second, third] = await texts();
    expect([first, third]).toEqual(['one', 'two']);
    expect(second).toContain('Raw PDU: 0011223344');
    expect(told()).toEqual(['message.received 1', 'message.received 2', 'message.received 3']);
  });

  it.each(['', 'ZZ', '00', 'FFFFFFFF', '07'])('%j is kept too', async (pdu) => {
    await receive(pdu);
    await receive(pdu);
    expect(await all()).toMatchObject([{ state: 'undecodable' }]);
  });

  it('is flagged when it comes again elsewhere', async () => {
    await receive('0011223344', { slot: 2 });
    await receive('0011223344', { slot: 3 });
    expect(await all()).toMatchObject([{ duplicateOf: null }, { duplicateOf: 1, state: 'undecodable' }]);
  });
});

describe('a message of several parts', () => {
  const text = 'The quick brown fox jumps over the lazy dog. Съешь ещё этих мягких французских булок 👍👍';
  const parts = (reference = 5, at = Date.UTC(2026, 0, 1)) => deliverParts(text, 20, { reference, at });

  it('appears when its last part has come, in whatever order', async () => {
    const [a = '', b = '', c = '', d = '', e = ''] = parts();
    for (const [slot, pdu] of [d, b, e, a].entries()) await receive(pdu, { slot: slot + 1 });
    expect(await shown()).toEqual([]);
    expect(told()).toEqual([]);
    await receive(c, { slot: 5 });
    expect(await all()).toMatchObject([
      { text, state: 'complete', partsTotal: 5, slot: 1, storedAt: house.clock.now(), sender: '+79161234567' },
    ]);
    expect(told()).toEqual(['message.received 1']);
  });

  it('is joined across a restart of the gateway, since its parts are rows', async () => {
    const [a = '', ...rest] = parts();
    await receive(a);
    const event = received(a, { found: 'initial' });
    await house.handle(event);
    for (const [slot, pdu] of rest.entries()) await receive(pdu, { slot: slot + 2 });
    expect(await texts()).toEqual([text]);
  });

  it('does not mind a part that comes twice', async () => {
    const [a = '', ...rest] = parts();
    await receive(a, { slot: 1 });
    await receive(a, { slot: 9 });
    for (const [slot, pdu] of rest.entries()) await receive(pdu, { slot: slot + 2 });
    await receive(a, { slot: 11 });
    expect(await texts()).toEqual([text]);
    expect((await all()).map(({ duplicateOf }) => duplicateOf)).toEqual([1, null, 1]);
    expect(told()).toEqual(['message.received 1']);
  });

  it('is not mixed with one of another sender, or of the same number of the set later', async () => {
    const later = deliverParts('A'.repeat(60), 20, { reference: 5, at: Date.UTC(2026, 0, 3) });
    const other = deliverParts('B'.repeat(60), 20, { reference: 5, sender: 'Bank' });
    const first = deliverParts('C'.repeat(60), 20, { reference: 5 });
    const mixed = [first[0], later[1], other[0], first[2], later[0], other[2], other[1], later[2], first[1]];
    for (const [slot, pdu] of mixed.entries()) await receive(pdu ?? '', { slot });
    expect((await texts()).toSorted()).toEqual(['A'.repeat(60), 'B'.repeat(60), 'C'.repeat(60)]);
  });

  it('begins anew when other content comes under the same number', async () => {
    const [a = '', b = ''] = deliverParts('A'.repeat(40), 20, { reference: 1 });
    const [c = '', d = ''] = deliverParts('B'.repeat(40), 20, { reference: 1, at: Date.UTC(2026, 0, 1, 0, 1) });
    for (const [slot, pdu] of [a, b, c, d].entries()) await receive(pdu, { slot });
    expect(await texts()).toEqual(['A'.repeat(40), 'B'.repeat(40)]);
  });

  it('is shown with gaps after five minutes, and still completed later', async () => {
    const [a = '', b = '', c = '', d = '', e = ''] = parts();
    const show = () => showPartialSets(house);
    await receive(a, { slot: 1 });
    await receive(d, { slot: 2 });
    await house.clock.advance(298_000);
    await show();
    expect(house.notices).toEqual([]);
    await house.clock.advance(3_000);
    await show();
    expect(house.notices).toEqual([{ type: 'message.received', id: 1, modem }]);
    await show();
    const partial = `${text.slice(0, 20)}……${text.slice(60, 80)}…`;
    expect(await all()).toMatchObject([{ state: 'partial', text: partial, storedAt: house.clock.now() }]);
    await receive(b, { slot: 3 });
    expect(await texts()).toEqual([`${text.slice(0, 40)}…${text.slice(60, 80)}…`]);
    await receive(c, { slot: 4 });
    await receive(e, { slot: 5 });
    expect(await all()).toMatchObject([{ id: 1, state: 'complete', text, storedAt: house.clock.now() }]);
    expect(told()).toEqual(['message.received 1', 'message.extended 1', 'message.extended 1', 'message.extended 1']);
  });

  it('is a single message when its place makes no sense', async () => {
    await receive(deliverPdu({ text: 'Hello', part: { reference: 1, total: 2, seq: 3 } }));
    await receive(deliverPdu({ text: 'World', part: { reference: 1, total: 1, seq: 1 } }));
    expect(await texts()).toEqual(['Hello', 'World']);
  });

  it('shows that it is no text', async () => {
    const part = (seq: number) => deliverPdu({ octets: Uint8Array.of(seq), part: { reference: 1, total: 2, seq } });
    await receive(part(2), { slot: 1 });
    await receive(part(1), { slot: 2 });
    expect(await texts()).toEqual([`[This message is no text but binary. Raw PDU: ${part(1)} ${part(2)}]`]);
  });
});

describe('the first sweep of a SIM', () => {
  const finished = (initial = true): EventOf<'sweep.finished'> => ({
    ...house.base(),
    type: 'sweep.finished',
    sim,
    initial,
    found: 1,
  });

  it('imports what lay there, and marks it', async () => {
    await receive(deliverPdu({ text: 'years old' }), { found: 'initial', slot: 1 });
    await receive(deliverPdu({ text: 'just come' }), { found: 'indicated', slot: 2 });
    await house.handle(finished());
    await house.handle(finished());
    await receive(deliverPdu({ text: 'came while we were off' }), { found: 'initial', slot: 3 });
    expect((await all()).map(({ text, imported }) => [text, imported])).toEqual([
      ['years old', true],
      ['just come', false],
      ['came while we were off', false],
    ]);
  });

  it('is over only when the whole SIM was read', async () => {
    await house.handle(finished(false));
    await receive(deliverPdu({ text: 'years old' }), { found: 'initial' });
    expect(await all()).toMatchObject([{ imported: true }]);
  });

  it('leaves a message news whose last part is', async () => {
    const [a = '', b = ''] = deliverParts('A'.repeat(40), 20, { reference: 1 });
    await receive(a, { found: 'initial', slot: 1 });
    await house.handle(finished());
    await receive(b, { slot: 2 });
    expect(await all()).toMatchObject([{ imported: false, state: 'complete' }]);
  });
});

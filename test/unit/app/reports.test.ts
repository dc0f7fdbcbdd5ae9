import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModemEvent } from '../../../src/core/events.ts';
import { type House, openHouse, sim } from './house.ts';
import { reportPdu } from './pdus.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const queue = async (text = 'Hello', recipient = '+79161234567') => (await house.send({ recipient, text })).id;
const step = (messageId: number, seq = 1) => ({ ...house.base(), messageId, seq, attempt: 1 });
const sending = (id: number, seq = 1) => house.handle({ ...step(id, seq), type: 'part.sending', handedAt: 1 });
const sent = (id: number, messageReference: number, seq = 1) =>
  house.handle({ ...step(id, seq), type: 'part.sent', messageReference });
const unknown = (id: number, seq = 1) => house.handle({ ...step(id, seq), type: 'part.unknown', reason: 'No answer.' });

const arrived = (made: { reference: number; status?: number; recipient?: string; at?: number }): ModemEvent => ({
  ...house.base(),
  type: 'pdu.received',
  pdu: reportPdu({ recipient: '+79161234567', status: 0, ...made }),
  tpduLength: null,
  source: 'direct',
  memory: null,
  slot: null,
  stat: null,
  found: 'indicated',
  sim,
});
const report = (made: Parameters<typeof arrived>[0]) => house.handle(arrived(made));
const message = (id: number) => house.store.outgoingMessage(id);
const parts = (id: number) => house.store.outgoingParts(id);

describe('a status report', () => {
  it('makes a message delivered', async () => {
    const id = await queue();
    await sending(id);
    await sent(id, 42);
    await house.clock.advance(5_000);
    await report({ reference: 42 });
    expect(await message(id)).toMatchObject({ state: 'delivered', deliveredAt: house.clock.now() });
    expect(await parts(id)).toMatchObject([{ state: 'delivered', reportStatus: 0 }]);
    expect(await house.store.inboundMessages({ limit: 10 })).toEqual([]);
  });

  it.each([
    [0x00, 'delivered'],
    [0x01, 'sent'],
    [0x02, 'sent'],
    [0x1f, 'delivered'],
    [0x20, 'sent'],
    [0x30, 'sent'],
    [0x40, 'undelivered'],
    [0x46, 'expired'],
    [0x47, 'undelivered'],
    [0x65, 'undelivered'],
    [0x80, 'undelivered'],
  ])('of status %d leaves the message %s', async (status, state) => {
    const id = await queue();
    await sending(id);
    await sent(id, 42);
    await report({ reference: 42, status });
    expect(await message(id)).toMatchObject({ state });
    expect(await parts(id)).toMatchObject([{ reportStatus: status }]);
  });

  it('that is temporary is followed by the final one', async () => {
    const id = await queue();
    await sending(id);
    await sent(id, 42);
    await report({ reference: 42, status: 0x20 });
    await report({ reference: 42, status: 0x00 });
    expect(await message(id)).toMatchObject({ state: 'delivered' });
    expect(await parts(id)).toMatchObject([{ reportStatus: 0 }]);
  });

  it('changes nothing when it comes again', async () => {
    const id = await queue();
    await sending(id);
    await sent(id, 42);
    await report({ reference: 42 });
    const rows = [await message(id), await parts(id)];
    const told = house.notices.length;
    await house.clock.advance(60_000);
    await report({ reference: 42 });
    expect([await message(id), await parts(id)]).toEqual(rows);
    expect(house.notices.length).toBe(told);
  });

  it('is kept when it comes before the answer of the modem', async () => {
    const id = await queue();
    await sending(id);
    await report({ reference: 42 });
    expect(await message(id)).toMatchObject({ state: 'sending' });
    await sent(id, 42);
    expect(await message(id)).toMatchObject({ state: 'delivered', sentAt: house.clock.now() });
  });

  it('is not taken for one of a message sent much later with the same reference', async () => {
    await report({ reference: 42 });
    await house.clock.advance(11 * 60_000);
    const id = await queue();
    await sending(id);
    await sent(id, 42);
    expect(await message(id)).toMatchObject({ state: 'sent' });
  });

  it('finds its message among others by reference and recipient, the newest of several', async () => {
    const old = await queue();
    const other = await queue('Hello', '+79169999999');
    const newer = await queue();
    const another = await queue();
    for (const [id, reference] of [
      [old, 42],
      [other, 42],
      [newer, 42],
      [another, 43],
    ] as const) {
      await sending(id);
      await sent(id, reference);
    }
    await report({ reference: 42 });
    expect([(await message(old))?.state, (await message(other))?.state]).toEqual(['sent', 'sent']);
    expect([(await message(newer))?.state, (await message(another))?.state]).toEqual(['delivered', 'sent']);
  });

  it.each([
    ['+79161234567', '89161234567', true],
    ['+79161234567', '9161234567', true],
    ['89161234567', '+79161234567', true],
    ['+79161234567', '+79161234568', false],
    ['900', '900', true],
    ['900', '+7900', false],
    ['1900', '900', false],
  ])('of a message to %s that names %s: fits %s', async (recipient, reported, fits) => {
    const id = await queue('Hello', recipient);
    await sending(id);
    await sent(id, 7);
    await report({ reference: 7, recipient: reported });
    expect(await message(id)).toMatchObject({ state: fits ? 'delivered' : 'sent' });
  });

  it.each([
    [0x00, 'delivered'],
    [0x20, 'sent'],
    [0x40, 'undelivered'],
    [0x46, 'expired'],
  ])('settles a part of unknown end: status %d makes it %s', async (status, state) => {
    const id = await queue();
    await sending(id);
    await unknown(id);
    await report({ reference: 99, status });
    expect(await message(id)).toMatchObject({ state, error: null });
    expect(await parts(id)).toMatchObject([{ messageReference: 99 }]);
  });

  it('lets the rest go on when it settles the first part', async () => {
    const id = await queue('x'.repeat(200));
    await sending(id);
    await unknown(id);
    await report({ reference: 99 });
    expect(await message(id)).toMatchObject({ state: 'queued' });
    expect(house.notices.at(-1)).toMatchObject({ type: 'message.queued', id });
  });

  it('of each part makes a message of several parts delivered', async () => {
    const id = await queue('x'.repeat(200));
    for (const seq of [1, 2]) {
      await sending(id, seq);
      await sent(id, 10 + seq, seq);
    }
    await report({ reference: 12 });
    expect(await message(id)).toMatchObject({ state: 'sent', deliveredAt: null });
    await report({ reference: 11 });
    expect(await message(id)).toMatchObject({ state: 'delivered' });
  });
});

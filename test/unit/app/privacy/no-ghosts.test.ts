import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { showPartialSets } from '../../../../src/app/partial-sets.ts';
import { forgetCodeTexts, forgetOld, keepAll, type Retention } from '../../../../src/app/privacy/forget.ts';
import { ownerPrincipal } from '../../../../src/app/access/principal.ts';
import { silentLogger } from '../../../../src/core/logger.ts';
import { type House, openHouse, sim } from '../house.ts';
import { deliverParts, deliverPdu, reportPdu } from '../pdus.ts';

const [minute, day] = [60_000, 86_400_000];
let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

/** As a modem hands it over, from a slot of the SIM. */
const receive = (pdu: string, slot = 1) =>
  house.handle({
    ...house.base(),
    type: 'pdu.received',
    pdu,
    tpduLength: null,
    source: 'stored',
    memory: 'SM',
    slot,
    stat: 0,
    found: 'sweep',
    sim,
  });
const options = (retention: Partial<Retention>) => ({
  store: house.store,
  clock: house.clock,
  log: silentLogger,
  retention: { ...keepAll, ...retention },
});
const going = new AbortController().signal;
const rows = async () => (await house.store.inboundMessages({ limit: 100, duplicates: true })).toReversed();
const news = () => house.notices.filter(({ type }) => type === 'message.received').length;
const secret = 'Your verification code is 918273. Do not tell it';

describe('what was deleted', () => {
  it('is no news when the modem still has it, however often it is read there', async () => {
    const pdu = deliverPdu({ text: 'Hello' });
    await receive(pdu);
    await house.clock.advance(2 * day);
    await forgetOld(options({ messages: day }), going);
    expect(await rows()).toEqual([]);
    for (const slot of [1, 1, 4]) await receive(pdu, slot);
    expect(await rows()).toEqual([]);
    expect(news()).toBe(1);
    await receive(deliverPdu({ text: 'Hello', at: Date.UTC(2026, 0, 2) }));
    expect(await rows()).toMatchObject([{ text: 'Hello' }]);
    expect(news()).toBe(2);
  });

  it('is none either when a person deleted it, in however many parts it came', async () => {
    const parts = deliverParts('A long story of many words', 10, { reference: 7 });
    for (const [slot, part] of parts.entries()) await receive(part, slot);
    await house.resources.messages.remove({ direction: 'in', id: 1 }, ownerPrincipal);
    for (const [slot, part] of parts.entries()) await receive(part, slot);
    expect(await rows()).toEqual([]);
    expect(await house.store.pendingSets(Number.MAX_SAFE_INTEGER)).toEqual([]);
    expect(news()).toBe(1);
  });

  it('settles no other message by its report', async () => {
    const send = async () => {
      const { id } = await house.send({ recipient: '+79161234567', text: 'Hello' });
      const step = { ...house.base(), messageId: id, seq: 1, attempt: 1 };
      await house.handle({ ...step, type: 'part.sending', handedAt: 1 });
      await house.handle({ ...step, id: `${step.id} sent`, type: 'part.sent', messageReference: 42 });
      return id;
    };
    const report = reportPdu({ reference: 42, recipient: '+79161234567', status: 0 });
    const first = await send();
    await receive(report);
    expect(await house.store.outgoingMessage(first)).toMatchObject({ state: 'delivered' });
    await house.resources.messages.remove({ direction: 'out', id: first }, ownerPrincipal);
    const second = await send();
    await receive(report);
    expect(await house.store.outgoingMessage(second)).toMatchObject({ state: 'sent' });
  });
});

describe('a message with gaps', () => {
  const parts = deliverParts(secret, 20, { reference: 5 });
  const retention = { codeTexts: 10 * minute };

  it('loses its code in its time, and a part that comes later begins a message of its own', async () => {
    const [first = '', second = '', third = ''] = parts;
    await receive(first, 1);
    await receive(second, 2);
    await house.clock.advance(6 * minute);
    await showPartialSets(house);
    expect(await rows()).toMatchObject([{ state: 'partial', text: `${secret.slice(0, 40)}…` }]);
    await forgetCodeTexts(options(retention), going);
    expect((await rows())[0]?.text).toContain('918273');
    await house.clock.advance(5 * minute);
    await forgetCodeTexts(options(retention), going);
    expect(await rows()).toMatchObject([{ text: '', textRemovedAt: house.clock.now() }]);
    // Read again it is known, and nothing is put together from what is not there.
    await receive(first, 1);
    await receive(third, 3);
    await house.clock.advance(6 * minute);
    await showPartialSets(house);
    expect((await rows()).map(({ text }) => text)).toEqual(['', `……${secret.slice(40)}`]);
  });

  it('loses a code too that was in a later part', async () => {
    const [first = '', second = '', third = ''] = deliverParts(`${'Good day. '.repeat(2)}${secret}`, 32, {
      reference: 6,
    });
    await receive(first, 1);
    await house.clock.advance(6 * minute);
    await showPartialSets(house);
    await forgetCodeTexts(options(retention), going);
    await receive(second, 2);
    await house.clock.advance(6 * minute);
    await forgetCodeTexts(options(retention), going);
    expect(await rows()).toMatchObject([{ text: '' }]);
    expect(third).not.toBe('');
  });
});

describe('a sent message with a code', () => {
  it('is emptied when it is over; the same request is still answered by it, and it is not sent again', async () => {
    const request = { recipient: '+79161234567', text: secret, idempotencyKey: 'one' };
    const { id } = await house.send(request);
    await house.clock.advance(20 * minute);
    await forgetCodeTexts(options({ codeTexts: 10 * minute }), going);
    expect(await house.store.outgoingMessage(id)).toMatchObject({ text: secret, state: 'queued' });
    await house.resources.messages.cancel({ direction: 'out', id }, ownerPrincipal);
    await forgetCodeTexts(options({ codeTexts: 10 * minute }), going);
    expect(await house.store.outgoingMessage(id)).toMatchObject({ text: '', textRemovedAt: house.clock.now() });
    expect(await house.store.outgoingParts(id)).toMatchObject([{ pdu: '' }]);
    expect((await house.send(request)).id).toBe(id);
    await expect(house.resources.messages.resend({ direction: 'out', id }, ownerPrincipal)).rejects.toMatchObject({
      code: 'message_gone',
      message: expect.stringContaining('removed'),
    });
  });
});

describe('webhooks', () => {
  it('are told of a message before it goes', async () => {
    const target = { name: 'house', url: 'http://192.168.1.5/hook', template: 'json', options: {}, filters: {} };
    await house.resources.webhooks.create({ ...target, allowInsecure: false, enabled: true });
    await receive(deliverPdu({ text: 'Hello' }));
    await house.clock.advance(2 * day);
    // Nobody has looked yet at what happened.
    await forgetOld(options({ messages: day, feed: day }), going);
    expect(await rows()).toHaveLength(1);
    expect(await house.store.feedAfter(0, 10)).toHaveLength(1);
  });
});

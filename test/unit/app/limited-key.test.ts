import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../../src/app/access/principal.ts';
import { type House, modem, openHouse, sim } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse(Date.UTC(2026, 0, 1));
  await receive('07919761989901F0040B919761214365F700005210122143632108CB37191493CD68', 1);
  await receive(
    '07919761989901F0040DD0C2303BEC1E97010008521012214363212204110430043B0430043D0441003A0020002D00310032002C0035003000200440002E',
    2,
  );
  await house.send({ recipient: '+79161234567', text: 'To Anna' });
  await house.send({ recipient: '+79160000002', text: 'To Bob' });
});
afterEach(() => house.close());

/** `Kod 1234` from +79161234567, and a balance from `Balance`. */
const receive = (pdu: string, slot: number) =>
  house.handle({
    ...house.base(),
    type: 'pdu.received',
    pdu,
    tpduLength: null,
    source: 'stored',
    memory: 'SM',
    slot,
    stat: 0,
    found: 'indicated',
    sim,
  });

const key = (limits: Partial<Principal['limits']>): Principal => ({
  kind: 'key',
  name: 'a key',
  keyId: 1,
  scopes: ['read', 'send', 'calls'],
  limits: { senders: null, modems: null, recipients: null, dailyMessages: null, ...limits },
});
const seen = async (principal: Principal) => {
  const { items } = await house.resources.messages.list({ limit: 10 }, principal);
  return items.map(({ direction, message }) => `${direction}-${message.id}`).toSorted();
};
const signal = new AbortController().signal;

describe('a limited key', () => {
  it('sees of the list what it may, whatever it asks for', async () => {
    expect(await seen(key({}))).toEqual(['in-1', 'in-2', 'out-1', 'out-2']);
    expect(await seen(key({ senders: ['BALANCE'] }))).toEqual(['in-2']);
    expect(await seen(key({ senders: ['+79161234567'] }))).toEqual(['in-1', 'out-1']);
    expect(await seen(key({ recipients: ['+79160000002'] }))).toEqual(['in-1', 'in-2', 'out-2']);
    expect(await seen(key({ modems: ['other'] }))).toEqual([]);
    expect(await seen(key({ senders: [] }))).toEqual([]);
    const bank = key({ senders: ['Balance'] });
    const asked = await house.resources.messages.list({ limit: 10, peer: '+79161234567' }, bank);
    expect(asked.items).toEqual([]);
  });

  it('finds, changes and deletes nothing else', async () => {
    const { messages } = house.resources;
    const bank = key({ senders: ['Balance'] });
    const out = { direction: 'out', id: 1 } as const;
    const received = { direction: 'in', id: 1 } as const;
    const absent = { code: 'not_found' };
    await expect(messages.details(received, bank)).rejects.toMatchObject(absent);
    await expect(messages.details(out, bank)).rejects.toMatchObject(absent);
    await expect(messages.cancel(out, bank)).rejects.toMatchObject(absent);
    await expect(messages.resend(out, bank)).rejects.toMatchObject(absent);
    await expect(messages.remove(received, bank)).rejects.toMatchObject(absent);
    await expect(messages.mark(received, { read: true, principal: bank })).rejects.toMatchObject(absent);
    await expect(messages.readConversation('+79161234567', bank)).rejects.toMatchObject(absent);
    expect(await house.store.outgoingMessage(1)).toMatchObject({ state: 'queued' });
    expect(await house.store.inboundMessage(1)).toMatchObject({ readAt: null });
    expect((await messages.conversations({ limit: 10 }, bank)).map(({ peer }) => peer)).toEqual(['Balance']);
  });

  it('sends only to whom it may, through what it may', async () => {
    const { messages, calls } = house.resources;
    const anna = key({ recipients: ['+79161234567'] });
    const to = ['+79161234567', '+79160000002'];
    const sent = await messages.send({ recipients: to, text: 'Hi' }, anna);
    expect(sent).toMatchObject([{ id: 3 }, { error: { code: 'scope_missing' } }]);
    await expect(messages.send({ recipients: to.slice(1), text: 'Hi' }, anna)).rejects.toMatchObject({
      code: 'scope_missing',
    });
    await expect(
      messages.send({ recipients: to, text: 'Hi', modem }, key({ modems: ['other'] })),
    ).rejects.toMatchObject({ code: 'scope_missing' });
    await expect(calls.dial({ to: '+79160000002', ringMs: 1_000, principal: anna, signal })).rejects.toMatchObject({
      code: 'scope_missing',
    });
    await expect(house.resources.modems.one(modem, key({ modems: ['other'] }))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('sees the calls and contacts of its senders', async () => {
    const { calls, contacts } = house.resources;
    const ring = (call: string, number: string) =>
      house.handle({ ...house.base(), type: 'call.ringing', call, number, withheld: false, startedAt: 1 });
    await ring('a', '+79161234567');
    await ring('b', '+79160000002');
    await contacts.add({ name: 'Anna', addresses: ['+79161234567'] });
    await contacts.add({ name: 'Bob', addresses: ['+79160000002'] });
    const anna = key({ senders: ['+79161234567'] });
    expect((await calls.list({ limit: 10 }, anna)).map(({ caller }) => caller)).toEqual(['+79161234567']);
    await expect(calls.one(2, anna)).rejects.toMatchObject({ code: 'not_found' });
    expect((await contacts.list({ limit: 10 }, anna)).items.map(({ name }) => name)).toEqual(['Anna']);
    await expect(contacts.one(2, anna)).rejects.toMatchObject({ code: 'not_found' });
  });
});

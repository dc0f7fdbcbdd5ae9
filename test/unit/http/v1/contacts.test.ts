import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Asked, balance, code, openAsked } from './asked.ts';

let asked: Asked;
beforeEach(async () => {
  asked = await openAsked();
});
afterEach(() => asked.close());

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

describe('contacts', () => {
  it('are added, changed, found and deleted', async () => {
    const made = await asked.send('POST', '/v1/contacts', {
      name: ' Анна ',
      addresses: ['+7 (916) 123-45-67', 'Shop', 'SHOP'],
    });
    expect(made).toMatchObject({ status: 201, body: { id: 1, name: 'Анна', addresses: ['+79161234567', 'SHOP'] } });
    expect(await asked.send('PUT', '/v1/contacts/1', { name: 'Anna', addresses: ['+79161234567'] })).toMatchObject({
      status: 200,
      body: { name: 'Anna', addresses: ['+79161234567'], created_at: '2026-01-01T12:00:00.000Z' },
    });
    expect(await asked.get('/v1/contacts?search=9161')).toMatchObject({ body: { items: [{ id: 1 }], next: null } });
    expect(await asked.get('/v1/contacts?search=bob')).toMatchObject({ body: { items: [] } });
    expect(await asked.send('DELETE', '/v1/contacts/1')).toEqual({ status: 204, body: null });
    expect(await asked.get('/v1/contacts/1')).toMatchObject({ status: 404 });
    expect(await asked.send('PUT', '/v1/contacts/1', { name: 'x', addresses: [] })).toMatchObject({ status: 404 });
    expect(await asked.send('DELETE', '/v1/contacts/1')).toMatchObject({ status: 404 });
  });

  it('share no address', async () => {
    await asked.send('POST', '/v1/contacts', { name: 'Anna', addresses: ['Shop'] });
    expect(await asked.send('POST', '/v1/contacts', { name: 'Bob', addresses: ['+1000', 'SHOP'] })).toMatchObject({
      status: 409,
      body: { code: 'contact_taken', details: { address: 'Shop', contact: 1 } },
    });
    expect(await asked.get('/v1/contacts')).toMatchObject({ body: { items: [{ name: 'Anna' }] } });
  });

  it('are read page by page, and refused when they are none', async () => {
    for (const name of ['b', 'a', 'c']) await asked.send('POST', '/v1/contacts', { name, addresses: [] });
    const { body } = await asked.get<Page<{ name: string }>>('/v1/contacts?limit=2');
    expect(body.items.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(await asked.get(`/v1/contacts?limit=2&cursor=${body.next}`)).toMatchObject({
      body: { items: [{ name: 'c' }], next: null },
    });
    expect(await asked.send('POST', '/v1/contacts', { name: ' ', addresses: [] })).toMatchObject({ status: 400 });
    expect(await asked.send('POST', '/v1/contacts', { name: 'x' })).toMatchObject({ status: 400 });
  });
});

describe('conversations', () => {
  it('are by peer, with the last message, counts and names', async () => {
    await asked.receive(code);
    await asked.house.clock.advance(1_000);
    await asked.receive(balance, 4);
    await asked.house.clock.advance(1_000);
    await asked.send('POST', '/v1/messages', { to: '+79161234567', text: 'Thanks' });
    await asked.send('POST', '/v1/contacts', { name: 'Bank', addresses: ['balance'] });
    const { body } = await asked.get<Page<object>>('/v1/conversations');
    expect(body).toMatchObject({
      items: [
        { peer: '+79161234567', contact: null, last: { id: 'out-1', text: 'Thanks' }, received: 1, sent: 1, unread: 1 },
        { peer: 'Balance', contact: 'Bank', last: { id: 'in-2' }, received: 1, sent: 0, unread: 1 },
      ],
      next: null,
    });
    const first = await asked.get<Page<object>>('/v1/conversations?limit=1');
    expect(first.body.items).toHaveLength(1);
    expect(await asked.get(`/v1/conversations?limit=1&cursor=${first.body.next}`)).toMatchObject({
      body: { items: [{ peer: 'Balance' }], next: null },
    });
    expect(await asked.send('POST', '/v1/conversations/BALANCE/read')).toEqual({ status: 200, body: { read: 1 } });
    expect(await asked.get('/v1/conversations?peer=Balance')).toMatchObject({ body: { items: [{ unread: 0 }] } });
  });
});

describe('lists of senders', () => {
  const deny = (pattern: string) => asked.send<{ id: number }>('POST', '/v1/lists/deny/entries', { pattern });
  const shown = async () => (await asked.get<{ sender: string }[]>('/get-sms')).body.map(({ sender }) => sender);

  it('keep what a denied sender writes, mark it, and tell nobody', async () => {
    expect(await deny('bal*')).toMatchObject({ status: 201, body: { pattern: 'bal*', note: null } });
    await asked.receive(balance);
    await asked.receive(code, 4);
    expect(await shown()).toEqual(['+79161234567']);
    expect(asked.house.notices.map((notice) => 'id' in notice && notice.id)).toEqual([2]);
    expect(await asked.get('/v1/messages')).toMatchObject({ body: { items: [{ id: 'in-2' }] } });
    expect(await asked.get('/v1/messages?blocked=true')).toMatchObject({
      body: { items: [{ id: 'in-1', blocked: true }] },
    });
    expect(await asked.get('/v1/conversations')).toMatchObject({ body: { items: [{ peer: '+79161234567' }] } });
  });

  it('are switched, and entries taken off', async () => {
    const { body } = await deny('Balance');
    expect(await asked.send('PUT', '/v1/lists/deny', { active: false })).toMatchObject({ body: { active: false } });
    await asked.receive(balance);
    expect(await shown()).toEqual(['Balance']);
    expect(await asked.send('DELETE', `/v1/lists/deny/entries/${body.id}`)).toEqual({ status: 204, body: null });
    expect(await asked.send('DELETE', `/v1/lists/deny/entries/${body.id}`)).toMatchObject({ status: 404 });
    expect(await asked.get('/v1/lists/deny')).toEqual({
      status: 200,
      body: { list: 'deny', active: false, entries: [] },
    });
    expect(await asked.get('/v1/lists/other')).toMatchObject({ status: 400 });
  });

  it('let in only whom they name, once that is wished; a denied one never, and what cannot be read always', async () => {
    await asked.send('POST', '/v1/lists/allow/entries', { pattern: '+7 916 *' });
    expect(await asked.get('/v1/lists/allow')).toMatchObject({
      body: { active: false, entries: [{ pattern: '+7916*' }] },
    });
    await asked.send('PUT', '/v1/lists/allow', { active: true });
    await asked.receive(balance);
    await asked.receive(code, 4);
    await asked.receive('0000FF', 5);
    expect(await shown()).toEqual(['', '+79161234567']);
    await deny('+79161234567');
    await asked.receive(code, 6);
    expect(await asked.get('/v1/messages?blocked=true')).toMatchObject({ body: { items: [{ id: 'in-1' }] } });
  });

  it('mark calls', async () => {
    await deny('+7831*');
    const ring = (number: string | null) =>
      asked.house.handle({
        ...asked.house.base(),
        type: 'call.ringing',
        call: 'a',
        number,
        withheld: false,
        startedAt: asked.house.clock.now(),
      });
    await ring(null);
    expect(await asked.get('/v1/calls')).toMatchObject({ body: { items: [{ blocked: false }] } });
    await ring('+78312345678');
    expect(await asked.get('/v1/calls?blocked=true')).toMatchObject({
      body: { items: [{ caller: '+78312345678', blocked: true }] },
    });
  });
});

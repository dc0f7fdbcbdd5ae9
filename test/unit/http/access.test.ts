import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewKey } from '../../../src/app/access/keys.ts';
import { noLimits } from '../../../src/core/access.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { type House, openHouse } from '../app/house.ts';

let house: House;
let server: ReturnType<typeof createHttpServer>;
beforeEach(async () => {
  house = await openHouse(Date.UTC(2026, 10, 23, 12));
  server = createHttpServer({ ...house.doors, log: silentLogger });
});
afterEach(async () => {
  await server.close();
  await house.close();
});

const add = async (wanted: Partial<NewKey> = {}) => {
  const { key } = await house.doors.keys.add({
    name: 'house',
    scopes: ['admin'],
    limits: noLimits,
    expiresAt: null,
    ...wanted,
  });
  return key;
};

interface Question {
  readonly url?: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: object;
  readonly from?: string;
}

const ask = async ({ url = '/get-sms', method = 'GET', headers = {}, payload, from = '127.0.0.1' }: Question) => {
  const answer = await server.inject({
    url,
    method,
    headers: { host: 'gateway.example:8080', ...headers },
    remoteAddress: from,
    ...(payload === undefined ? {} : { payload }),
  });
  const body: unknown = answer.payload === '' ? null : answer.json();
  return { status: answer.statusCode, body, headers: answer.headers };
};
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const basic = (name: string, key: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${key}`).toString('base64')}`,
});
const text = (phone: string, words = 'Hi') => ({ phone, text: words });
const send = (key: string, payload: object, headers: Readonly<Record<string, string>> = {}) =>
  ask({ url: '/send-sms', method: 'POST', headers: { ...bearer(key), ...headers }, payload });

describe('without a key', () => {
  it('this machine is answered, and no other', async () => {
    expect(await ask({ headers: { host: '127.0.0.1:8080' } })).toMatchObject({ status: 200 });
    expect(await ask({ headers: { host: '127.0.0.1:8080' }, from: '192.168.1.5' })).toMatchObject({ status: 403 });
  });
});

describe('from the first key on', () => {
  it.each([
    ['a bearer', (key: string) => bearer(key)],
    ['X-Api-Key', (key: string) => ({ 'x-api-key': key })],
    ['Basic with its name', (key: string) => basic('house', key)],
    ['Basic without a name', (key: string) => basic('', key)],
  ])('whoever shows it as %s is answered, from anywhere', async (_, headers) => {
    const key = await add();
    expect(await ask({ headers: headers(key), from: '192.168.1.5' })).toMatchObject({ status: 200 });
  });

  it.each([
    ['none', () => ({}), 'key_needed'],
    ['another', () => bearer('smlf_wrong'), 'key_invalid'],
    ['its beginning', (key: string) => bearer(key.slice(0, -1)), 'key_invalid'],
    ['the name of another', (key: string) => basic('garage', key), 'key_invalid'],
    ['rubbish', () => ({ authorization: 'Digest x' }), 'key_invalid'],
    ['rubbish as Basic', () => ({ authorization: 'Basic !!!' }), 'key_invalid'],
  ])('whoever shows %s is told how to get in, on this machine too', async (_, headers, code) => {
    const key = await add();
    const answer = await ask({ headers: { host: '127.0.0.1:8080', ...headers(key) } });
    expect(answer).toMatchObject({ status: 401, body: { code } });
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(JSON.stringify(answer.body)).not.toContain(key.slice(10));
  });

  it('a supervisor on this machine still learns how it is, and nobody elsewhere', async () => {
    await add();
    const health = { url: '/health/live', headers: { host: '127.0.0.1:8080' } };
    expect(await ask(health)).toMatchObject({ status: 200 });
    expect(await ask({ ...health, from: '192.168.1.5' })).toMatchObject({ status: 403 });
  });

  it('a key that is revoked or past its time opens nothing, and no key does not mean no lock', async () => {
    const key = await add();
    const short = await add({ name: 'guest', expiresAt: house.clock.now() + 60_000 });
    expect(await ask({ headers: bearer(short) })).toMatchObject({ status: 200 });
    await house.clock.advance(60_000);
    expect(await ask({ headers: bearer(short) })).toMatchObject({ status: 401 });
    await house.doors.keys.revoke('House');
    expect(await ask({ headers: bearer(key) })).toMatchObject({ status: 401 });
    expect(await ask({ headers: { host: '127.0.0.1:8080' } })).toMatchObject({ status: 401 });
  });

  it('a key that another process revokes is refused within two seconds', async () => {
    const key = await add();
    expect(await ask({ headers: bearer(key) })).toMatchObject({ status: 200 });
    const [record] = await house.store.accessKeys();
    await house.store.transaction((tx) => tx.changeAccessKey(record?.id ?? 0, { revokedAt: 1 }));
    await house.clock.advance(2_001);
    expect(await ask({ headers: bearer(key) })).toMatchObject({ status: 401 });
  });

  it('a page elsewhere cannot make a browser that is let in send anything', async () => {
    const key = await add();
    const order = { url: '/send-sms', method: 'POST', payload: text('+79161234567') } as const;
    const asks = (headers: Readonly<Record<string, string>>) =>
      ask({ ...order, headers: { ...basic('house', key), ...headers } });
    expect(await asks({ origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      body: { code: 'access_refused' },
    });
    expect(await asks({ origin: 'null' })).toMatchObject({ status: 403 });
    expect(await asks({ 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 });
    expect(await asks({ 'sec-fetch-site': 'same-site' })).toMatchObject({ status: 403 });
    // What a form of another site can send is no JSON.
    expect(await asks({ 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect(await house.store.outgoingMessages({ limit: 10 })).toEqual([]);
    expect(await asks({ origin: 'http://gateway.example:8080', 'sec-fetch-site': 'same-origin' })).toMatchObject({
      status: 202,
    });
  });

  it('guessing is slowed down, for the guesser alone', async () => {
    const key = await add();
    const guess = (from: string) => ask({ headers: bearer('smlf_guess'), from });
    for (let count = 0; count < 5; count += 1) expect(await guess('192.168.1.66')).toMatchObject({ status: 401 });
    const refused = await guess('192.168.1.66');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_tries' }, headers: { 'retry-after': '1' } });
    expect(await ask({ headers: bearer(key), from: '192.168.1.66' })).toMatchObject({ status: 429 });
    expect(await ask({ headers: bearer(key), from: '192.168.1.67' })).toMatchObject({ status: 200 });
    await house.clock.advance(1_000);
    expect(await guess('192.168.1.66')).toMatchObject({ status: 401 });
    expect(await guess('192.168.1.66')).toMatchObject({ headers: { 'retry-after': '2' } });
    await house.clock.advance(2_000);
    expect(await ask({ headers: bearer(key), from: '192.168.1.66' })).toMatchObject({ status: 200 });
    for (const host of ['1', '2', '3', '4', '5']) await guess(`2001:db8:1:2::${host}`);
    expect(await guess('2001:db8:1:2:aaaa::9')).toMatchObject({ status: 429 });
    expect(await guess('2001:db8:1:3::1')).toMatchObject({ status: 401 });
  });
});

describe('a key', () => {
  it('may do what its scopes say', async () => {
    const key = await add({ scopes: ['read'] });
    expect(await ask({ headers: bearer(key) })).toMatchObject({ status: 200 });
    expect(await ask({ url: '/get-calls', headers: bearer(key) })).toMatchObject({
      status: 403,
      body: { code: 'scope_missing' },
    });
    expect(await send(key, text('+79161234567'))).toMatchObject({ status: 403 });
    expect(await ask({ url: '/v1/keys', headers: bearer(key) })).toMatchObject({ status: 403 });
  });

  it('sends only to whom it may, through the modem that it may', async () => {
    const limits = { ...noLimits, recipients: ['+7 916 123-45-67'], modems: ['modem'] };
    const key = await add({ scopes: ['send'], limits });
    expect(await send(key, text('+79161234567'))).toMatchObject({ status: 202 });
    expect(await send(key, text('+79161234568'))).toMatchObject({ status: 403, body: { code: 'scope_missing' } });
    expect(await send(key, { ...text('+79161234567'), modem: 'other' })).toMatchObject({ status: 400 });
  });

  it('sends so many SMS a day, and a request that is repeated costs nothing', async () => {
    const key = await add({ scopes: ['send'], limits: { ...noLimits, dailyMessages: 3 } });
    const again = { 'idempotency-key': 'one' };
    expect(await send(key, text('+79161234567', 'x'.repeat(200)), again)).toMatchObject({ status: 202 });
    expect(await send(key, text('+79161234567', 'x'.repeat(200)), again)).toMatchObject({ status: 202 });
    expect(await send(key, text('+79161234567', 'y'.repeat(200)))).toMatchObject({
      status: 429,
      body: { code: 'quota_used', details: { daily: 3, left: 1, parts: 2 } },
    });
    expect(await send(key, text('+79161234567'))).toMatchObject({ status: 202 });
    expect(await send(key, text('+79161234567', 'no'))).toMatchObject({ status: 429 });
    const used = async () => {
      const [shown] = (await house.doors.keys.list()).filter(({ limits }) => limits.dailyMessages === 3);
      return shown && (await house.doors.keys.sentToday([shown])).get(shown.id);
    };
    expect(await used()).toBe(3);
    await house.clock.advance(12 * 3_600_000);
    expect(await used()).toBe(0);
    expect(await send(key, text('+79161234567', 'yes'))).toMatchObject({ status: 202 });
    expect(await house.store.outgoingMessages({ limit: 10 })).toHaveLength(3);
  });

  it('does not see what became of the messages of others', async () => {
    const { id } = await house.send({ recipient: '+79167654321', text: 'Secret' });
    const key = await add({ scopes: ['read'], limits: { ...noLimits, senders: ['Bank'] } });
    for (const url of [`/send-sms/${id}`, `/trace/sent/${id}`, `/v1/messages/out-${id}`])
      expect(await ask({ url, headers: bearer(key) })).toMatchObject({ status: 404 });
  });
});

describe('the keys of a gateway', () => {
  it('are made, listed without themselves, and revoked by an administrator', async () => {
    const key = await add();
    const made = await ask({
      url: '/v1/keys',
      method: 'POST',
      headers: bearer(key),
      payload: { name: 'bank codes', scopes: ['read'], senders: ['Bank'], expires_at: '2027-01-01T00:00:00Z' },
    });
    expect(made).toMatchObject({ status: 201, body: { name: 'bank codes', senders: ['Bank'], daily: null } });
    const list = await ask({ url: '/v1/keys', headers: bearer(key) });
    expect(JSON.stringify(list.body)).not.toContain(key);
    expect(list.body).toMatchObject({
      items: [
        { name: 'bank codes', sent_today: null },
        { name: 'house', hint: `${key.slice(0, 9)}…` },
      ],
    });
    expect(await ask({ url: '/v1/keys/bank%20codes', method: 'DELETE', headers: bearer(key) })).toMatchObject({
      status: 204,
    });
    expect(await ask({ url: '/v1/keys/nobody', method: 'DELETE', headers: bearer(key) })).toMatchObject({
      status: 404,
    });
    expect(await ask({ url: '/v1/keys', headers: bearer(key) })).toMatchObject({
      body: { items: [{ revoked_at: '2026-11-23T12:00:00.000Z' }, { revoked_at: null }] },
    });
  });

  it.each([
    [{ name: '', scopes: ['read'] }, 'name'],
    [{ name: '-x', scopes: ['read'] }, 'name'],
    [{ name: 'x', scopes: [] }, 'scopes'],
    [{ name: 'x', scopes: ['root'] }, 'scopes.0'],
    [{ name: 'x', scopes: ['read'], daily: -1 }, 'daily'],
    [{ name: 'x', scopes: ['read'], expires_at: '2020-01-01T00:00:00Z' }, 'expires'],
  ])('are not made of %j', async (payload, field) => {
    const answer = await ask({ url: '/v1/keys', method: 'POST', headers: { host: 'localhost' }, payload });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request_invalid', details: { field } } });
  });

  it('have names that differ', async () => {
    await add();
    await expect(add({ name: 'HOUSE' })).rejects.toMatchObject({ code: 'key_exists' });
    await expect(add({ name: 'ｈouse' })).rejects.toMatchObject({ code: 'key_exists' });
  });
});

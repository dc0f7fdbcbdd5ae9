import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noLimits, type Scope } from '../../../src/core/access.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { type House, openHouse } from '../app/house.ts';

const dayMs = 86_400_000;
const own = 'http://sms.home:8080';
let house: House;
let server: ReturnType<typeof createHttpServer>;
beforeEach(async () => {
  house = await openHouse(Date.UTC(2026, 10, 23, 12));
  server = createHttpServer({ ...house.doors, log: silentLogger, trustedProxies: ['10.0.0.1'] });
});
afterEach(async () => {
  await server.close();
  await house.close();
});

type Headers = Readonly<Record<string, string>>;

async function ask(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  { headers = {}, from = '192.168.1.5', payload }: { headers?: Headers; from?: string; payload?: object } = {},
) {
  const answer = await server.inject({
    url,
    method,
    headers: { host: 'sms.home:8080', ...headers },
    remoteAddress: from,
    ...(payload === undefined ? {} : { payload }),
  });
  const body: unknown = answer.payload === '' ? null : answer.json();
  return {
    status: answer.statusCode,
    body,
    cookie: String(answer.headers['set-cookie'] ?? ''),
    headers: answer.headers,
  };
}

const addKey = async (name: string, granted: readonly Scope[], limits = noLimits) =>
  (await house.doors.keys.add({ name, scopes: granted, limits, expiresAt: null })).key;

/** Logs in, and gives the headers of a browser that did. */
async function logIn(payload: object, headers: Headers = { origin: own }): Promise<{ cookie: string }> {
  const answer = await ask('POST', '/v1/session', { payload, headers });
  expect(answer.status).toBe(200);
  return { cookie: answer.cookie.split(';')[0] ?? '' };
}

const message = { phone: '+79161234567', text: 'Hi' };
const password = 'correct horse battery';

describe('a browser', () => {
  it('logs in with a key, which no script sees and no page elsewhere can use', async () => {
    const key = await addKey('me', ['read', 'send']);
    const answer = await ask('POST', '/v1/session', { payload: { key }, headers: { origin: own } });
    expect(answer).toMatchObject({ status: 200, body: { name: 'me', kind: 'session', scopes: ['read', 'send'] } });
    expect(answer.cookie).toMatch(/^simloft_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2592000$/);
    const cookie = { cookie: `theme=dark; ${answer.cookie.split(';')[0]}` };
    expect(await ask('GET', '/get-sms', { headers: cookie })).toMatchObject({ status: 200 });
    expect(await ask('GET', '/v1/session', { headers: cookie })).toMatchObject({ body: { name: 'me' } });
    expect(await ask('GET', '/v1/keys', { headers: cookie })).toMatchObject({ status: 403 });
    expect(await ask('GET', '/get-sms')).toMatchObject({ status: 401, body: { code: 'key_needed' } });
    expect(await ask('GET', '/get-sms', { headers: { cookie: 'simloft_session=guess' } })).toMatchObject({
      status: 401,
    });
  });

  it('sends for a page of the gateway, and for no other', async () => {
    const session = await logIn({ key: await addKey('me', ['send']) });
    const send = (headers: Headers) =>
      ask('POST', '/send-sms', { payload: message, headers: { ...session, ...headers } });
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://sms.home:8081' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ])
      expect(await send(headers)).toMatchObject({ status: 403, body: { code: 'access_refused' } });
    expect(await house.store.outgoingMessages({ limit: 10 })).toEqual([]);
    expect(await send({ origin: own })).toMatchObject({ status: 202 });
    expect(await send({ 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 202 });
  });

  it('is not logged in by a page elsewhere, as somebody else', async () => {
    const key = await addKey('mallory', ['admin']);
    const answer = await ask('POST', '/v1/session', { payload: { key }, headers: { origin: 'https://evil.example' } });
    expect(answer).toMatchObject({ status: 403, cookie: '' });
  });

  it('stays logged in for 30 days after its last use, and no longer', async () => {
    const headers = await logIn({ key: await addKey('me', ['read']) });
    for (let days = 0; days < 3; days += 1) {
      await house.clock.advance(29 * dayMs);
      expect(await ask('GET', '/get-sms', { headers })).toMatchObject({ status: 200 });
      await house.store.transaction(async () => {});
    }
    await house.clock.advance(30 * dayMs);
    expect(await ask('GET', '/get-sms', { headers })).toMatchObject({ status: 401 });
  });

  it('is out when it logs out, or when its key is revoked', async () => {
    const key = await addKey('me', ['read']);
    const [first, second] = [await logIn({ key }), await logIn({ key })];
    const out = await ask('DELETE', '/v1/session', { headers: { ...first, origin: own } });
    expect(out).toMatchObject({ status: 204, cookie: expect.stringContaining('Max-Age=0') });
    expect(await ask('GET', '/get-sms', { headers: first })).toMatchObject({ status: 401 });
    expect(await ask('GET', '/get-sms', { headers: second })).toMatchObject({ status: 200 });
    await house.doors.keys.revoke('me');
    expect(await ask('GET', '/get-sms', { headers: second })).toMatchObject({ status: 401 });
  });

  it('is not shown a window of its own for Basic, and other programs are told of it', async () => {
    await addKey('me', ['read']);
    const asked = async (agent: string) =>
      (await ask('GET', '/get-sms', { headers: { 'user-agent': agent } })).headers['www-authenticate'];
    expect(await asked('Mozilla/5.0 (X11; Linux x86_64)')).toBe('Bearer');
    expect(await asked('curl/7.88.1')).toContain('Basic');
  });
});

describe('the password', () => {
  it('locks the door as a key does, and opens it to its owner', async () => {
    const local = { from: '127.0.0.1', headers: { host: 'localhost:8080' } };
    expect(await ask('PUT', '/v1/password', { ...local, payload: { password } })).toMatchObject({ status: 204 });
    expect(await ask('GET', '/get-sms', local)).toMatchObject({ status: 401 });
    const session = { ...(await logIn({ password })), origin: own };
    expect(await ask('GET', '/v1/keys', { headers: session })).toMatchObject({ status: 200 });
    expect(await ask('GET', '/v1/session', { headers: session })).toMatchObject({ body: { name: 'owner' } });
    const stored = await house.store.password();
    expect(stored?.hash).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  });

  it('logs out who came with the one before, and stays while it is the only way in', async () => {
    await house.doors.password.set(password);
    const session = { ...(await logIn({ password })), origin: own };
    const remove = (headers: Headers) => ask('DELETE', '/v1/password', { headers });
    expect(await remove(session)).toMatchObject({ status: 409, body: { code: 'password_needed' } });
    const change = { headers: session, payload: { password: 'another one, long' } };
    expect(await ask('PUT', '/v1/password', change)).toMatchObject({ status: 204 });
    expect(await ask('GET', '/get-sms', { headers: session })).toMatchObject({ status: 401 });
    const again = { ...(await logIn({ password: 'another one, long' })), origin: own };
    await addKey('me', ['admin']);
    expect(await remove(again)).toMatchObject({ status: 204 });
    expect(await house.store.password()).toBeNull();
  });

  it('is told from others, and whoever guesses is slowed down, side by side too', async () => {
    await house.doors.password.set(password);
    const guess = (given: string) =>
      ask('POST', '/v1/session', { payload: { password: given }, headers: { origin: own } });
    const tries = await Promise.all(Array.from({ length: 8 }, (_, index) => guess(`wrong guess ${index}`)));
    const statuses = tries.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
    await house.clock.advance(31_000);
    expect(await guess(password)).toMatchObject({ status: 200 });
    expect(await guess('wrong again')).toMatchObject({ status: 401 });
  });

  it.each(['short', 'x'.repeat(201)])('is not taken when it is %s', async (given) => {
    await addKey('me', ['admin']);
    await expect(house.doors.password.set(given)).rejects.toMatchObject({
      code: 'request_invalid',
      details: { field: 'password', allowed: '10 to 200 characters' },
    });
  });
});

describe('behind a proxy', () => {
  const forwarded = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'sms.example',
  };

  it('that is named, its word is taken for address, protocol and host', async () => {
    const key = await addKey('me', ['send']);
    const login = await ask('POST', '/v1/session', {
      from: '10.0.0.1',
      payload: { key },
      headers: { ...forwarded, origin: 'https://sms.example' },
    });
    expect(login).toMatchObject({ status: 200, cookie: expect.stringMatching(/; Secure$/) });
    const send = (origin: string) =>
      ask('POST', '/send-sms', {
        from: '10.0.0.1',
        payload: message,
        headers: { ...forwarded, origin, cookie: login.cookie.split(';')[0] ?? '' },
      });
    expect(await send('http://sms.example')).toMatchObject({ status: 403 });
    expect(await send('https://sms.example')).toMatchObject({ status: 202 });
    expect((await house.doors.audit.list({ limit: 1 }))[0]).toMatchObject({ address: '203.0.113.9' });
  });

  it('that is not, its word is nothing', async () => {
    const key = await addKey('me', ['read']);
    const headers = { ...forwarded, authorization: 'Bearer wrong' };
    for (let count = 0; count < 5; count += 1) await ask('GET', '/get-sms', { headers });
    const elsewhere = { ...headers, 'x-forwarded-for': '203.0.113.10' };
    expect(await ask('GET', '/get-sms', { headers: elsewhere })).toMatchObject({ status: 429 });
    const login = await ask('POST', '/v1/session', { from: '192.168.1.6', payload: { key }, headers: forwarded });
    expect(login.cookie).not.toContain('Secure');
  });

  it('nobody is answered as long as there is no key', async () => {
    for (const from of ['127.0.0.1', '10.0.0.1']) {
      const headers = { host: 'localhost:8080', 'x-forwarded-for': '127.0.0.1' };
      expect(await ask('GET', '/get-sms', { from, headers })).toMatchObject({ status: 403 });
    }
  });
});

describe('the audit log', () => {
  it('says who did what, from where, and how it ended', async () => {
    const key = await addKey('me', ['admin']);
    const guest = await addKey('guest', ['read']);
    const as = (token: string) => ({ authorization: `Bearer ${token}` });
    await ask('POST', '/send-sms', { headers: as(key), payload: message });
    await ask('POST', '/send-sms', { headers: as(guest), payload: message });
    await ask('GET', '/get-sms', { headers: as(key) });
    await ask('POST', '/v1/messages/preview', { headers: as(key), payload: { text: 'not this' } });
    await ask('POST', '/v1/session', { payload: { key: 'smlf_guess' }, headers: { origin: own } });
    await ask('POST', '/v1/session', { payload: { key }, headers: { origin: own } });
    await ask('DELETE', '/v1/keys/guest', { headers: as(key) });
    const { body } = await ask('GET', '/v1/audit?limit=4', { headers: as(key) });
    expect(body).toMatchObject({
      items: [
        { who: 'me', action: 'revokeKey', target: 'guest', outcome: 'done', address: '192.168.1.5' },
        { who: 'me', action: 'logIn', target: 'me', outcome: 'done', at: '2026-11-23T12:00:00.000Z' },
        { who: '', action: 'logIn', target: null, outcome: 'key_invalid' },
        { who: 'guest', action: 'sendSms', target: null, outcome: 'scope_missing' },
      ],
    });
    const { next }: { next: string } = Object(body);
    const rest = await ask('GET', `/v1/audit?cursor=${next}`, { headers: as(key) });
    expect(rest.body).toMatchObject({ items: [{ who: 'me', action: 'sendSms', target: '1' }], next: null });
    expect(JSON.stringify([body, rest.body])).not.toMatch(/smlf_|not this|"Hi"/);
  });

  it('is written by itself, and does not grow without end when somebody tries and tries', async () => {
    for (let count = 0; count < 1_000; count += 1)
      house.doors.audit.note({ who: '', address: '::1', action: 'logIn', target: null, outcome: 'key_invalid' });
    await house.clock.advance(1_000);
    await house.store.transaction(async () => {});
    expect(await house.store.auditEntries({ limit: 500 })).toHaveLength(200);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { type House, modem, openHouse, sim } from '../app/house.ts';

let house: House;
let server: ReturnType<typeof createHttpServer>;
/** 2024-08-20 13:00 in Moscow. */
const noon = Date.UTC(2024, 7, 20, 10);
beforeEach(async () => {
  house = await openHouse(noon);
  server = createHttpServer({
    ...house.doors,
    log: silentLogger,
  });
});
afterEach(async () => {
  await server.close();
  await house.close();
});

const headers = { host: '127.0.0.1:8080' };
const get = async (url: string) => {
  const answer = await server.inject({ url, headers });
  return { status: answer.statusCode, body: answer.json<unknown>() };
};
const post = async (payload: string | object, contentType = 'application/json') => {
  const answer = await server.inject({
    method: 'POST',
    url: '/send-sms',
    headers: { ...headers, 'content-type': contentType },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
  return { status: answer.statusCode, body: answer.json<unknown>(), type: answer.headers['content-type'] };
};

/** Domain vectors: `Kod 1234` from +79161234567 and `Баланс: -12,50 р.` from `Balance`, both 2025-01-21 12:34:36 +03:00. */
const code = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';
const balance =
  '07919761989901F0040DD0C2303BEC1E97010008521012214363212204110430043B0430043D0441003A0020002D00310032002C0035003000200440002E';
const receive = (pdu: string, slot: number | null = 3) =>
  house.handle({
    ...house.base(),
    type: 'pdu.received',
    pdu,
    tpduLength: null,
    source: slot === null ? 'direct' : 'stored',
    memory: slot === null ? null : 'SM',
    slot,
    stat: 0,
    found: 'indicated',
    sim,
  });

describe('GET /get-sms', () => {
  it('answers to the letter of the request, newest first', async () => {
    await receive(code);
    await house.clock.advance(1_000);
    await receive(balance, null);
    expect(await get('/get-sms')).toEqual({
      status: 200,
      body: [
        {
          id: 2,
          message_id: 0,
          message_receive_dttm: '2025-01-21T12:34:36',
          sender: 'Balance',
          text: 'Баланс: -12,50 р.',
        },
        { id: 1, message_id: 3, message_receive_dttm: '2025-01-21T12:34:36', sender: '+79161234567', text: 'Kod 1234' },
      ],
    });
  });

  it('filters by sender, time and number', async () => {
    await receive(code);
    await house.clock.advance(1_000);
    await receive(balance, null);
    const ids = async (query: string) => {
      const { body } = await get(`/get-sms?${query}`);
      return Array.isArray(body) ? body.map(({ id }: { id: number }) => id) : body;
    };
    expect(await ids('sender=LANC')).toEqual([2]);
    expect(await ids('sender=7916')).toEqual([1]);
    expect(await ids('sender=+7916')).toEqual([1]);
    expect(await ids('sender=%2B7916')).toEqual([1]);
    expect(await ids('sender=')).toEqual([2, 1]);
    expect(await ids(`sender=${encodeURIComponent("'; DROP TABLE inbound; --")}`)).toEqual([]);
    expect(await ids('sender=%25')).toEqual([]);
    expect(await ids('limit=1')).toEqual([2]);
    expect(await ids('limit=1000')).toEqual([2, 1]);
    expect(await ids('dttm=2024-08-20%2012:59:59')).toEqual([2, 1]);
    expect(await ids('dttm=2024-08-20%2013:00:00')).toEqual([2]);
    expect(await ids('dttm=2024-08-20T13:00:00.999999')).toEqual([2]);
    expect(await ids('dttm=2024-08-20+13:00:01')).toEqual([]);
    expect(await ids('dttm=2024-08-20T10:00:00Z')).toEqual([2]);
    expect(await ids('dttm=2024-08-20T10:00:01%2B00:00')).toEqual([]);
    expect(await ids('dttm=2024-08-15%2012:46:13&sender=balance&limit=10')).toEqual([2]);
  });

  it('shows ten by default', async () => {
    for (let slot = 1; slot <= 12; slot += 1)
      await receive(`${code.slice(0, -2)}${slot.toString(16).padStart(2, '0')}`, slot);
    const { body } = await get('/get-sms');
    expect(body).toHaveLength(10);
  });

  it('shows data that is no text, and a WAP push, as what they are, with the raw PDU', async () => {
    // 8-bit data (DCS 04), without and with the ports of a WAP push (2948, TS 23.040 §9.2.3.24.4).
    const data = '07919761989901F0040B919761214365F700045210122143632104DEADBEEF';
    const push = '07919761989901F0440B919761214365F70004521012214363210A0605040B8423F0010203';
    await receive(data, 1);
    await receive(push, 2);
    const { body } = await get('/get-sms');
    expect(body).toMatchObject([
      { text: `[This message is no text but wap-push. Raw PDU: ${push}]` },
      { text: `[This message is no text but binary. Raw PDU: ${data}]` },
    ]);
  });

  it('shows what cannot be decoded with the reason and the raw PDU, and its own time', async () => {
    await receive('0011223344', 5);
    const { body } = await get('/get-sms');
    expect(body).toMatchObject([{ id: 1, message_id: 5, message_receive_dttm: '2024-08-20T13:00:00' }]);
    expect(JSON.stringify(body)).toContain('could not be decoded');
    expect(JSON.stringify(body)).toContain('0011223344');
  });

  it.each([
    ['limit=0', 'limit', '0'],
    ['limit=1001', 'limit', '1001'],
    ['limit=-1', 'limit', '-1'],
    ['limit=ten', 'limit', 'ten'],
    ['limit=1.5', 'limit', '1.5'],
    ['limit=', 'limit', ''],
    ['limit=1&limit=2', 'limit', ['1', '2']],
    ['dttm=yesterday', 'dttm', 'yesterday'],
    ['dttm=2024-02-31', 'dttm', '2024-02-31'],
    ['dttm=', 'dttm', ''],
    [`sender=${'x'.repeat(101)}`, 'sender', 'x'.repeat(101)],
    ['sender=a&sender=b', 'sender', ['a', 'b']],
  ])('refuses %s and says what is allowed', async (query, field, value) => {
    const { status, body } = await get(`/get-sms?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'request_invalid', status: 400, details: { field, value } });
    expect(body).toHaveProperty('details.allowed', expect.stringMatching(/\w/));
    expect(body).toHaveProperty('detail', expect.stringContaining(field));
  });

  it('refuses a parameter that it does not know, naming the nearest', async () => {
    expect(await get('/get-sms?sendr=1')).toMatchObject({
      status: 400,
      body: { code: 'request_invalid', details: { field: 'sendr', closest: 'sender' } },
    });
    const { body } = await get('/get-sms?colour=red');
    expect(body).toMatchObject({ details: { field: 'colour', allowed: ['sender', 'dttm', 'limit'] } });
    expect(body).not.toHaveProperty('details.closest');
  });
});

describe('GET /get-calls', () => {
  const ring = (call: string, number: string | null) =>
    house.handle({
      ...house.base(),
      type: 'call.ringing',
      call,
      number,
      withheld: number === null,
      startedAt: house.clock.now(),
    });

  it('answers to the letter of the request, newest first', async () => {
    await ring('a', '+78312345678');
    await house.clock.advance(501);
    await ring('b', null);
    const newer = { caller: '', created_at: '2024-08-20T13:00:00.501000' };
    const older = { caller: '+78312345678', created_at: '2024-08-20T13:00:00.000000' };
    expect(await get('/get-calls')).toEqual({ status: 200, body: [newer, older] });
    expect((await get('/get-calls?limit=1')).body).toEqual([newer]);
    expect((await get(`/get-calls?dttm=${older.created_at}`)).body).toEqual([newer]);
    expect((await get(`/get-calls?dttm=${newer.created_at}`)).body).toEqual([]);
  });

  it.each([
    ['limit=x', 'limit'],
    ['dttm=now', 'dttm'],
    ['sender=1', 'sender'],
  ])('refuses %s', async (query, field) => {
    expect(await get(`/get-calls?${query}`)).toMatchObject({ status: 400, body: { details: { field } } });
  });
});

describe('POST /send-sms', () => {
  it('writes a message and answers before it is sent', async () => {
    expect(await post({ phone: '+79161234567', text: 'Ёлки 🎄' })).toMatchObject({
      status: 202,
      body: { id: 1, state: 'queued' },
    });
    expect(await house.store.outgoingMessage(1)).toMatchObject({ recipient: '+79161234567', text: 'Ёлки 🎄' });
  });

  it.each([
    [{ text: 'Hi' }, 'phone', null],
    [{ phone: '+79161234567' }, 'text', null],
    [{ phone: 79_161_234_567, text: 'Hi' }, 'phone', 79_161_234_567],
    [{ phone: '+79161234567', text: ['Hi'] }, 'text', ['Hi']],
    [{ phone: null, text: 'Hi' }, 'phone', null],
  ])('refuses %j', async (body, field, value) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'request_invalid', details: { field, value } } });
    expect(answer.type).toContain('application/problem+json');
  });

  it('refuses fields that it does not know, naming the nearest', async () => {
    expect(await post({ phone: '+79161234567', text: 'Hi', txet: '' })).toMatchObject({
      status: 400,
      body: { details: { field: 'txet', closest: 'text' } },
    });
  });

  it.each([
    [{ phone: 'Balance', text: 'Hi' }, 'number_invalid', 'name'],
    [{ phone: '', text: 'Hi' }, 'number_invalid', 'empty'],
    [{ phone: '+1', text: 'Hi' }, 'number_invalid', 'too few'],
    [{ phone: '+79161234567', text: '' }, 'text_empty', 'no text'],
    [{ phone: '+79161234567', text: 'x'.repeat(40_000) }, 'text_too_long', 'parts'],
  ])('refuses what cannot be sent: %#', async (body, code, words) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(JSON.stringify(answer.body)).toContain(words);
  });

  it.each(['[]', '"text"', '1', 'null', 'true'])('refuses %s, which is no object', async (body) => {
    expect(await post(body)).toMatchObject({ status: 400, body: { code: 'request_invalid' } });
  });

  it('refuses what is not JSON, not called JSON, or too much', async () => {
    expect(await post('{"phone": ')).toMatchObject({ status: 400, body: { code: 'request_invalid' } });
    expect(await post('')).toMatchObject({ status: 400, body: { code: 'request_invalid' } });
    const form = await post('phone=1&text=2', 'application/x-www-form-urlencoded');
    expect(form).toMatchObject({ status: 415, body: { code: 'media_type_unsupported' } });
    expect(await post('{}', 'text/plain')).toMatchObject({ status: 415 });
    const large = await post({ phone: '+79161234567', text: 'x'.repeat(300_000) });
    expect(large).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
    expect(await house.store.outgoingMessages({ limit: 1 })).toEqual([]);
  });

  it('says so when the store cannot be written', async () => {
    await house.store.close();
    expect(await post({ phone: '+79161234567', text: 'Hi' })).toMatchObject({
      status: 503,
      body: { code: 'store_unavailable' },
    });
  });
});

describe('readings', () => {
  const put = (key: string, data: unknown) =>
    house.store.transaction((tx) => tx.putReading({ modem, key, data, updatedAt: noon + 501 }));

  it.each([
    ['/get-balance', 'balance'],
    ['/get-operator', 'operator'],
    ['/get-signal', 'signal'],
    ['/get-signal-type', 'signal-type'],
  ])('%s is null before the first', async (path) => {
    expect(await get(path)).toEqual({ status: 200, body: null });
  });

  it.each([
    ['/get-operator', 'operator', 'MegaFon', 'MegaFon'],
    ['/get-signal', 'signal', -71, -71],
    ['/get-signal', 'signal', null, null],
    ['/get-signal-type', 'signal-type', 'HSDPA', 'HSDPA'],
    ['/get-balance', 'balance', { text: 'Баланс 5,10', minor: 510, currency: 'RUB', confidence: 1 }, 5.1],
    ['/get-balance', 'balance', { text: 'Минус 174.60', minor: -17_460, currency: null, confidence: 1 }, -174.6],
    ['/get-balance', 'balance', { text: 'Ответ в SMS', minor: null, currency: null, confidence: 0 }, 'Ответ в SMS'],
  ])('%s: %s %j is %j', async (path, key, data, shown) => {
    await put(key, data);
    expect(await get(path)).toEqual({
      status: 200,
      body: { key, data: shown, updated_at: '2024-08-20T13:00:00.501000' },
    });
  });

  it('take no parameters', async () => {
    expect(await get('/get-balance?modem=1')).toMatchObject({ status: 400, body: { details: { field: 'modem' } } });
  });
});

describe('health', () => {
  const link = (state: 'ready' | 'failed', text: string | null = null) =>
    house.handle({
      ...house.base(),
      type: 'link.changed',
      state,
      port: '/dev/ttyUSB1',
      reason: text === null ? null : { code: 'sim_missing', text },
      identity: null,
    });

  it('is live as long as it answers', async () => {
    expect(await get('/health/live')).toEqual({ status: 200, body: { live: true } });
  });

  it('is ready when the modem is', async () => {
    expect(await get('/health/ready')).toMatchObject({ status: 503, body: { ready: false } });
    await link('ready');
    expect(await get('/health/ready')).toEqual({ status: 200, body: { ready: true, reasons: [] } });
  });

  it('says what is wrong', async () => {
    await link('failed', 'There is no SIM card in the modem.');
    expect(await get('/health/ready')).toEqual({
      status: 503,
      body: { ready: false, reasons: [{ code: 'sim_missing', text: 'There is no SIM card in the modem.' }] },
    });
    await house.store.close();
    expect(await get('/health/ready')).toMatchObject({
      status: 503,
      body: { reasons: [{ code: 'store_unavailable' }, { code: 'modem_not_ready' }] },
    });
  });

  it('is told to people on a page in which everything foreign stays text', async () => {
    await link('failed', '<script>alert("x")</script> & more');
    const answer = await server.inject({ url: '/', headers });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.body).toContain('Not ready');
    expect(answer.body).not.toContain('<script>');
    expect(answer.body).toContain('&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62; &#38; more');
    await link('ready');
    expect((await server.inject({ url: '/', headers })).body).toContain('Ready: messages come in and go out.');
  });
});

describe('other addresses', () => {
  it('are not there, and the nearest is named', async () => {
    expect(await get('/get-smss')).toMatchObject({
      status: 404,
      body: { code: 'not_found', details: { closest: '/get-sms' } },
    });
    expect(await get('/nothing/like/it')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('are not asked in another way, and nothing is sent by GET', async () => {
    const answer = await server.inject({ url: '/send-sms?phone=1&text=2', headers });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe('POST');
    const deletion = await server.inject({ method: 'DELETE', url: '/get-sms', headers });
    expect(deletion.statusCode).toBe(405);
    expect(deletion.json()).toMatchObject({ code: 'method_not_allowed' });
  });

  it('hide what went wrong inside', async () => {
    const broken = createHttpServer({
      ...house.doors,
      queries: { ...house.queries, calls: () => Promise.reject(new Error('secret path')) },
      log: silentLogger,
    });
    const answer = await broken.inject({ url: '/get-calls', headers });
    await broken.close();
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(answer.json()).toMatchObject({ code: 'internal' });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { type House, openHouse } from '../app/house.ts';

let house: House;
let server: ReturnType<typeof createHttpServer>;
beforeEach(async () => {
  house = await openHouse(Date.UTC(2024, 7, 20, 10));
  server = createHttpServer({ ...house.doors, log: silentLogger });
});
afterEach(async () => {
  await server.close();
  await house.close();
});

const host = { host: '127.0.0.1:8080' };
const post = async (body: object, key?: string) => {
  const headers = {
    ...host,
    'content-type': 'application/json',
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
  const answer = await server.inject({ method: 'POST', url: '/send-sms', headers, payload: JSON.stringify(body) });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
};
const get = async (url: string) => {
  const answer = await server.inject({ url, headers: host });
  return { status: answer.statusCode, body: answer.json<unknown>() };
};
const message = { phone: '+79161234567', text: 'Ёлки 🎄' };

describe('GET /send-sms/ID', () => {
  it('tells what became of a message', async () => {
    const { body } = await post(message);
    expect(await get(`/send-sms/${String(body['id'])}`)).toEqual({
      status: 200,
      body: { id: 1, state: 'queued', ...message, created_at: '2024-08-20T13:00:00.000000', error: null },
    });
  });

  it('says so when there is no such message, or no such number', async () => {
    expect(await get('/send-sms/99')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    for (const id of ['x', '0', '-1', '1.5', '1e300']) {
      expect(await get(`/send-sms/${id}`)).toMatchObject({ status: 400, body: { details: { field: 'id' } } });
    }
  });
});

describe('Idempotency-Key', () => {
  it('makes one message of a request that is made twice', async () => {
    const first = await post(message, 'key-1');
    expect((await post(message, 'key-1')).body).toEqual(first.body);
    expect((await post(message, 'key-2')).body['id']).not.toBe(first.body['id']);
    expect(await house.store.outgoingMessages({ limit: 10 })).toHaveLength(2);
  });

  it('refuses a key that belongs to another message, and one that is too long', async () => {
    await post(message, 'key-1');
    expect(await post({ ...message, text: 'Other' }, 'key-1')).toMatchObject({
      status: 400,
      body: { code: 'request_invalid' },
    });
    expect(await post(message, 'k'.repeat(201))).toMatchObject({
      status: 400,
      body: { details: { field: 'idempotency-key' } },
    });
  });
});

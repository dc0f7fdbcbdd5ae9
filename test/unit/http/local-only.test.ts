import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpServer } from '../../../src/http/server.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { openHouse, type House } from '../app/house.ts';

let house: House;
let server: ReturnType<typeof createHttpServer>;
beforeAll(async () => {
  house = await openHouse();
  server = createHttpServer({
    ...house.doors,
    log: silentLogger,
  });
});
afterAll(async () => {
  await server.close();
  await house.close();
});

const ask = (headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
  server.inject({ url: '/health/live', headers: { host: 'localhost:8080', ...headers }, remoteAddress });

describe('who is answered', () => {
  it.each(['localhost', 'LOCALHOST:8080', '127.0.0.1', '127.0.0.1:8080', '[::1]', '[::1]:9'])(
    'Host %s',
    async (host) => {
      expect((await ask({ host })).statusCode).toBe(200);
    },
  );

  it.each([
    'example.com',
    'localhost.example.com',
    '127.0.0.1.example.com:8080',
    '192.168.1.5:8080',
    '[::2]',
    'localhost:99:99',
  ])('not Host %j', async (host) => {
    const answer = await ask({ host });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'access_refused', details: { field: 'host' } });
  });

  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('a program at %s', async (address) => {
    expect((await ask({}, address)).statusCode).toBe(200);
  });

  it.each(['192.168.1.7', '8.8.8.8', '::ffff:10.0.0.1', 'fe80::1', '1127.0.0.1'])('nobody at %s', async (address) => {
    expect((await ask({}, address)).json()).toMatchObject({ code: 'access_refused', details: { field: 'address' } });
  });

  it('a page of the gateway itself, but no page from elsewhere', async () => {
    expect((await ask({ origin: 'http://localhost:8080' })).statusCode).toBe(200);
    for (const origin of ['http://localhost:3000', 'https://example.com', 'null', 'http://127.0.0.1:8080'])
      expect((await ask({ origin })).json()).toMatchObject({ code: 'access_refused', details: { field: 'origin' } });
  });

  it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'])(
    'nothing with the header %s of a proxy',
    async (name) => {
      expect((await ask({ [name]: '127.0.0.1' })).json()).toMatchObject({
        code: 'access_refused',
        details: { field: name },
      });
    },
  );

  it('refuses a stranger before it looks at anything else', async () => {
    const answer = await server.inject({
      method: 'POST',
      url: '/send-sms',
      headers: { host: 'example.com', 'content-type': 'application/json' },
      payload: '{broken',
    });
    expect(answer.statusCode).toBe(403);
  });
});

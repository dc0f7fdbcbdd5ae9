import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { type House, modem, openHouse, sim } from '../app/house.ts';

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

const get = async (url: string, host = '127.0.0.1:8080') => {
  const answer = await server.inject({ url, headers: { host } });
  return { status: answer.statusCode, body: answer.json<unknown>(), text: answer.body };
};

/** `Kod 1234` from +79161234567. */
const pdu = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';
async function receive(): Promise<void> {
  const event = { ...house.base(), id: 'event-a' };
  await house.clock.advance(40);
  await house.handle({
    ...event,
    type: 'pdu.received',
    pdu,
    tpduLength: null,
    source: 'stored',
    memory: 'SM',
    slot: 3,
    stat: 0,
    found: 'indicated',
    sim,
  });
}

describe('GET /trace/received/ID', () => {
  it('tells the whole way and the state, without the text and with a masked number', async () => {
    await receive();
    const { status, body, text } = await get('/trace/received/1');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        id: 1,
        state: 'complete',
        modem,
        sender: '+7916…67',
        kind: 'text',
        stored_at: '2024-08-20T13:00:00.040000',
        repeats: null,
        error: null,
        steps: [
          {
            at: '2024-08-20T13:00:00.000000',
            after_ms: 0,
            role: 'worker',
            what: 'read from SM 3 (indicated)',
            trace: 'event-a',
          },
          { at: '2024-08-20T13:00:00.040000', after_ms: 40, role: 'handler', what: 'stored', trace: 'event-a' },
        ],
      },
    });
    expect(text).not.toContain('1234567');
    expect(text).not.toContain('Kod');
  });

  it('says so when there is no such message, or no such number', async () => {
    expect(await get('/trace/received/1')).toMatchObject({
      status: 404,
      body: { code: 'not_found', detail: 'There is no received message with the id 1.' },
    });
    for (const id of ['x', '0', '-1', '1.5'])
      expect(await get(`/trace/received/${id}`)).toMatchObject({ status: 400, body: { details: { field: 'id' } } });
  });

  it('answers nobody but programs of this machine', async () => {
    await receive();
    expect(await get('/trace/received/1', 'example.com')).toMatchObject({ status: 403 });
    expect(await get('/trace/sent/1', 'example.com')).toMatchObject({ status: 403 });
  });
});

describe('GET /trace/sent/ID', () => {
  it('tells the whole way and the state, without the text and with a masked number', async () => {
    await house.send({ recipient: '+79161234567', text: 'Hello' });
    const part = { messageId: 1, seq: 1, attempt: 1 };
    await house.clock.advance(5);
    await house.handle({ ...house.base(), ...part, type: 'part.sending', handedAt: house.clock.now() - 2 });
    await house.clock.advance(2_000);
    await house.handle({ ...house.base(), ...part, type: 'part.sent', messageReference: 42 });
    const { body, text } = await get('/trace/sent/1');
    expect(body).toMatchObject({
      id: 1,
      state: 'sent',
      modem,
      phone: '+7916…67',
      attempt: 1,
      next_attempt_at: null,
      error: null,
      steps: [
        { after_ms: 0, role: 'api', what: 'queued', trace: 'out-1' },
        { after_ms: 3, role: 'scheduler', what: 'handed over: part 1, try 1' },
        { after_ms: 2, role: 'worker', what: 'asked for leave to send part 1, try 1' },
        { after_ms: 2_000, role: 'worker', what: 'sent: part 1, try 1, reference 42' },
      ],
    });
    expect(text).not.toContain('Hello');
    expect(text).not.toContain('1234567');
  });

  it('tells of one that waits when its next try is', async () => {
    await house.send({ recipient: '+79161234567', text: 'Hello' });
    expect((await get('/trace/sent/1')).body).toMatchObject({
      state: 'queued',
      next_attempt_at: '2024-08-20T13:00:00.000000',
    });
  });

  it('is not the way of a received message of the same id', async () => {
    await receive();
    expect(await get('/trace/sent/1')).toMatchObject({
      status: 404,
      body: { detail: 'There is no message to be sent with the id 1.' },
    });
  });
});

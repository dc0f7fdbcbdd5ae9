import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../src/core/logger.ts';
import { createHttpServer } from '../../../../src/http/server.ts';
import { type Asked, balance, code, openAsked } from './asked.ts';

let asked: Asked;
let server: ReturnType<typeof createHttpServer>;
beforeEach(async () => {
  asked = await openAsked();
  server = createHttpServer({ ...asked.house.doors, log: silentLogger });
});
afterEach(async () => {
  await server.close();
  await asked.close();
});

const headers = { host: '127.0.0.1:8080' };
const fetched = async (query: string) => server.inject({ url: `/v1/export?${query}`, headers });
const put = async (what: string, payload: string, type = 'text/csv', more: Record<string, string> = {}) => {
  const answer = await server.inject({
    method: 'POST',
    url: `/v1/import?what=${what}`,
    headers: { ...headers, 'content-type': type, ...more },
    payload,
  });
  return { status: answer.statusCode, body: answer.json<unknown>() };
};
const recipients = async () =>
  (await asked.house.store.outgoingMessages({ limit: 100 })).map(({ recipient, text }) => [recipient, text]);

describe('GET /v1/export', () => {
  it('writes messages as CSV, with nothing that a spreadsheet would compute', async () => {
    await asked.receive(code);
    await asked.house.clock.advance(1_000);
    await asked.receive(balance, 4);
    await asked.house.clock.advance(1_000);
    await asked.send('POST', '/v1/messages', { to: '+79160000001', text: '=1+1, "x"\ny' });
    const { headers: sent, payload } = await fetched('what=messages');
    expect(sent['content-type']).toBe('text/csv; charset=utf-8');
    expect(sent['content-disposition']).toBe('attachment; filename="messages.csv"');
    expect(payload.split('\r\n').map((line) => line.split(',').slice(0, 5).join())).toEqual([
      'id,direction,at,modem,peer',
      "out-1,out,2026-01-01T12:00:02.000Z,modem,'+79160000001",
      'in-2,in,2026-01-01T12:00:01.000Z,modem,Balance',
      "in-1,in,2026-01-01T12:00:00.000Z,modem,'+79161234567",
      '',
    ]);
    expect(payload).toContain(`"'=1+1, ""x""\ny"`);
    expect((await fetched('what=messages&since=2026-01-01T12:00:02Z')).payload.match(/^out-1|^in-/gm)).toEqual([
      'out-1',
    ]);
  });

  it('writes calls and contacts, also as lines of JSON', async () => {
    await asked.house.handle({
      ...asked.house.base(),
      type: 'call.ringing',
      call: 'a',
      number: '+1000',
      withheld: false,
      startedAt: 1,
    });
    await asked.send('POST', '/v1/contacts', { name: 'Anna', addresses: ['+1000', 'Shop'] });
    const { payload, headers: sent } = await fetched('what=calls&format=jsonl');
    expect(sent['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(JSON.parse(payload)).toMatchObject({ id: 1, caller: '+1000', contact: 'Anna', outcome: 'ringing' });
    expect((await fetched('what=contacts')).payload).toBe("id,name,addresses\r\n1,Anna,'+1000;Shop\r\n");
    expect((await fetched('what=moods')).statusCode).toBe(400);
  });
});

describe('POST /v1/import', () => {
  it('adds contacts, and tells of each line that is wrong', async () => {
    const file = `name,addresses\r\nAnna,'+7 916 000-00-01;Shop\r\n,+1000\r\n"Bob ""B""",\r\nCarl,SHOP\r\nDora,a,b\r\n`;
    expect(await put('contacts', file)).toMatchObject({
      status: 200,
      body: {
        read: 5,
        imported: 2,
        wrong: 3,
        lines: [
          { line: 3, code: 'request_invalid' },
          { line: 5, code: 'contact_taken' },
          { line: 6, code: 'request_invalid' },
        ],
      },
    });
    expect(await asked.get('/v1/contacts')).toMatchObject({
      body: {
        items: [
          { name: 'Anna', addresses: ['+79160000001', 'Shop'] },
          { name: 'Bob "B"', addresses: [] },
        ],
      },
    });
  });

  it('reads again what export wrote', async () => {
    await asked.send('POST', '/v1/contacts', { name: '=Anna', addresses: ['+1000', 'Shop'] });
    const { payload } = await fetched('what=contacts');
    await asked.send('DELETE', '/v1/contacts/1');
    const file = payload
      .split('\r\n')
      .map((line) => line.replace(/^(?:id|1),/, ''))
      .join('\r\n');
    expect(await put('contacts', file)).toMatchObject({ body: { imported: 1, wrong: 0 } });
    expect(await asked.get('/v1/contacts')).toMatchObject({
      body: { items: [{ name: '=Anna', addresses: ['+1000', 'Shop'] }] },
    });
  });

  it('sends messages, once for the same key', async () => {
    const file =
      '{"to":"+79160000001","text":"One"}\n{"to":"Bank","text":"Two"}\nnonsense\n{"to":"+79160000002","text":"Three"}';
    const key = { 'idempotency-key': 'file' };
    const expected = {
      status: 200,
      body: {
        read: 4,
        imported: 2,
        lines: [
          { line: 2, code: 'number_invalid' },
          { line: 3, code: 'request_invalid' },
        ],
      },
    };
    expect(await put('messages', file, 'application/x-ndjson', key)).toMatchObject(expected);
    expect(await put('messages', file, 'application/x-ndjson', key)).toMatchObject(expected);
    expect(await recipients()).toEqual([
      ['+79160000002', 'Three'],
      ['+79160000001', 'One'],
    ]);
    await put('messages', 'text;to;send_at\nHello, you;+79160000003;2026-01-02T00:00:00Z\n');
    expect((await recipients())[0]).toEqual(['+79160000003', 'Hello, you']);
    expect(await asked.house.store.outgoingMessage(3)).toMatchObject({ nextAttemptAt: Date.UTC(2026, 0, 2) });
  });

  it('refuses columns that there are not, and other types', async () => {
    expect(await put('contacts', 'nome,addresses\nx,y\n')).toMatchObject({
      status: 400,
      body: { code: 'request_invalid' },
    });
    expect(await put('contacts', 'addresses\n+1\n')).toMatchObject({
      status: 400,
      body: { details: { field: 'name' } },
    });
    expect(await put('contacts', '{}', 'application/json')).toMatchObject({ status: 400 });
    expect(await put('contacts', 'x', 'text/plain')).toMatchObject({ status: 415 });
    const other = await server.inject({
      method: 'POST',
      url: '/v1/messages',
      headers: { ...headers, 'content-type': 'text/csv' },
      payload: 'x',
    });
    expect(other.statusCode).toBe(415);
  });
});

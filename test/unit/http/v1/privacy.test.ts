import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noLimits } from '../../../../src/core/access.ts';
import { silentLogger } from '../../../../src/core/logger.ts';
import { createHttpServer } from '../../../../src/http/server.ts';
import { type Asked, balance, code, openAsked } from './asked.ts';

const privacy = '/v1/privacy';
let asked: Asked;
beforeEach(async () => {
  asked = await openAsked();
});
afterEach(() => asked.close());

interface Shown {
  readonly kept: Record<string, number | null>;
  readonly rows: Record<string, number>;
  readonly oldest: Record<string, string | null>;
}

describe('GET /v1/privacy', () => {
  it('says what is kept for how long, and how much there is', async () => {
    const at = new Date(asked.house.clock.now()).toISOString();
    await asked.receive(code);
    await asked.receive(balance, 4);
    await asked.send('POST', '/v1/messages', { to: '+79160000001', text: 'Hello' });
    await asked.house.store.transaction((tx) => tx.markForgetting('ran', asked.house.clock.now()));
    const { status, body } = await asked.get<Shown>(privacy);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kept: { messages: null, codes: null, webhook_log: 2_592_000 },
      rows: { received: 2, sent: 1, calls: 0, codes: 0 },
      oldest: { received: at, sent: at, calls: null, codes: null },
      ran_at: at,
      deleted_at: null,
      compacted_at: null,
    });
    expect(Object.keys(body.rows)).toEqual(Object.keys(body.oldest));
  });

  it('is for administrators', async () => {
    const wanted = { name: 'reader', scopes: ['read', 'send', 'calls'] as const, limits: noLimits, expiresAt: null };
    const { key } = await asked.house.doors.keys.add(wanted);
    const server = createHttpServer({ ...asked.house.doors, log: silentLogger });
    const { statusCode } = await server.inject({ url: privacy, headers: { authorization: `Bearer ${key}` } });
    expect(statusCode).toBe(403);
    await server.close();
  });
});

describe('DELETE /v1/messages/{id}', () => {
  it('is seen in when something was deleted last', async () => {
    await asked.receive(code);
    expect((await asked.send('DELETE', '/v1/messages/in-1')).status).toBe(204);
    const { body } = await asked.get<Shown>(privacy);
    expect(body).toMatchObject({ rows: { received: 0 }, deleted_at: new Date(asked.house.clock.now()).toISOString() });
    expect((await asked.send('DELETE', '/v1/messages/in-1')).status).toBe(404);
  });
});

describe('an export that is masked', () => {
  it('holds neither codes nor numbers', async () => {
    await asked.receive(code);
    await asked.send('POST', '/v1/messages', { to: '+79160000001', text: 'Call +7 916 123 45 67, code 918273' });
    const server = createHttpServer({ ...asked.house.doors, log: silentLogger });
    const exported = async (query: string) =>
      (await server.inject({ url: `/v1/export?${query}`, headers: { host: '127.0.0.1:8080' } })).payload;
    const masked = await exported('what=messages&format=jsonl&mask=codes,numbers');
    expect(masked).not.toMatch(/1234|918273|916|\+7/);
    expect(masked).toMatch(/"text":"Kod ••••••".*\n?/);
    expect(masked).toContain('"peer":"••••••01"');
    expect(masked).toContain('"text":"Call ••••••67, code ••••••"');
    const codes = await exported('what=messages&mask=codes');
    expect(codes).toContain('+79160000001');
    expect(codes).not.toContain('918273');
    const numbers = await exported('what=messages&mask=numbers');
    expect(numbers).toContain('918273');
    expect(numbers).not.toContain('+7');
    expect(await exported('what=messages')).toContain('918273');
    expect(await exported('what=messages&mask=names')).toContain('request_invalid');
    await server.close();
  });
});

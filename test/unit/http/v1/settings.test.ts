import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noLimits } from '../../../../src/core/access.ts';
import { silentLogger } from '../../../../src/core/logger.ts';
import { createHttpServer } from '../../../../src/http/server.ts';
import { type Asked, openAsked } from './asked.ts';

let asked: Asked;
beforeEach(async () => {
  asked = await openAsked();
});
afterEach(() => asked.close());

describe('GET /v1/settings', () => {
  it('tells each setting with its value and where that comes from', async () => {
    const { status, body } = await asked.get('/v1/settings');
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [expect.objectContaining({ name: 'PORT', value: '8081', source: 'file', place: 'simloft.yaml:3' })],
      next: null,
    });
  });

  it('is for administrators', async () => {
    const wanted = { name: 'reader', scopes: ['read', 'send', 'calls'] as const, limits: noLimits, expiresAt: null };
    const { key } = await asked.house.doors.keys.add(wanted);
    const server = createHttpServer({ ...asked.house.doors, log: silentLogger });
    const { statusCode } = await server.inject({ url: '/v1/settings', headers: { authorization: `Bearer ${key}` } });
    expect(statusCode).toBe(403);
    await server.close();
  });
});

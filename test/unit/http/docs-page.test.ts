import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.ts';
import { docsPage } from '../../../src/http/docs-page.ts';
import { createHttpServer, routesOf } from '../../../src/http/server.ts';
import { localTime } from '../../../src/http/local-time.ts';
import { type House, openHouse } from '../app/house.ts';

let house: House;
let server: ReturnType<typeof createHttpServer>;
beforeEach(async () => {
  house = await openHouse(0);
  server = createHttpServer({ ...house.doors, log: silentLogger });
});
afterEach(async () => {
  await server.close();
  await house.close();
});

it('the page tells of each route, and loads nothing and runs nothing', async () => {
  const answer = await server.inject({ url: '/docs', headers: { host: '127.0.0.1:8080' } });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  for (const { id, path } of routesOf({ ...house.doors, localTime })) {
    expect(answer.payload).toContain(`id="${id}"`);
    expect(answer.payload).toContain(`<code>${path}</code>`);
  }
  expect(answer.payload).not.toMatch(/<script|<link|<img|\bsrc=|@import|url\(|\son\w+="/i);
  const targets = [...answer.payload.matchAll(/href="([^"]*)"/g)].map(([, target = '']) => target);
  expect(targets.filter((target) => !target.startsWith('#'))).toEqual(['/v1/openapi.json']);
  for (const target of targets.filter((one) => one.startsWith('#')))
    expect(answer.payload).toContain(`id="${target.slice(1)}"`);
});

it('shows names, limits, defaults, scopes and errors', async () => {
  const { payload } = await server.inject({ url: '/docs', headers: { host: '127.0.0.1:8080' } });
  const section = payload.slice(payload.indexOf('id="listMessages"'), payload.indexOf('id="getMessage"'));
  expect(section).toContain('Needs the scope <code>read</code>');
  expect(section).toContain('integer 1 to 1000</td><td>10 by default');
  expect(section).toContain('<code>smsc_time</code>');
  expect(section).toContain('<code>request_invalid</code>');
});

it('keeps what the document says text', () => {
  const spec = { operationId: 'x', tags: ['<b>'], summary: '<script>', description: '`<i>`', responses: {} };
  const page = docsPage({ info: { description: '' }, paths: { '/<': { get: spec } } });
  expect(page).not.toMatch(/<script|<i>|<b>/);
});

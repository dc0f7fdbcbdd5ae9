import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { temporaryFolder } from '../../support/gateway-process.ts';
import { type House, openHouse } from '../app/house.ts';

let folder: ReturnType<typeof temporaryFolder>;
let house: House;
let server: ReturnType<typeof createHttpServer>;
beforeEach(async () => {
  folder = temporaryFolder();
  house = await openHouse(0);
  server = createHttpServer({ ...house.doors, log: silentLogger, pageDirectory: join(folder.path, 'web') });
});
afterEach(async () => {
  await server.close();
  await house.close();
  folder[Symbol.dispose]();
});

function build(text: string): void {
  const web = join(folder.path, 'web');
  mkdirSync(join(web, 'assets'), { recursive: true });
  writeFileSync(join(folder.path, 'secret.html'), 'secret');
  writeFileSync(join(web, 'index.html'), text);
  writeFileSync(join(web, 'assets/app-1a2b.js'), 'plain');
  writeFileSync(join(web, 'assets/app-1a2b.js.gz'), gzipSync('packed'));
  writeFileSync(join(web, 'built.json'), '{}');
}

const ask = (url: string, headers: Record<string, string> = {}, from = '127.0.0.1') =>
  server.inject({ url, headers: { host: '127.0.0.1:8080', accept: 'text/html', ...headers }, remoteAddress: from });

it('without a page says how the gateway is, and what can be asked', async () => {
  const answer = await ask('/');
  expect(answer.statusCode).toBe(200);
  expect(answer.payload).toContain('What can be asked');
});

it('is there at every address that a browser opens, and nowhere where the API is', async () => {
  build('<p>page</p>');
  for (const url of ['/', '/messages', '/messages/%2B79161234567', '/calls?x=1'])
    expect((await ask(url)).payload).toBe('<p>page</p>');
  for (const url of ['/v1/nothing', '/health/nothing', '/get-nothing'])
    expect((await ask(url)).json()).toMatchObject({ code: 'not_found' });
  expect((await ask('/messages', { accept: 'application/json' })).statusCode).toBe(404);
  const { headers } = await ask('/');
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
  expect(headers['cache-control']).toBe('no-cache');
});

it('gives files as they were packed, and once to each browser', async () => {
  build('<p>page</p>');
  const packed = await ask('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' });
  expect(packed.headers).toMatchObject({
    'content-encoding': 'gzip',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
  });
  expect((await ask('/assets/app-1a2b.js')).payload).toBe('plain');
  const etag = String((await ask('/')).headers.etag);
  expect((await ask('/', { 'if-none-match': etag })).statusCode).toBe(304);
});

it('reads nothing beside the page, however it is asked for', async () => {
  build('<p>page</p>');
  for (const url of [
    '/../secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '/assets/../../secret.html',
    '/built.json',
  ])
    expect((await ask(url, { accept: '*/*' })).payload).not.toContain('secret"');
  expect((await ask('/..%2fsecret.html')).payload).not.toBe('secret');
});

it('a page that is built anew is the one that is given', async () => {
  build('<p>old</p>');
  expect((await ask('/')).payload).toBe('<p>old</p>');
  await new Promise((done) => setTimeout(done, 20));
  build('<p>new</p>');
  expect((await ask('/')).payload).toBe('<p>new</p>');
});

it('asks nobody for a key, and opens nothing else with that', async () => {
  build('<p>page</p>');
  expect((await ask('/', {}, '192.168.1.5')).statusCode).toBe(403);
  await house.doors.password.set('correct horse battery');
  expect((await ask('/', {}, '192.168.1.5')).payload).toBe('<p>page</p>');
  expect((await ask('/get-sms', {}, '192.168.1.5')).statusCode).toBe(401);
});

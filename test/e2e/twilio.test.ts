import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveVirtualModem, type ServedVirtualModem } from '../../src/virtual/serve.ts';
import { GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { until } from '../support/until.ts';

const root = resolve(import.meta.dirname, '../..');
const account = `AC${'0'.repeat(32)}`;
const folder = temporaryFolder();
let served: ServedVirtualModem;
let gateway: GatewayProcess;
let key: string;
beforeAll(async () => {
  served = await serveVirtualModem({ pty: true, profile: 'clean', seed: 3, latencyMs: 1 });
  gateway = await GatewayProcess.start({ MODEM_PORT: served.port, DATA_DIR: join(folder.path, 'data') });
  await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
  const made = await gateway.post('/v1/keys', { name: 'twilio', scopes: ['read', 'send'] });
  ({ key } = JSON.parse(await made.text()));
}, 60_000);
afterAll(async () => {
  await gateway?.end('SIGTERM');
  await served?.close();
  folder[Symbol.dispose]();
});

class ThroughSimloft extends twilio.RequestClient {
  override request<TData>(options: RequestClient.RequestOptions<TData>) {
    return super.request<TData>({ ...options, uri: options.uri.replace('https://api.twilio.com', gateway.base) });
  }
}
const clientWith = (token: string) => twilio(account, token, { httpClient: new ThroughSimloft() });

it('the client of Twilio sends, learns what became of it, and lists what came back', async () => {
  const { messages } = clientWith(key);
  const made = await messages.create({ to: '+79161234567', from: 'modem', body: 'Hello from Twilio' });
  expect(made).toMatchObject({ status: 'queued', to: '+79161234567', numSegments: '1' });
  await until('the message to be sent', async () =>
    ['sent', 'delivered'].includes((await messages(made.sid).fetch()).status),
  );
  expect(served.modem.network.submitted.at(-1)?.text).toBe('Hello from Twilio');
  served.modem.network.deliver({ from: '+79161234567', text: 'And back' });
  const [answer] = await until('the answer', async () => {
    const found = await messages.list({ from: '+79161234567', limit: 5 });
    return found.length > 0 && found;
  });
  expect(answer).toMatchObject({ body: 'And back', direction: 'inbound' });
  expect(answer?.dateCreated).toBeInstanceOf(Date);
});

it('its errors are its own', async () => {
  const { messages } = clientWith(key);
  await expect(messages.create({ to: 'nobody', body: 'x' })).rejects.toMatchObject({ status: 400, code: 21211 });
  await expect(messages(`SM${'f'.padStart(32, '0')}`).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  const stranger = clientWith('smlf_wrong').messages;
  await expect(stranger.create({ to: '+79161234567', body: 'x' })).rejects.toMatchObject({ status: 401, code: 20003 });
});

it('the example of the guide works', async () => {
  const guide = readFileSync(join(root, 'docs/guides/drop-in.md'), 'utf8');
  const file = join(root, '.cache/twilio.mjs');
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(file, /```js\n([^]*?)```/.exec(guide)?.[1] ?? '');
  const env = { ...process.env, SIMLOFT: gateway.base, SIMLOFT_KEY: key };
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env });
  expect(stdout).toMatch(/^(?:queued|sending|sent|delivered)\n$/);
});

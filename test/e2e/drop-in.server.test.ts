import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveVirtualModem, type ServedVirtualModem } from '../../src/virtual/serve.ts';
import { GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { alertmanagerPath } from '../support/servers/alertmanager.ts';
import { freePort, PrivateProcess } from '../support/servers/private-process.ts';
import { until } from '../support/until.ts';

const folder = temporaryFolder();
let served: ServedVirtualModem;
let gateway: GatewayProcess;
let guide: string;
beforeAll(async () => {
  served = await serveVirtualModem({ pty: true, profile: 'clean', seed: 3, latencyMs: 1 });
  gateway = await GatewayProcess.start({ MODEM_PORT: served.port, DATA_DIR: join(folder.path, 'data') });
  await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
  const made = await gateway.post('/v1/keys', { name: 'house', scopes: ['read', 'send'] });
  const { key }: { key: string } = JSON.parse(await made.text());
  guide = readFileSync(resolve(import.meta.dirname, '../../docs/guides/drop-in.md'), 'utf8')
    .replaceAll('http://192.168.1.2:8080', gateway.base)
    .replaceAll(/\bKEY\b/g, key);
}, 60_000);
afterAll(async () => {
  await gateway?.end('SIGTERM');
  await served?.close();
  folder[Symbol.dispose]();
});

const texts = () => served.modem.network.submitted.map(({ text }) => text);

async function curl(what: RegExp): Promise<string> {
  const [line = ''] = guide.split('\n').filter((one) => one.startsWith('    curl ') && what.test(one));
  return (await promisify(execFile)('sh', ['-c', line])).stdout;
}

it('the examples for sms-gammu-gateway work', async () => {
  expect(JSON.parse(await curl(/\/sms$/))).toEqual({ status: 200, message: '[1]' });
  await until('the message to be sent', () => texts().includes('Hello'));
  served.modem.network.deliver({ from: '+79161234567', text: 'And back' });
  const got = await until('the answer', async () => {
    const sms: unknown = JSON.parse(await curl(/getsms/));
    return Object(sms).Text !== '' && sms;
  });
  expect(got).toMatchObject({ Number: '+79161234567', State: 'UnRead', Text: 'And back' });
});

it('the example for Kannel works', async () => {
  const before = texts().length;
  expect(await curl(/sendsms/)).toBe('0: Accepted for delivery');
  await until('the message to be sent', () => texts().length > before);
});

/** Alertmanager with the receiver of the guide, and without its usual waits. */
async function openAlertmanager() {
  const receivers = /```yaml\n([^]*?)```/.exec(guide)?.[1] ?? '';
  const route = 'route: { receiver: sms, group_by: [alertname], group_wait: 1s, group_interval: 1s }';
  const [config, log] = [join(folder.path, 'alertmanager.yml'), join(folder.path, 'alertmanager.log')];
  writeFileSync(config, `${route}\n${receivers}`);
  const base = `127.0.0.1:${await freePort()}`;
  const flags = { 'config.file': config, 'storage.path': folder.path, 'web.listen-address': base };
  const words = [...Object.entries(flags), ['cluster.listen-address', '']].map(([name, value]) => `--${name}=${value}`);
  const server = new PrivateProcess(alertmanagerPath(), words, { env: process.env, log });
  await until('Alertmanager to be ready', async () => {
    if (!server.alive) throw new Error(readFileSync(log, 'utf8'));
    return fetch(`http://${base}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  });
  const tell = async (...alerts: object[]) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`http://${base}/api/v2/alerts`, {
      method: 'POST',
      headers,
      body: JSON.stringify(alerts),
    });
    expect(answer.status).toBe(200);
  };
  return { tell, end: () => server.end('SIGKILL') };
}

it('Alertmanager sends what it has to tell as SMS, set up as the guide says', { timeout: 180_000 }, async () => {
  const alertmanager = await openAlertmanager();
  try {
    const startsAt = new Date().toISOString();
    const alert = (instance: string, summary: string) => ({
      labels: { alertname: 'DiskFull', instance },
      annotations: { summary },
      startsAt,
    });
    const alerts = [alert('nas', 'nas has 2 % left'), alert('pi', 'No room')];
    await alertmanager.tell(...alerts);
    const firing = 'FIRING 2: DiskFull\nnas has 2 % left\npi No room';
    await until('the alarm', () => texts().includes(firing));
    await alertmanager.tell(...alerts.map((one) => ({ ...one, endsAt: new Date().toISOString() })));
    const resolved = firing.replace('FIRING', 'RESOLVED');
    await until('the end of it', () => texts().includes(resolved));
    expect(texts().filter((text) => text === firing || text === resolved)).toHaveLength(2);
    expect(served.modem.network.submitted.at(-1)).toMatchObject({ recipient: '+79161234567' });
  } finally {
    await alertmanager.end();
  }
});

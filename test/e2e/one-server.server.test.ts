import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ServedVirtualModem, serveVirtualModem } from '../../src/virtual/serve.ts';
import { askFor, GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { RoleProcess } from '../support/role-process.ts';
import { dropDatabase, freshDatabase } from '../support/servers/fresh.ts';
import { until } from '../support/until.ts';

/** AMQP_URL and DATABASE_URL, each set alone. */

const folder = temporaryFolder();
/** A virtual host of its own, or the server that was given. */
const broker = () => inject('rabbitVhosts')['one-server'] || inject('rabbitUrl');
let served: ServedVirtualModem;
beforeAll(async () => {
  served = await serveVirtualModem({ pty: true, profile: 'clean', seed: 4, latencyMs: 2, submitMs: 50 });
});
afterAll(async () => {
  await served.close();
  folder[Symbol.dispose]();
});

const receiveAndSend = async (gateway: GatewayProcess, text: string) => {
  served.modem.network.deliver({ from: '+79160000001', text });
  const texts = async () => (await gateway.get<{ text: string }[]>('/get-sms')).map((message) => message.text);
  await until('the message', async () => (await texts()).includes(text));
  const accepted = await askFor(gateway, { phone: '+79161234567', text });
  const state = async () => (await gateway.get<{ state: string }>(`/send-sms/${accepted?.id ?? 0}`)).state;
  await until('it to be sent', async () => /sent|delivered/.test(await state()), 30_000);
  expect(served.modem.network.submitted.filter((one) => one.text === text)).toHaveLength(1);
};

describe('with PostgreSQL alone', () => {
  it('all roles are one process, and their rows are in the database', async () => {
    const url = await freshDatabase();
    const env = { DATABASE_URL: url, MODEM_PORT: served.port, DATA_DIR: join(folder.path, 'a') };
    const gateway = await GatewayProcess.start(env);
    await receiveAndSend(gateway, 'by PostgreSQL alone');
    expect(await gateway.end('SIGTERM')).toBe(0);
    const again = await GatewayProcess.start(env);
    expect(await again.get('/get-sms')).toMatchObject([{ text: 'by PostgreSQL alone' }]);
    await again.end('SIGTERM');
    await dropDatabase(url);
  });

  it('a demonstration does not go among real messages', async () => {
    const started = GatewayProcess.start({
      DATABASE_URL: 'postgres://u:secret-word@127.0.0.1:1/x',
      DATA_DIR: folder.path,
    });
    const said = await started.then(String, String);
    expect(said).toContain('Set MODEM_PORT as well.');
    expect(said).not.toContain('secret-word');
  });
});

describe('with RabbitMQ alone', () => {
  it('the modem is elsewhere and the rows are here', async () => {
    const worker = new RoleProcess('worker', {
      AMQP_URL: broker(),
      MODEM_PORT: served.port,
      DATA_DIR: join(folder.path, 'w'),
    });
    await worker.start();
    const gateway = await GatewayProcess.start({ AMQP_URL: broker(), DATA_DIR: join(folder.path, 'b') });
    await receiveAndSend(gateway, 'by RabbitMQ alone');
    expect(await gateway.end('SIGTERM')).toBe(0);
    await worker.end('SIGTERM');
    expect(worker.output).not.toContain('guest:guest');
  });
});

describe('a role without its servers', () => {
  it('says what it needs', async () => {
    const handler = new RoleProcess('handler', { AMQP_URL: 'amqp://127.0.0.1:1' });
    await expect(handler.start()).rejects.toThrow('simloft handler needs DATABASE_URL');
  });

  it('waits for them, says so without the password, and ends when it is told', async () => {
    const handler = new RoleProcess('handler', {
      AMQP_URL: 'amqp://u:secret-word@127.0.0.1:1',
      DATABASE_URL: 'postgres://u:secret-word@127.0.0.1:1/x',
      MONITOR_PORT: '0',
    });
    handler.launch();
    await until('it to say what it waits for', () => handler.output.includes('127.0.0.1:1 cannot be reached'));
    await handler.end('SIGTERM');
    expect(handler.output).not.toContain('secret-word');
  });
});

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serveVirtualModem } from '../../src/virtual/serve.ts';
import { askFor, GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { until } from '../support/until.ts';

it('no code, no text and no whole number is in the log, however much is logged', async () => {
  using folder = temporaryFolder();
  const served = await serveVirtualModem({ pty: true, profile: 'zte-mf180', seed: 3, latencyMs: 1 });
  const env = { MODEM_PORT: served.port, DATA_DIR: join(folder.path, 'data'), LOG_LEVEL: 'debug' };
  const gateway = await GatewayProcess.start(env);
  try {
    await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
    const { network } = served.modem;
    network.deliver({ from: '+79165550123', text: 'Your verification code is 918273' });
    network.deliver({ from: 'Sberbank', text: 'Код 445566 для входа. '.repeat(8) });
    network.deliverPdu('07919761989901F0FF0B9197');
    network.ring({ from: '+79165550124', rings: 2, intervalMs: 60 });
    const sent = await askFor(gateway, { phone: '+79165550125', text: 'My answer is 313131' });
    await until('all of it to be there', async () => {
      const [messages, calls] = await Promise.all([
        gateway.get<unknown[]>('/get-sms'),
        gateway.get<unknown[]>('/get-calls'),
      ]);
      const { state } = await gateway.get<{ state: string }>(`/send-sms/${sent?.id}`);
      return messages.length >= 2 && calls.length > 0 && ['sent', 'delivered'].includes(state);
    });
    const wait = await fetch(`${gateway.base}/v1/wait/code?since=2020-01-01T00:00:00Z`);
    expect(await wait.json()).toMatchObject({ code: '918273' });
    const bad = await gateway.post('/v1/messages', { to: '+79165550126', text: 'It is 272727', oops: '+79165550127' });
    expect(bad.status).toBe(400);
  } finally {
    await gateway.end('SIGTERM');
    await served.close();
  }
  expect(gateway.output).toContain('debug');
  expect(gateway.output).not.toMatch(/918273|445566|313131|272727|verification|Код|answer/);
  expect(gateway.output).not.toMatch(/7916555012\d/);
});

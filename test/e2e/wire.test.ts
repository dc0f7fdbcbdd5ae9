import { afterAll, beforeAll, expect, it } from 'vitest';
import { EventListener } from '../support/event-listener.ts';
import { GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { until } from '../support/until.ts';

const folder = temporaryFolder();
let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await GatewayProcess.start({ DATA_DIR: folder.path, LOG_LEVEL: 'warn' });
  await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
}, 60_000);
afterAll(async () => {
  await gateway?.end('SIGTERM');
  folder[Symbol.dispose]();
});

it('the dialogue with the modem can be watched; what is private in it cannot', async () => {
  const listener = new EventListener(`${gateway.base}/v1/modems/virtual/trace`);
  await until('the stream', () => listener.response !== null);
  expect(listener.response?.statusCode).toBe(200);
  await gateway.post('/v1/demo', { do: 'sms', from: '+79165550123', text: 'Your code is 124556' });
  await gateway.post('/send-sms', { phone: '+79165550123', text: 'Thank you' });
  const told = () => listener.events.map(({ data }) => data ?? '').join('\n');
  await until('both', () => told().includes('+CMTI') && told().includes('+CMGS: '));
  await until('its reading', () => told().includes('AT+CMGR'));
  expect(told()).toContain('"direction":"out"');
  expect(told()).toMatch(/•••• \(\d+ octets\)/);
  expect(told()).not.toMatch(/[0-9A-F]{20}|9165550123|124556/);
  listener.leave();
});

it('the ports of the machine are told', async () => {
  const seen = await gateway.get<{ ports: unknown[]; remarks: unknown[] }>('/v1/modems/virtual/ports');
  expect(seen).toEqual({ ports: expect.any(Array), remarks: expect.any(Array) });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedVirtualModem, serveVirtualModem } from '../../src/virtual/serve.ts';
import { askFor } from '../support/gateway-process.ts';
import { query } from '../support/servers/postgres.ts';
import { Stack } from '../support/stack.ts';
import { until } from '../support/until.ts';

interface Sent {
  readonly state: string;
  readonly error: string | null;
}

let served: ServedVirtualModem;
let stack: Stack;

beforeAll(async () => {
  served = await serveVirtualModem({ pty: true, profile: 'clean', seed: 3, latencyMs: 2, submitMs: 300 });
  stack = await Stack.start({
    modems: { modem: served.port },
    env: { LOG_LEVEL: 'info', SIGNAL_INTERVAL: '5s' },
    shared: 'roles',
  });
  await stack.add('standby', 'worker', { MODEM_NAME: 'modem', MODEM_PORT: served.port });
  for (const role of ['handler', 'scheduler', 'api'] as const) await stack.add(`second ${role}`, role);
}, 120_000);
afterAll(async () => {
  await stack?.stop();
  await served?.close();
}, 60_000);

const texts = async (name = 'api') =>
  (await stack.role(name).process.get<{ text: string }[]>('/get-sms?limit=1000')).map(({ text }) => text);
const stateOf = async (id: number) => (await stack.api.get<Sent>(`/send-sms/${id}`)).state;
const send = async (text: string): Promise<number> => {
  const accepted = await askFor(stack.api, { phone: '+79161234567', text });
  if (accepted === null) throw new Error('the message was not accepted');
  return accepted.id;
};
const leftFor = (text: string) => served.modem.network.submitted.filter((one) => one.text === text).length;
const whoServes = () =>
  [...stack.roles].filter(([, { process }]) => process.output.includes('The link is ready')).map(([name]) => name);

describe('an installation in roles', () => {
  it('stores what comes in, and each API shows it', async () => {
    served.modem.network.deliver({ from: '+79160000001', text: 'first' });
    await until('the message', async () => (await texts()).includes('first'));
    expect(await texts('second api')).toEqual(['first']);
    expect(await stack.api.get('/health/ready')).toEqual({ ready: true, reasons: [] });
  });

  it('sends each message once, though two schedulers look for it', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, (_, index) => send(`once ${index}`)));
    for (const id of ids) await until('it to be sent', async () => /sent|delivered/.test(await stateOf(id)), 30_000);
    for (const index of ids.keys()) expect(leftFor(`once ${index}`)).toBe(1);
  });

  it('has one of its workers at the modem; the other stands by', () => {
    expect(whoServes()).toEqual(['worker modem']);
  });

  it('fires each poll once for all schedulers', async () => {
    const polls = async () => {
      const [row] = await query(stack.databaseUrl, "select fired_at from schedule where name like 'modem: signal%'");
      return Number(row?.['fired_at']);
    };
    const times: number[] = [];
    await until('three polls', async () => {
      const at = await polls();
      if (times.at(-1) !== at) times.push(at);
      return times.length === 3;
    });
    // The first difference may belong to the moment in which the modem became ready.
    for (const [index, at] of times.slice(2).entries()) expect(at - (times[index + 1] ?? 0)).toBeGreaterThan(4_000);
  });

  it('lets the standby take over within 15 s, and calls unknown what the dead worker had begun', async () => {
    const id = await send('on its way');
    await until('the PDU to be with the modem', async () => (await stateOf(id)) === 'sending');
    const waiting = await send('waits');
    const died = performance.now();
    await stack.role('worker modem').process.end('SIGKILL');
    served.modem.network.deliver({ from: '+79160000001', text: 'meanwhile' });
    await until('the standby to bring it', async () => (await texts()).includes('meanwhile'), 15_000);
    expect(performance.now() - died).toBeLessThan(15_000);
    expect(await until('the state', async () => (await stateOf(id)) !== 'sending' && stateOf(id))).toBe('unknown');
    await until('the other one to be sent', async () => /sent|delivered/.test(await stateOf(waiting)), 30_000);
    expect(leftFor('on its way')).toBeLessThanOrEqual(1);
    expect(leftFor('waits')).toBe(1);
  });

  it('tells in the API that a modem has no worker, and that it has one again', async () => {
    await stack.role('standby').process.end('SIGKILL');
    const reasons = async () => {
      const response = await fetch(`${stack.api.base}/health/ready`);
      return response.text();
    };
    await until('the API to say so', async () => (await reasons()).includes('no_worker'), 20_000);
    await stack.role('worker modem').process.start();
    await until('the API to be ready', async () => (await reasons()).includes('"ready":true'), 20_000);
  });

  it('goes on with one of each role when the others are gone', async () => {
    for (const name of ['handler', 'scheduler', 'api']) await stack.role(name).process.end('SIGKILL');
    served.modem.network.deliver({ from: '+79160000001', text: 'after' });
    const other = stack.role('second api').process;
    await until('the message', async () => (await texts('second api')).includes('after'));
    const accepted = await askFor(other, { phone: '+79161234567', text: 'by the second' });
    const sent = async () => (await other.get<Sent>(`/send-sms/${accepted?.id ?? 0}`)).state;
    await until('it to be sent', async () => /sent|delivered/.test(await sent()), 30_000);
    expect(leftFor('by the second')).toBe(1);
  });

  it('ends in order when it is told to', async () => {
    for (const name of ['worker modem', 'second handler', 'second scheduler', 'second api']) {
      const { process } = stack.role(name);
      await process.end('SIGTERM');
      expect(process.output).toContain('Stopping.');
    }
  });
});

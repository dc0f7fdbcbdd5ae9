import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EventListener } from '../test/support/event-listener.ts';
import { GatewayProcess } from '../test/support/gateway-process.ts';
import { RoleProcess } from '../test/support/role-process.ts';
import { query } from '../test/support/servers/postgres.ts';
import { until } from '../test/support/until.ts';
import { Installation } from './distributed-installation.ts';
import { BenchNetwork } from './distributed-network.ts';
import { type Figure, median, processorMs, residentMiB, show, workFolder } from './lab.ts';

const listeners = 1_000;
const events = 50;
const waiters = 100;
const restMs = 3_000;

/** What it costs when many listen in one process, and how soon those who wait in two processes of the API are answered. */
export async function benchLive(): Promise<Figure[]> {
  return [...(await manyListeners()), ...(await manyWaiters())];
}

async function manyListeners(): Promise<Figure[]> {
  using folder = workFolder();
  const network = await BenchNetwork.start(1);
  const [port = ''] = network.ports;
  const gateway = await GatewayProcess.start({ MODEM_PORT: port, DATA_DIR: folder.path, LOG_LEVEL: 'warn' });
  const all: EventListener[] = [];
  try {
    await received(gateway, network, 'Warm');
    await pause(restMs);
    const before = residentMiB(gateway.pid);
    for (let count = 0; count < listeners; count += 1)
      all.push(new EventListener(`${gateway.base}/v1/events?types=message.received`));
    await Promise.all(all.map((one) => one.begun()));
    await pause(restMs);
    const connected = residentMiB(gateway.pid);
    const used = processorMs(gateway.pid);
    const reached: number[] = [];
    for (let count = 1; count <= events; count += 1) {
      await network.deliver({ modem: 0, text: `Event ${count}` });
      await until('the last to hear of it', () => all.every((one) => one.events.length >= count));
      reached.push(Date.now() - committedAt(all[0]));
    }
    const busy = (processorMs(gateway.pid) - used) / events;
    const perListener = (MiB: number) => ((MiB - before) * 1024) / listeners;
    return [
      {
        name: `memory of each of ${listeners} listeners, connected`,
        value: perListener(connected),
        unit: 'KiB',
        atMost: 64,
      },
      { name: `the same after ${events} events`, value: perListener(residentMiB(gateway.pid)), unit: 'KiB' },
      {
        name: `from the stamp of a message until all ${listeners} have it, median`,
        value: median(reached),
        unit: 'ms',
        atMost: 250,
      },
      { name: `processor time of the gateway for an event to ${listeners}`, value: busy, unit: 'ms' },
    ];
  } finally {
    for (const one of all) one.leave();
    await gateway.end('SIGTERM');
    await network.stop();
  }
}

/** The moment that the newest message was stamped, which is right before its commit. */
function committedAt(listener: EventListener | undefined): number {
  const message: { at: string } = JSON.parse(listener?.events.at(-1)?.data ?? '{"at":""}');
  return Date.parse(message.at);
}

async function received(gateway: GatewayProcess, network: BenchNetwork, text: string): Promise<void> {
  await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok, 60_000);
  await network.deliver({ modem: 0, text });
  await until(text, async () => (await gateway.get<unknown[]>('/get-sms')).length > 0);
}

async function manyWaiters(): Promise<Figure[]> {
  using folder = workFolder();
  const network = await BenchNetwork.start(1);
  const { ports } = network;
  const installation = await Installation.start({ folder: folder.path, ports, workers: 1, handlers: 1 });
  const { databaseUrl, rabbit } = installation;
  const second = new RoleProcess('api', {
    DATA_DIR: join(folder.path, 'api-2'),
    AMQP_URL: rabbit.url,
    DATABASE_URL: databaseUrl,
    MODEM_NAME: 'modem-0',
    LOG_LEVEL: 'warn',
  });
  try {
    await second.start();
    const apis = [installation.api, second];
    await until('the modem to be ready', async () => (await fetch(`${second.base}/health/ready`)).ok, 60_000);
    const answered: { row: number; at: number }[] = [];
    const claims = Array.from({ length: waiters }, async (_, who) => {
      const response = await fetch(`${apis[who % 2]?.base}/v1/wait/message?timeout=300`, { method: 'POST' });
      const { message }: { message: { id: string } } = JSON.parse(await response.text());
      answered.push({ row: Number(message.id.slice('in-'.length)), at: Date.now() });
    });
    await pause(restMs);
    for (let count = 1; count <= waiters; count += 1) {
      await network.deliver({ modem: 0, text: `Message ${count}` });
      await until('its answer', () => answered.length >= count);
    }
    await Promise.all(claims);
    const rows = await query(databaseUrl, "select row, at from feed where type = 'message.received'");
    const committed = new Map(rows.map(({ row, at }) => [Number(row), Number(at)]));
    const late = answered.map(({ row, at }) => at - (committed.get(row) ?? Number.NaN));
    const sorted = late.toSorted((a, b) => a - b);
    return [
      {
        name: `messages given to ${waiters} waiters in 2 processes, each once`,
        value: new Set(answered.map(({ row }) => row)).size,
        unit: '',
        atLeast: waiters,
      },
      {
        name: 'from the commit of a message to the answer of a wait, median',
        value: median(late),
        unit: 'ms',
        atMost: 20,
      },
      { name: 'the same, p95', value: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN, unit: 'ms' },
    ];
  } finally {
    await second.end('SIGTERM');
    await installation.stop();
    await network.stop();
  }
}

if (import.meta.main) for (const figure of await benchLive()) show(figure);

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../src/core/clock.ts';
import { silentLogger } from '../src/core/logger.ts';
import { openPostgresStore } from '../src/store/postgres/postgres-store.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../src/store/store.ts';
import { GatewayProcess } from '../test/support/gateway-process.ts';
import { query } from '../test/support/servers/postgres.ts';
import { until } from '../test/support/until.ts';
import { Installation } from './distributed-installation.ts';
import { latenciesOf } from './distributed-latency.ts';
import { BenchNetwork, machineMs } from './distributed-network.ts';
import { storeAlone } from './distributed-store.ts';
import { ownUsage, type Usage, usageOf } from './distributed-usage.ts';
import { type Figure, median, show, workFolder } from './lab.ts';

const modems = 50;
const each = 120;
const samples = 200;
/** `/get-sms` shows no more at once. */
const mostShown = 1000;
const restMs = 5_000;
const itself = 'the bench itself';

/** A whole installation in roles: 50 modems in 5 workers, 2 handlers, a scheduler, an API, RabbitMQ and PostgreSQL, on this one machine. */
export async function benchDistributed(): Promise<Figure[]> {
  using folder = workFolder();
  const network = await BenchNetwork.start(modems);
  const { ports } = network;
  const installation = await Installation.start({ folder: join(folder.path, 'roles'), ports, workers: 5, handlers: 2 });
  try {
    const url = installation.databaseUrl;
    await until(
      'all modems to be ready',
      async () => (await count(url, "modem where state = 'ready'")) === modems,
      60_000,
    );
    await pause(restMs);
    const groups = new Map([...installation.groups, ['virtual modems', [network.pid]]]);
    const usage = () => usageOf(groups).set(itself, ownUsage());
    const atRest = usage();
    const storm = await measureStorm(network, url);
    const loaded = usage();
    const latencies = await latenciesOf(network, installation.api, samples);
    return [
      ...storm,
      ...shares(atRest, loaded),
      ...memories('at rest', atRest),
      ...memories('after the load', loaded),
      ...latencyFigures('RabbitMQ and PostgreSQL', latencies, 40),
      ...(await embedded(join(folder.path, 'embedded'))),
      ...storeFigures('PostgreSQL', await postgresAlone(installation)),
      ...storeFigures('SQLite', await sqliteAlone(join(folder.path, 'sqlite'))),
    ];
  } finally {
    await installation.stop();
    await network.stop();
  }
}

async function count(url: string, what: string): Promise<number> {
  const [row] = await query(url, `select count(*)::int as n from ${what}`);
  return Number(row?.['n'] ?? Number.NaN);
}

/** All at once, until the last is stored. */
async function measureStorm(network: BenchNetwork, url: string): Promise<Figure[]> {
  const all = modems * each;
  const begun = await network.deliver({ each });
  await until(
    'all messages to be stored',
    async () => {
      await pause(100);
      return (await count(url, 'inbound')) >= all;
    },
    300_000,
  );
  const seconds = (machineMs() - begun) / 1000;
  await pause(1_000);
  const [rows, texts] = [await count(url, 'inbound'), await count(url, '(select distinct text from inbound) as texts')];
  return [
    {
      name: `received messages stored, ${modems} modems, 5 workers, 2 handlers`,
      value: all / seconds,
      unit: '/s',
      atLeast: 300,
    },
    {
      name: `of ${all} messages lost or stored twice`,
      value: Math.abs(all - texts) + Math.abs(rows - texts),
      unit: '',
      atMost: 0,
    },
  ];
}

/** Who used the processor during the load. The bench itself only waits and counts. */
function shares(before: ReadonlyMap<string, Usage>, after: ReadonlyMap<string, Usage>): Figure[] {
  const used = [...after].map(([name, usage]) => ({
    name,
    ms: usage.processorMs - (before.get(name)?.processorMs ?? 0),
  }));
  const all = used.reduce((sum, { ms }) => sum + ms, 0);
  return [
    ...used.map(({ name, ms }) => ({
      name: `of the processor time of the load: ${name}`,
      value: (ms / all) * 100,
      unit: '%',
    })),
    { name: 'processor time for each message, all together', value: all / (modems * each), unit: 'ms' },
  ];
}

const memories = (when: string, usage: ReadonlyMap<string, Usage>): Figure[] =>
  [...usage]
    .filter(([name]) => name !== itself)
    .map(([name, { memoryMiB }]) => ({ name: `memory ${when} (PSS): ${name}`, value: memoryMiB, unit: 'MiB' }));

function latencyFigures(through: string, latencies: readonly number[], atMost?: number): Figure[] {
  const p95 = latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.95)] ?? Number.NaN;
  const name = `from +CMTI to /get-sms through ${through}`;
  return [
    { name: `${name}, median`, value: median(latencies), unit: 'ms', ...(atMost === undefined ? {} : { atMost }) },
    { name: `${name}, 95 of 100`, value: p95, unit: 'ms' },
  ];
}

/** The same of the one process with a modem of its own, for comparison. */
async function embedded(directory: string): Promise<Figure[]> {
  const network = await BenchNetwork.start(1);
  const env = { MODEM_PORT: network.ports[0] ?? '', DATA_DIR: directory, LOG_LEVEL: 'warn' };
  const gateway = await GatewayProcess.start(env);
  const memory = (when: string) => memories(when, usageOf(new Map([['the one process', [gateway.pid]]])));
  try {
    await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
    await pause(restMs);
    const atRest = memory('at rest');
    const begun = await network.deliver({ each: mostShown });
    const stored = async () => (await gateway.get<unknown[]>(`/get-sms?limit=${mostShown}`)).length;
    await until('all messages to be stored', async () => {
      await pause(100);
      return (await stored()) === mostShown;
    });
    const value = (mostShown * 1000) / (machineMs() - begun);
    const afterLoad = memory('after the load');
    const latencies = await latenciesOf(network, gateway, samples);
    return [
      { name: 'received messages stored by the one process, 1 modem', value, unit: '/s' },
      ...atRest,
      ...afterLoad,
      ...latencyFigures('the one process', latencies),
    ];
  } finally {
    await gateway.end('SIGTERM');
    await network.stop();
  }
}

async function postgresAlone({ postgres }: Installation) {
  const url = await postgres.createDatabase('alone');
  return alone(await openPostgresStore({ url, clock: systemClock, log: silentLogger }));
}

const sqliteAlone = async (directory: string) =>
  alone(await openSqliteStore({ directory, clock: systemClock, log: silentLogger }));

async function alone(store: Store) {
  try {
    return await storeAlone(store, each);
  } finally {
    await store.close();
  }
}

const storeFigures = (name: string, { inProcess, sideBySide }: { inProcess: number; sideBySide: number }): Figure[] => [
  { name: `${name} alone, one event after the other`, value: inProcess, unit: '/s' },
  { name: `${name} alone, 50 modems side by side`, value: sideBySide, unit: '/s' },
];

if (import.meta.main) for (const figure of await benchDistributed()) show(figure);

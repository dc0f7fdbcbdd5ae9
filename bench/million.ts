import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { systemClock } from '../src/core/clock.ts';
import { silentLogger } from '../src/core/logger.ts';
import { openPostgresStore } from '../src/store/postgres/postgres-store.ts';
import type { InboundQuery } from '../src/store/records.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../src/store/store.ts';
import { inboundSql, minute, sendersSql } from '../test/support/many-rows.ts';
import { type PostgresServer, startPostgres } from '../test/support/servers/postgres.ts';
import { type Figure, median, show, workFolder } from './lab.ts';

const few = 1_000;
const many = 1_000_000;
const batch = 100_000;
const warmUp = 100;
/** Runs of so many rounds each; the median of their figures, as other work on the machine comes in bursts. */
const runs = 5;
const rounds = 300;

const service = { clock: systemClock, log: silentLogger };

/** What `/get-sms` asks, of a store whose newest message is number `rows`. */
const questions: readonly (readonly [string, (rows: number) => InboundQuery])[] = [
  ['the newest 10', () => ({ limit: 10 })],
  ['since a moment', (rows) => ({ limit: 10, storedAfter: (rows - 500) * minute })],
  ['a common sender in full', () => ({ limit: 10, sender: 'Bank10' })],
  ['a common part of a sender', () => ({ limit: 10, sender: 'bank' })],
  ['a part of a rare sender', () => ({ limit: 10, sender: 'rar' })],
  ['a sender that never wrote', () => ({ limit: 10, sender: 'zzzz' })],
  ['a part of a sender since a moment', (rows) => ({ limit: 10, sender: 'bank', storedAfter: (rows - 500) * minute })],
  ['a rare sender since a moment', (rows) => ({ limit: 10, sender: 'rar', storedAfter: (rows - 500) * minute })],
];

/** Whether who asks for messages feels how many there are: a thousand and a million, in both stores. */
export async function benchMillion(): Promise<Figure[]> {
  using folder = workFolder();
  const server = await startPostgres();
  try {
    return [
      ...(await compare('SQLite', (rows) => filledSqlite(join(folder.path, `${rows}`), rows))),
      ...(await compare('PostgreSQL', (rows) => filledPostgres(server, rows))),
    ];
  } finally {
    await server.stop();
  }
}

async function compare(name: string, filled: (rows: number) => Promise<Store>): Promise<Figure[]> {
  const small = await filled(few);
  const large = await filled(many);
  try {
    const figures: Figure[] = [];
    for (const [what, query] of questions) {
      const [fast, slow] = await timed([
        () => small.inboundMessages(query(few)),
        () => large.inboundMessages(query(many)),
      ]);
      const said = `p50 ${at(fast, 0.5)} → ${at(slow, 0.5)}, p99 ${at(fast, 0.99)} → ${at(slow, 0.99)} ms`;
      const value = percentile(slow, 0.99) / percentile(fast, 0.99);
      figures.push({ name: `${name}, ${what}: ${said}`, value, unit: '×', atMost: 2 });
    }
    return figures;
  } finally {
    await small.close();
    await large.close();
  }
}

/** In turn, so that whatever else the machine does falls on both alike. */
async function timed(asks: readonly [() => Promise<unknown>, () => Promise<unknown>]): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  for (let round = -warmUp; round < runs * rounds; round += 1) {
    for (const [index, ask] of asks.entries()) {
      const begun = performance.now();
      await ask();
      if (round >= 0) times[index]?.push(performance.now() - begun);
    }
  }
  return times;
}

function percentile(times: readonly number[], part: number): number {
  const each = Array.from({ length: runs }, (_, run) => {
    const sorted = times.slice(run * rounds, (run + 1) * rounds).toSorted((a, b) => a - b);
    return sorted[Math.floor(rounds * part)] ?? Number.NaN;
  });
  return median(each);
}

const at = (times: readonly number[], part: number): string => percentile(times, part).toFixed(2);

/** The statements that fill a store with so many messages. */
function* filling(rows: number): Iterable<string> {
  yield sendersSql;
  for (let from = 1; from <= rows; from += batch) yield inboundSql(from, Math.min(from + batch - 1, rows));
}

async function filledSqlite(directory: string, rows: number): Promise<Store> {
  await (await openSqliteStore({ ...service, directory })).close();
  {
    using database = new DatabaseSync(join(directory, 'simloft.db'));
    for (const statement of filling(rows)) database.exec(statement);
  }
  return openSqliteStore({ ...service, directory });
}

async function filledPostgres(server: PostgresServer, rows: number): Promise<Store> {
  const url = await server.createDatabase(`rows_${rows}`);
  await (await openPostgresStore({ ...service, url })).close();
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of filling(rows)) await client.query(statement);
  // As autovacuum leaves it after a while.
  await client.query('vacuum analyze');
  await client.end();
  return openPostgresStore({ ...service, url });
}

if (import.meta.main) for (const figure of await benchMillion()) show(figure);

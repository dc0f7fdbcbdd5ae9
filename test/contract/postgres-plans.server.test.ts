import { CamelCasePlugin, type CompiledQuery, Kysely } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { readAddress } from '../../src/store/postgres/address.ts';
import { Connections } from '../../src/store/postgres/connections.ts';
import { postgresDialect } from '../../src/store/postgres/dialect.ts';
import { openPostgresStore, postgresCapabilities } from '../../src/store/postgres/postgres-store.ts';
import { claimsOf, readsOf, transactionOf } from '../../src/store/repository.ts';
import type { Schema } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { inboundSql, restSql, sendersSql } from '../support/many-rows.ts';
import { dropDatabase, freshDatabase } from '../support/servers/fresh.ts';
import { questionsOf } from './store-questions.ts';

/** A store with rows of every kind, which tells what it asks of the server. */
async function filled(rows: number) {
  const url = await freshDatabase();
  await (await openPostgresStore({ url, clock: systemClock, log: silentLogger })).close();
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of [sendersSql, inboundSql(1, rows), ...restSql(rows), 'vacuum analyze'])
    await client.query(statement);
  const address = readAddress(url);
  const connections = new Connections({ address, log: silentLogger, size: 1, connectMs: 5_000, answerMs: 0 });
  const asked: CompiledQuery[] = [];
  const db = new Kysely<Schema>({
    dialect: postgresDialect(connections),
    plugins: [new CamelCasePlugin()],
    log: ({ query }) => void asked.push(query),
  });
  const store: Store = {
    ...readsOf(db, postgresCapabilities),
    ...claimsOf(db, postgresCapabilities),
    transaction: (work) => work(transactionOf(db, postgresCapabilities)),
    check: async () => {},
    scrub: async () => {},
    compact: async () => false,
    close: () => connections.close(),
  };
  return {
    rows,
    /** The plans of all statements of a question, as they were carried out. */
    async plans(question: (store: Store) => Promise<unknown>): Promise<Plan[]> {
      asked.length = 0;
      await question(store);
      const plans: Plan[] = [];
      for (const { sql, parameters } of asked) {
        const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
          `explain (analyze, timing off, format json) ${sql}`,
          [...parameters],
        );
        for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? []) plans.push(Plan);
      }
      return plans;
    },
    async dispose() {
      await store.close();
      await client.end();
      await dropDatabase(url);
    },
  };
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** How many rows a node took out of its table or index. */
const rowsOf = (node: Plan): number => {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return (node['Actual Rows'] + removed) * node['Actual Loops'];
};

const rowsRead = (plans: readonly Plan[]): number =>
  plans
    .flatMap(nodesOf)
    .filter((node) => node['Node Type'].endsWith(' Scan') && !/CTE|Subquery/.test(node['Node Type']))
    .reduce((sum, node) => sum + rowsOf(node), 0);

const big = new Set(['inbound', 'inbound_part', 'outgoing', 'outgoing_part', 'report', 'call', 'step']);
/** Tables that were read from their beginning, and further than to the first rows that a limit lets through. */
const scanned = (plans: readonly Plan[]): string[] =>
  plans
    .flatMap(nodesOf)
    .filter((node) => node['Node Type'] === 'Seq Scan' && rowsOf(node) > 1_000)
    .map((node) => node['Relation Name'] ?? '')
    .filter((table) => big.has(table));

/**
 * A page of a search looks at so many rows at most, however many there are: 45,250 in each direction, twice. Of a peer
 * that PostgreSQL takes for one of many alike it reads all 33,000 for a count that ends at a hundred.
 */
const most: Readonly<Record<string, number>> = {
  'all messages with a text': 400_000,
  conversations: 100_000,
  'a conversation': 100_000,
};

describe('a question to a large PostgreSQL store', () => {
  let few: Awaited<ReturnType<typeof filled>>;
  let many: Awaited<ReturnType<typeof filled>>;
  beforeAll(async () => {
    few = await filled(1_000);
    many = await filled(100_000);
  }, 120_000);
  afterAll(async () => {
    await few.dispose();
    await many.dispose();
  });

  it.each(Object.keys(questionsOf(1)))(
    'reads no more rows of 100,000 than of 1,000, and scans no table: %s',
    async (name) => {
      const ask = (store: typeof few) => store.plans(questionsOf(store.rows)[name] ?? (async () => {}));
      const [small, large] = [await ask(few), await ask(many)];
      expect(large.length).toBeGreaterThan(0);
      expect(scanned(large)).toEqual([]);
      expect(rowsRead(large)).toBeLessThanOrEqual(most[name] ?? rowsRead(small) * 2 + 100);
    },
  );
});

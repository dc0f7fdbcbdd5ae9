import { CamelCasePlugin, Kysely, sql } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { Capabilities } from '../capabilities.ts';
import { migrate } from '../migrations/migrator.ts';
import { claimsOf, readsOf, transactionOf } from '../repository.ts';
import type { Schema } from '../schema.ts';
import type { Store } from '../store.ts';
import { type Address, readAddress } from './address.ts';
import { Connections } from './connections.ts';
import { postgresDialect } from './dialect.ts';
import { Line } from './line.ts';
import { readServerFacts, requireSound } from './server-check.ts';
import { mayBegin, runTransaction, schemaLock } from './transaction.ts';

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:5432/database`; the password is never shown. */
  readonly url: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** How many connections at most; 8 by default. */
  readonly poolSize?: number;
  /** How long making a connection may take, ms; 5 s by default. */
  readonly connectMs?: number;
  /** How long a statement may take, waiting for other transactions included, ms; 15 s by default. */
  readonly answerMs?: number;
}

export const postgresCapabilities: Capabilities = {
  addId: (table) => table.addColumn('id', 'bigint', (column) => column.primaryKey().generatedByDefaultAsIdentity()),
  locksRows: true,
  joinsLaterally: true,
  writesInWith: true,
};

const plugins = () => [new CamelCasePlugin()];

/**
 * Opens the store in a PostgreSQL database, which several processes may share, and brings its schema up to date.
 * @throws SimloftError `setting_invalid`, `store_unsafe`, `store_unavailable`
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, log, poolSize = 8, connectMs = 5_000, answerMs = 15_000 } = options;
  const address = readAddress(url);
  await bringUpToDate(address, { ...options, connectMs });
  const turns = new Line<string | null>(mayBegin);
  const onUnreachable = (reason: SimloftError) => turns.failWaiting(reason);
  const connections = new Connections({ address, log, size: poolSize, connectMs, answerMs, onUnreachable });
  const db = new Kysely<Schema>({ dialect: postgresDialect(connections), plugins: plugins() });
  const transaction: Store['transaction'] = (work, { key = null } = {}) =>
    turns.run(key, () => runTransaction(db, { key, answerMs }, (tx) => work(transactionOf(tx, postgresCapabilities))));
  return {
    ...readsOf(db, postgresCapabilities),
    ...claimsOf(db, postgresCapabilities),
    transaction,
    /** Only a write that is committed proves that there is room for one. */
    async check() {
      await transaction((tx) => tx.nextCount('check', 1_000_000, 0), { key: 'check' });
    },
    async scrub() {},
    /** Its server does so by itself. */
    compact: async () => false,
    async close() {
      await turns.close(new SimloftError('store_unavailable', 'The store is closed: the gateway is stopping.'));
      await connections.close();
    },
  };
}

/**
 * On a connection of its own, where a step may take its time. One process after the other: the lock is the session's, and
 * goes with it however it ends.
 */
async function bringUpToDate(
  address: Address,
  { clock, log, connectMs }: PostgresStoreOptions & { connectMs: number },
): Promise<void> {
  const connections = new Connections({ address, log, size: 1, connectMs, answerMs: 0 });
  const db = new Kysely<Schema>({ dialect: postgresDialect(connections), plugins: plugins() });
  try {
    await db.connection().execute(async (session) => {
      requireSound(await readServerFacts(session), address, log);
      await sql.raw(`set lock_timeout = '5min'; select pg_advisory_lock(${schemaLock})`).execute(session);
      await migrate(session, postgresCapabilities, clock.now());
    });
  } finally {
    await connections.close();
  }
}

import { CamelCasePlugin, Kysely, sql } from 'kysely';
import { SimloftError } from '../../core/errors.ts';
import { migrate } from '../migrations/migrator.ts';
import { type Address, readAddress } from '../postgres/address.ts';
import { Connections } from '../postgres/connections.ts';
import { postgresDialect } from '../postgres/dialect.ts';
import { postgresCapabilities } from '../postgres/postgres-store.ts';
import { readServerFacts, requireSound } from '../postgres/server-check.ts';
import { schemaLock } from '../postgres/transaction.ts';
import type { Schema } from '../schema.ts';
import { nameOf } from './location.ts';
import { PostgresCatalogue } from './postgres-catalogue.ts';
import { type AnyDb, anyTables, sqlName } from './tables.ts';
import type { SourceStore, TargetStore, TransferOptions } from './transfer-store.ts';

/**
 * Opens a PostgreSQL database for reading. Gateways may go on writing to it: what is read is its state at one moment.
 * @throws SimloftError `store_unavailable`
 */
export async function openPostgresSource(url: string, { log }: TransferOptions): Promise<SourceStore> {
  const db = connect(readAddress(url), log);
  return {
    name: nameOf({ kind: 'postgres', url }),
    read: (work) =>
      anyTables(db)
        .connection()
        .execute((session) => atOneMoment(session, work)),
    close: () => db.destroy(),
  };
}

async function atOneMoment<T>(session: AnyDb, work: (db: AnyDb) => Promise<T>): Promise<T> {
  await sql`begin isolation level repeatable read read only`.execute(session);
  try {
    return await work(session);
  } finally {
    // A connection that cannot even do this is thrown away.
    await sql`rollback`.execute(session).catch(() => {});
  }
}

/**
 * Opens a PostgreSQL database to write into, alone: a gateway that starts meanwhile waits, and one that runs is refused.
 * @throws SimloftError `store_busy`, `store_unsafe`, `store_unavailable`
 */
export async function openPostgresTarget(url: string, { clock, log }: TransferOptions): Promise<TargetStore> {
  const address = readAddress(url);
  const db = connect(address, log);
  const name = nameOf({ kind: 'postgres', url });
  try {
    requireSound(await readServerFacts(db), address, log);
    await claim(anyTables(db), name);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    name,
    db: anyTables(db),
    migrate: (upTo) => migrate(db, postgresCapabilities, clock.now(), upTo),
    continueIds,
    close: () => db.destroy(),
  };
}

/** One connection, which locks of its session need, and statements that may take their time. */
function connect(address: Address, log: TransferOptions['log']): Kysely<Schema> {
  const connections = new Connections({ address, log, size: 1, connectMs: 5_000, answerMs: 0 });
  const createIntrospector = (db: Kysely<unknown>) => new PostgresCatalogue(db);
  const dialect = { ...postgresDialect(connections), createIntrospector };
  return new Kysely<Schema>({ dialect, plugins: [new CamelCasePlugin()] });
}

/** A process that was killed has its session for a moment longer. */
const tries = 5;
const betweenSeconds = 0.5;

/** The lock is the session's, and goes with it however it ends. Whoever starts a gateway takes it too, to look at the tables. */
async function claim(db: AnyDb, name: string): Promise<void> {
  for (let attempt = 1; !(await isAlone(db)); attempt += 1) {
    if (attempt === tries) {
      throw new SimloftError('store_busy', `${name} is in use by a gateway or by another copy. Stop it first.`);
    }
    await sql`select pg_sleep(${betweenSeconds})`.execute(db);
  }
}

async function isAlone(db: AnyDb): Promise<boolean> {
  const { rows } = await sql<{ mine: number; others: number }>`
    select pg_try_advisory_lock(${sql.raw(schemaLock)})::int as mine,
      (select count(*) from pg_stat_activity where datname = current_database()
        and application_name = 'simloft' and pid <> pg_backend_pid())::int as others`.execute(db);
  return rows[0]?.mine === 1 && rows[0].others === 0;
}

/** The server counts only the ids that it made itself. */
async function continueIds(db: AnyDb, table: string): Promise<void> {
  const sequence = sql`pg_get_serial_sequence(${`"${sqlName(table)}"`}, 'id')::regclass`;
  await sql`
    select setval(${sequence}, max(id)) from ${sql.table(table)}
    having max(id) > coalesce(pg_sequence_last_value(${sequence}), 0)`.execute(db);
}

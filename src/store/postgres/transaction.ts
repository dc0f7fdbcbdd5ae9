import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { isCollision } from './postgres-error.ts';

/** Advisory locks have numbers, not names; the first of the pair keeps ours apart from those of others (`SIML`). */
const ours = 0x53494d4c;
const everything = `${ours}, 1`;
/** Held by the one who changes the schema, for as long as its session lives. */
export const schemaLock = `${ours}, 2`;

const tries = 5;

/**
 * Whether a transaction may begin beside those ahead of it (null: one without a key). The rule of the server's locks, kept
 * within this process too, so that those who must wait do not hold a connection meanwhile.
 */
export const mayBegin = (key: string | null, ahead: readonly (string | null)[]): boolean =>
  key === null ? ahead.length === 0 : !ahead.some((other) => other === null || other === key);

export interface TransactionOptions {
  readonly key: string | null;
  /** How long each statement may take, ms. */
  readonly answerMs: number;
}

/**
 * Runs `work` in a transaction that excludes those that it must. Again, up to five times in all, when the server undid it
 * because it stood in the way of another one.
 */
export async function runTransaction<Tables, T>(
  db: Kysely<Tables>,
  { key, answerMs }: TransactionOptions,
  work: (tx: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const begin = beginning(key, answerMs);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.connection().execute((connection) => once(connection, begin, work));
    } catch (error) {
      if (attempt === tries || !isCollision(error)) throw error;
    }
  }
}

async function once<Tables, T>(
  connection: Kysely<Tables>,
  begin: string,
  work: (tx: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  try {
    await sql.raw(begin).execute(connection);
    const result = await work(connection);
    await sql.raw('commit').execute(connection);
    return result;
  } catch (error) {
    await sql
      .raw('rollback')
      .execute(connection)
      // A connection that cannot even do this is thrown away, and the server undoes what it was in.
      .catch(() => {});
    throw error;
  }
}

/**
 * One round trip. `read committed`: each statement sees what was committed before it, so also what the one before us in the
 * lock wrote. The server gives up by itself a little before we do, and frees the locks of a process that froze or was cut off.
 */
function beginning(key: string | null, answerMs: number): string {
  return [
    'begin isolation level read committed read write',
    `set local lock_timeout = ${Math.ceil(answerMs * 0.8)}`,
    `set local statement_timeout = ${Math.ceil(answerMs * 0.9)}`,
    `set local idle_in_transaction_session_timeout = ${answerMs * 2}`,
    ...(key === null
      ? [`select pg_advisory_xact_lock(${everything})`]
      : [`select pg_advisory_xact_lock_shared(${everything})`, `select pg_advisory_xact_lock(${numberOf(key)})`]),
  ].join('; ');
}

/** Two keys with one number only wait for each other without need. */
const numberOf = (key: string): bigint => createHash('sha256').update(key).digest().readBigInt64BE(0);

import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { migrate } from '../migrations/migrator.ts';
import { claimsOf, readsOf, transactionOf } from '../repository.ts';
import type { Store } from '../store.ts';
import { claimDataDirectory } from './data-directory.ts';
import { sqliteCapabilities, sqliteKysely } from './kysely.ts';
import { type DatabaseSync, databaseName, openDatabase } from './open.ts';

export interface SqliteStoreOptions {
  /** The data directory; made when it is missing. */
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Opens the embedded store in a directory, alone.
 * @throws SimloftError `store_busy`, `store_unsafe`, `store_unavailable`
 */
export async function openSqliteStore({ directory, clock, log }: SqliteStoreOptions): Promise<Store> {
  const claimed = claimDataDirectory(directory, clock);
  const path = join(claimed.path, databaseName);
  try {
    const store = await createSqliteStore({ database: openDatabase(path, log), path, clock });
    return {
      ...store,
      async close() {
        await store.close();
        claimed.release();
      },
    };
  } catch (error) {
    claimed.release();
    throw error;
  }
}

export interface OpenDatabase {
  readonly database: DatabaseSync;
  /** Where it lies, for error messages. */
  readonly path: string;
  readonly clock: Clock;
}

/** The store on a database that is open already; closes it at its own end, and when the schema cannot be brought up to date. */
export async function createSqliteStore({ database, path, clock }: OpenDatabase): Promise<Store> {
  const db = sqliteKysely(database, path);
  try {
    await migrate(db, sqliteCapabilities, clock.now());
  } catch (error) {
    database.close();
    throw error;
  }
  /** One connection: all transactions run one after the other, whatever their keys. */
  const transaction: Store['transaction'] = (work) =>
    db.transaction().execute((tx) => work(transactionOf(tx, sqliteCapabilities)));
  return {
    ...readsOf(db, sqliteCapabilities),
    ...claimsOf(db, sqliteCapabilities),
    transaction,
    /** Only a write that is committed proves that there is room for one. */
    async check() {
      await transaction((tx) => tx.nextCount('check', 1_000_000, 0));
    },
    /** The log holds what pages were before; truncated, it holds nothing. A reader of a backup may keep it for a while. */
    async scrub() {
      await db.connection().execute(async () => {
        if (database.isOpen) database.exec('pragma wal_checkpoint(truncate)');
      });
    },
    compact: (mostBytes) =>
      db.connection().execute(async () => {
        if (!database.isOpen || sizeOf(database) > mostBytes) return false;
        database.exec('vacuum; pragma wal_checkpoint(truncate)');
        return true;
      }),
    /** In turn with the others: a transaction that has begun ends first. The last connection moves the log into the database. */
    async close() {
      await db.connection().execute(async () => {
        if (database.isOpen) database.close();
      });
    },
  };
}

/** Bytes. */
function sizeOf(database: DatabaseSync): number {
  const [pages, size] = ['page_count', 'page_size'].map((name) => database.prepare(`pragma ${name}`).get()?.[name]);
  return Number(pages) * Number(size);
}

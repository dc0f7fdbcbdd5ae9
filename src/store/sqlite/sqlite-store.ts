import { join } from 'node:path';
import { CamelCasePlugin, Kysely } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Capabilities } from '../capabilities.ts';
import { migrate } from '../migrations/migrator.ts';
import { readsOf, transactionOf } from '../repository.ts';
import type { Schema } from '../schema.ts';
import type { Store } from '../store.ts';
import { claimDataDirectory } from './data-directory.ts';
import { sqliteDialect } from './dialect.ts';
import { openDatabase } from './open.ts';

export interface SqliteStoreOptions {
  /** The data directory; made when it is missing. */
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** SQLite can give an id again after the row with the highest one is gone, unless it is told not to. */
const capabilities: Capabilities = {
  addId: (table) => table.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement()),
};

/** After a write that went well the next check need not write for so long: each costs an SD card some wear. */
const trustMs = 5 * 60_000;

/**
 * Opens the embedded store in a directory, alone.
 * @throws SimloftError `store_busy`, `store_unsafe`, `store_unavailable`
 */
export async function openSqliteStore({ directory, clock, log }: SqliteStoreOptions): Promise<Store> {
  const claimed = claimDataDirectory(directory, clock);
  const path = join(claimed.path, 'simloft.db');
  try {
    const db = new Kysely<Schema>({
      dialect: sqliteDialect(openDatabase(path, log), path),
      plugins: [new CamelCasePlugin()],
    });
    await migrate(db, capabilities, clock.now());
    return storeOf(db, clock, () => claimed.release());
  } catch (error) {
    claimed.release();
    throw error;
  }
}

function storeOf(db: Kysely<Schema>, clock: Clock, release: () => void): Store {
  let goodAt = Number.NEGATIVE_INFINITY;
  let closed = false;
  const transaction: Store['transaction'] = async (work) => {
    goodAt = Number.NEGATIVE_INFINITY;
    const result = await db.transaction().execute((tx) => work(transactionOf(tx)));
    goodAt = clock.monotonic();
    return result;
  };
  return {
    ...readsOf(db),
    transaction,
    async check() {
      if (clock.monotonic() - goodAt > trustMs) await transaction((tx) => tx.nextCount('check', 1_000_000, 0));
    },
    async close() {
      if (closed) return;
      closed = true;
      await db.destroy();
      release();
    },
  };
}

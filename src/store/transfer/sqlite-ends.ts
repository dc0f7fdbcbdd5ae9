import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SimloftError } from '../../core/errors.ts';
import { migrate } from '../migrations/migrator.ts';
import { claimDataDirectory, type DataDirectory } from '../sqlite/data-directory.ts';
import { sqliteCapabilities, sqliteKysely } from '../sqlite/kysely.ts';
import { databaseName, openDatabase, openReader } from '../sqlite/open.ts';
import { anyTables } from './tables.ts';
import type { SourceStore, TargetStore, TransferOptions } from './transfer-store.ts';

/**
 * Opens a data directory, or one database file such as a backup, for reading. A directory is locked as a gateway would do it, so
 * that nobody writes what would then be missing in the copy.
 * @throws SimloftError `store_busy` when a gateway runs on it, `store_unavailable` when there is none
 */
export function openSqliteSource(path: string, options: TransferOptions): SourceStore {
  const file = databaseFile(path);
  const claimed = file === path ? null : claim(path, options);
  try {
    const db = anyTables(sqliteKysely(openReader(file), file));
    return {
      name: path,
      read: (work) => work(db),
      async close() {
        await db.destroy();
        claimed?.release();
      },
    };
  } catch (error) {
    claimed?.release();
    throw error;
  }
}

/**
 * Opens a data directory to write into; made when it is missing.
 * @throws SimloftError `store_busy` when a gateway runs on it, `store_unsafe` on a network file system, `store_unavailable`
 */
export function openSqliteTarget(path: string, options: TransferOptions): TargetStore {
  const claimed = claim(path, options);
  const file = join(claimed.path, databaseName);
  try {
    const db = sqliteKysely(openDatabase(file, options.log), file);
    return {
      name: path,
      db: anyTables(db),
      migrate: (upTo) => migrate(db, sqliteCapabilities, options.clock.now(), upTo),
      /** AUTOINCREMENT takes note of the ids that it is given. */
      async continueIds() {},
      async close() {
        await db.destroy();
        claimed.release();
      },
    };
  } catch (error) {
    claimed.release();
    throw error;
  }
}

/**
 * The database in a data directory; the path itself when it is a file.
 * @throws SimloftError `store_unavailable`
 */
export function databaseFile(path: string): string {
  const file = isFile(path) ? path : join(path, databaseName);
  if (isFile(file)) return file;
  const text = `There is no store in ${path}: no file ${databaseName} is there. Give the data directory of a gateway (DATA_DIR) with --from.`;
  throw new SimloftError('store_unavailable', text);
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

function claim(path: string, { clock }: TransferOptions): DataDirectory {
  try {
    return claimDataDirectory(path, clock);
  } catch (error) {
    if (!(error instanceof SimloftError) || error.code !== 'store_busy') throw error;
    const { pid } = error.details;
    const who = typeof pid === 'string' ? `the gateway with process id ${pid}` : 'another process';
    const text = `${path} is in use by ${who}. Stop it first. To save a store while its gateway runs, use simloft backup.`;
    throw new SimloftError('store_busy', text, { cause: error, details: error.details });
  }
}

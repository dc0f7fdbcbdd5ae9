import { DatabaseSync } from 'node:sqlite';
import { SimloftError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';

/** Versions before this one can damage a database that several connections write (the WAL-reset bug). */
const soundVersion = '3.51.3';

/**
 * Opens a database file for one writer. Every commit is synced to the disk before it is acknowledged.
 * @throws SimloftError `store_unavailable`
 */
export function openDatabase(path: string, log: Logger): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { timeout: 5000 });
    database.exec(
      'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma temp_store = memory',
    );
    warnIfOld(database, log);
    return database;
  } catch (cause) {
    throw storeError(cause, path);
  }
}

/**
 * Takes a lock that the kernel gives back when this process ends, however it ends. Null when another process has it.
 */
export function lockFile(path: string): DatabaseSync | null {
  const database = new DatabaseSync(path, { timeout: 200 });
  try {
    database.exec('pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive');
    return database;
  } catch (error) {
    database.close();
    if (resultCode(error) === 5) return null;
    throw storeError(error, path);
  }
}

function warnIfOld(database: DatabaseSync, log: Logger): void {
  const version = String(database.prepare('select sqlite_version() as version').get()?.['version']);
  const order = version.localeCompare(soundVersion, undefined, { numeric: true });
  if (order < 0)
    log.warn({ version }, `SQLite ${version} has a known fault that ${soundVersion} mends. Use a newer Node.js.`);
}

/** Primary result codes of SQLite that have a cure to tell. */
const cures: Readonly<Record<number, string>> = {
  8: 'It may only be read. Make the data directory writable for this user.',
  10: 'The disk reports an error. Check it, and keep a copy of the data directory.',
  11: 'The file is damaged. Keep a copy of it and start from a backup.',
  13: 'The disk is full. Make room; nothing is lost, messages wait in the modem.',
  14: 'The file cannot be opened. Check that the data directory exists and belongs to this user.',
  26: 'The file is no database. Move it away, or give the gateway another DATA_DIR.',
};

/** What SQLite throws, as a sentence with its cure; other errors as they are. */
export function storeError(thrown: unknown, path: string): unknown {
  const code = resultCode(thrown);
  if (code === null) return thrown;
  const cure = cures[code] ?? (thrown instanceof Error ? thrown.message : '');
  return new SimloftError('store_unavailable', `The store ${path} cannot be used. ${cure}`, {
    cause: thrown,
    details: { sqlite: code },
  });
}

/** The primary result code; null for what is not an error of SQLite. */
function resultCode(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('errcode' in thrown) || typeof thrown.errcode !== 'number') return null;
  return thrown.errcode & 0xff;
}

export type { DatabaseSync, StatementSync } from 'node:sqlite';

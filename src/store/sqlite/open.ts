import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SimloftError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';

const soundVersion = '3.51.3';

/** The file of the database in its data directory. */
export const databaseName = 'simloft.db';

/**
 * Opens a database file for one writer, readable for this user only. Every commit is synced to the disk before it is acknowledged.
 * @throws SimloftError `store_unavailable`
 */
export function openDatabase(path: string, log: Logger): DatabaseSync {
  try {
    closeSync(openSync(path, 'a', 0o600));
    const database = opened(path, {
      timeout: 5000,
      pragmas:
        'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma temp_store = memory; pragma secure_delete = on',
    });
    warnIfOld(database, log);
    return database;
  } catch (cause) {
    throw storeError(cause, path);
  }
}

/**
 * Opens a database file that exists for reading only, also one that another process is writing.
 * @throws SimloftError `store_unavailable`
 */
export function openReader(path: string): DatabaseSync {
  try {
    return opened(path, { timeout: 5000, readOnly: true, pragmas: 'select count(*) from sqlite_schema' });
  } catch (cause) {
    throw storeError(cause, path);
  }
}

/**
 * Takes a lock that the kernel gives back when this process ends, however it ends: no process id to compare, nothing stale to clear
 * away, and it holds between containers that share a directory. Null when another process (or this one) has it.
 * @throws SimloftError `store_unavailable`
 */
export function lockFile(path: string): DatabaseSync | null {
  try {
    return opened(path, {
      timeout: 200,
      pragmas: 'pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive',
    });
  } catch (error) {
    if (resultCode(error) === 5) return null;
    throw storeError(error, path);
  }
}

interface Opening {
  /** How long to wait for another process that writes, ms. */
  readonly timeout: number;
  readonly pragmas: string;
  readonly readOnly?: boolean;
}

function opened(path: string, { timeout, pragmas, readOnly = false }: Opening): DatabaseSync {
  const database = new DatabaseSync(path, { timeout, readOnly });
  try {
    database.exec(pragmas);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function warnIfOld(database: DatabaseSync, log: Logger): void {
  const version = String(database.prepare('select sqlite_version() as version').get()?.['version']);
  if (hasWalResetBug(version)) {
    log.warn({ version }, `SQLite ${version} has a known fault that ${soundVersion} mends. Use a newer Node.js.`);
  }
}

/** Versions before 3.51.3 can damage a database that several connections write and checkpoint at once. */
export function hasWalResetBug(version: string): boolean {
  const [ours, sound] = [numbersOf(version), numbersOf(soundVersion)];
  const first = sound.findIndex((number, place) => number !== (ours[place] ?? 0));
  return first >= 0 && (ours[first] ?? 0) < (sound[first] ?? 0);
}

const numbersOf = (version: string): number[] => version.split('.').map(Number);

/** Primary result codes of SQLite that have a cure to tell. */
const cures: Readonly<Record<number, string>> = {
  5: 'Another program writes to it and does not end. Close it.',
  8: 'It may only be read. Make the data directory writable for this user.',
  10: 'The disk reports an error. Check it, and keep a copy of the data directory.',
  11: 'The file is damaged. Keep a copy of it and start from a backup.',
  13: 'The disk is full. Make room; nothing is lost, messages wait in the modem.',
  14: 'The file cannot be opened. Check that the data directory exists and belongs to this user.',
  26: 'The file is no database. Move it away, or give the gateway another DATA_DIR.',
};

/** The same for errors of the file system and of Node.js, by their code. */
const otherCures: Readonly<Record<string, string | undefined>> = {
  EACCES: cures[14],
  EPERM: cures[14],
  EROFS: cures[8],
  ENOSPC: cures[13],
  EDQUOT: cures[13],
  EIO: cures[10],
  ENOTDIR: 'A part of the path is a file.',
  EISDIR: 'It is a directory.',
  ENOENT: 'The directory is gone. Start the gateway again.',
  ERR_INVALID_STATE: 'It is closed: the gateway is stopping.',
};

/** What SQLite or the file system throws, as a sentence with its cure; other errors as they are. */
export function storeError(thrown: unknown, path: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const sqlite = resultCode(thrown);
  const cure = sqlite === null ? otherCures[code] : (cures[sqlite] ?? messageOf(thrown));
  if (cure === undefined) return thrown;
  const details = sqlite === null ? { code } : { sqlite };
  return new SimloftError('store_unavailable', `The store ${path} cannot be used. ${cure}`, { cause: thrown, details });
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? `SQLite says: ${thrown.message}.` : '');

/** The primary result code; null for what is not an error of SQLite. */
function resultCode(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('errcode' in thrown) || typeof thrown.errcode !== 'number') return null;
  return thrown.errcode & 0xff;
}

export type { DatabaseSync, StatementSync } from 'node:sqlite';

import { statSync } from 'node:fs';
import { SimloftError } from '../../core/errors.ts';
import { openReader, storeError } from '../sqlite/open.ts';
import { makePrivateFile } from './private-file.ts';
import { databaseFile } from './sqlite-ends.ts';

export interface BackupOptions {
  /** The data directory, or a database file. */
  readonly from: string;
  readonly to: string;
  readonly replace: boolean;
}

/**
 * Writes the embedded store into one file, as it is at this moment, without stopping whoever writes to it: everything that was
 * acknowledged before is in it. Returns the size of the file in bytes.
 * @throws SimloftError `store_unavailable`, `store_unsafe` when the store is damaged, `usage` when the name is taken
 */
export async function backupStore({ from, to, replace }: BackupOptions): Promise<number> {
  const file = databaseFile(from);
  const keep = [file, `${file}-wal`, `${file}-shm`];
  await makePrivateFile(
    to,
    (temporary) => {
      copyDatabase(file, temporary);
      checkIntegrity(temporary, file);
    },
    { replace, keep },
  );
  return statSync(to).size;
}

/**
 * `VACUUM INTO` reads within one transaction, which in a write-ahead log keeps nobody from writing and sees nothing of what is
 * written later. The copy has no log of its own: it is one file.
 */
function copyDatabase(file: string, temporary: string): void {
  const database = openReader(file);
  try {
    database.prepare('vacuum into ?').run(temporary);
  } catch (error) {
    throw storeError(error, file);
  } finally {
    database.close();
  }
}

function checkIntegrity(temporary: string, file: string): void {
  const database = openReader(temporary);
  try {
    const found = database
      .prepare('pragma integrity_check(5)')
      .all()
      .map((row) => String(row['integrity_check']));
    const broken = database.prepare('pragma foreign_key_check').all();
    if (found.join() === 'ok' && broken.length === 0) return;
    const first = found.join() === 'ok' ? 'rows point to others that are not there' : found.join('; ');
    const text = `The store ${file} is damaged, and no backup of it was made: ${first}. Keep a copy of its folder, and start from an earlier backup.`;
    throw new SimloftError('store_unsafe', text);
  } finally {
    database.close();
  }
}

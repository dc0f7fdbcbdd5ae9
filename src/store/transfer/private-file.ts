import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SimloftError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';

export interface PrivateFileOptions {
  /** Whether a file of this name may be replaced; otherwise it is refused. */
  readonly replace: boolean;
  /** Files that must stay, whatever is asked for: the store itself. */
  readonly keep?: readonly string[];
}

/**
 * Makes a file that only its owner can read. `fill` writes it under a temporary name beside it; it gets its own name when it is
 * complete and on the disk, so that whoever finds it finds all of it.
 * @throws SimloftError `usage` when the name is taken, `store_unavailable` when the folder cannot be written
 */
export async function makePrivateFile(
  path: string,
  fill: (temporary: string) => Promise<void> | void,
  { replace, keep = [] }: PrivateFileOptions,
): Promise<void> {
  refuseTaken(path, replace, keep);
  const temporary = join(dirname(path), `.${basename(path)}.${newId()}.part`);
  try {
    closeSync(openSync(temporary, 'wx', 0o600));
  } catch (cause) {
    throw unwritable(path, cause);
  }
  try {
    await fill(temporary);
    syncToDisk(temporary);
    refuseTaken(path, replace, keep);
    renameSync(temporary, path);
    syncToDisk(dirname(resolve(path)));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error instanceof SimloftError ? error : unwritable(path, error);
  }
}

function refuseTaken(path: string, replace: boolean, keep: readonly string[]): void {
  if (!existsSync(path)) return;
  const { dev, ino } = statSync(path);
  const own = keep.filter((file) => existsSync(file)).map((file) => statSync(file));
  if (own.some((kept) => kept.dev === dev && kept.ino === ino)) {
    throw new SimloftError('usage', `${path} is the store itself. Give another name.`);
  }
  if (statSync(path).isDirectory()) {
    throw new SimloftError(
      'usage',
      `${path} is a folder. Give the name of a file, for example ${join(path, 'simloft-backup')}.`,
    );
  }
  if (!replace)
    throw new SimloftError('usage', `${path} exists already. Give another name, or --replace to replace it.`);
}

function syncToDisk(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function unwritable(path: string, cause: unknown): SimloftError {
  const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  const text = `${path} cannot be written${reason}. Check that its folder exists, belongs to this user and has room.`;
  return new SimloftError('store_unavailable', text, { cause });
}

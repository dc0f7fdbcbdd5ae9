import { silentLogger } from '../../src/core/logger.ts';
import { exportStore } from '../../src/store/transfer/export.ts';
import { importStore } from '../../src/store/transfer/import.ts';
import { openSqliteSource, openSqliteTarget } from '../../src/store/transfer/sqlite-ends.ts';
import { fillStore, type Filling } from './store-rows.ts';
import { VirtualClock } from './virtual-clock.ts';

export const transferOptions = { clock: new VirtualClock(), log: silentLogger };

/** Makes a store in a directory, with rows in each of its tables. */
export async function filledStore(directory: string, filling: Filling, upTo?: string): Promise<string> {
  const store = openSqliteTarget(directory, transferOptions);
  await store.migrate(upTo);
  await fillStore(store.db, filling);
  await store.close();
  return directory;
}

export async function exported(directory: string): Promise<string> {
  const source = openSqliteSource(directory, transferOptions);
  const pieces: string[] = [];
  const write = async (text: string) => {
    pieces.push(text);
  };
  await exportStore(source, { write, progress: () => {} });
  await source.close();
  return pieces.join('');
}

/** Brings a file in, read in pieces of `size` octets. */
export function imported(file: string | Uint8Array, directory: string, size = 65_536) {
  const octets = typeof file === 'string' ? Buffer.from(file) : file;
  async function* chunks() {
    for (let from = 0; from < octets.length; from += size) yield octets.subarray(from, from + size);
  }
  return importStore({
    chunks: chunks(),
    openTarget: async () => openSqliteTarget(directory, transferOptions),
    progress: () => {},
  });
}

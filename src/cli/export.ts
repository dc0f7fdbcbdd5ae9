import { open } from 'node:fs/promises';
import { systemClock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import { openSource } from '../store/transfer/ends.ts';
import { exportStore, type Write } from '../store/transfer/export.ts';
import { makePrivateFile } from '../store/transfer/private-file.ts';
import { databaseFile } from '../store/transfer/sqlite-ends.ts';
import type { Progress, SourceStore } from '../store/transfer/transfer-store.ts';
import type { Command } from './command.ts';
import { progressLine } from './progress-line.ts';
import { locationOr, transferOptions } from './store-options.ts';

export const exportCommand: Command = {
  spec: {
    name: 'export',
    summary: 'Writes a whole store as lines of JSON, to keep or to bring in elsewhere.',
    details:
      'It holds all messages in plain text. Stop the gateway before, or export from a file that simloft backup made.\n\nExample: simloft export --from ./data --file simloft.jsonl',
    options: {
      from: {
        type: 'string',
        value: 'PLACE',
        help: 'the store: a data directory, a backup or postgres://… (default: DATABASE_URL, or else DATA_DIR)',
      },
      file: { type: 'string', value: 'FILE', help: 'where to write (default: standard output)' },
      replace: { type: 'boolean', help: 'replace the file when it exists' },
    },
  },

  async run({ words, strings, flags }) {
    if (words.length > 0) throw new SimloftError('usage', 'simloft export takes its places as --from and --file.');
    const { from, file } = strings;
    const location = await locationOr(from);
    const source = await openSource(location, transferOptions);
    const line = progressLine(process.stderr, systemClock);
    try {
      if (file === undefined || file === '-') {
        process.stdout.on('error', () => {});
        await exportStore(source, { write: toStandardOutput, progress: line.show });
        return 0;
      }
      const keep = location.kind === 'files' ? [databaseFile(location.path)] : [];
      let rows = 0;
      const fill = async (path: string) => {
        rows = await exportToFile(source, path, line.show);
      };
      await makePrivateFile(file, fill, { replace: flags.has('replace'), keep });
      line.end();
      console.log(`Exported ${rows} rows of ${source.name} to ${file}.`);
      return 0;
    } finally {
      line.end();
      await source.close();
    }
  },
};

async function exportToFile(source: SourceStore, path: string, progress: Progress): Promise<number> {
  const handle = await open(path, 'w');
  try {
    const write: Write = async (text) => {
      await handle.appendFile(text);
    };
    const counts = await exportStore(source, { write, progress });
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  } finally {
    await handle.close();
  }
}

/** Resolves when the reader has taken it, so that a slow one does not fill the memory. */
const toStandardOutput: Write = (text) =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error === null || error === undefined) resolve();
      else
        reject(new SimloftError('store_unavailable', `The export was not taken: ${error.message}.`, { cause: error }));
    });
  });

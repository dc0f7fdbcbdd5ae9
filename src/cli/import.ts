import { createReadStream } from 'node:fs';
import { systemClock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import { openTarget } from '../store/transfer/ends.ts';
import { importStore } from '../store/transfer/import.ts';
import { nameOf } from '../store/transfer/location.ts';
import type { Command } from './command.ts';
import { progressLine } from './progress-line.ts';
import { rowsTable } from './rows-table.ts';
import { locationOr, transferOptions } from './store-options.ts';

export const importCommand: Command = {
  spec: {
    name: 'import',
    summary: 'Brings a file that simloft export wrote into an empty store: all of it or nothing.',
    details: 'Example: simloft import --file simloft.jsonl --to ./data',
    options: {
      to: {
        type: 'string',
        value: 'PLACE',
        help: 'the store: a data directory or postgres://… (default: DATABASE_URL, or else DATA_DIR)',
      },
      file: { type: 'string', value: 'FILE', help: 'the file; - reads standard input' },
    },
  },

  async run({ words, strings }) {
    const { to, file } = strings;
    if (file === undefined || words.length > 0) {
      throw new SimloftError('usage', 'simloft import needs a file: simloft import --file FILE (or --file -).');
    }
    const location = await locationOr(to);
    const line = progressLine(process.stderr, systemClock);
    try {
      const openIt = () => openTarget(location, transferOptions);
      const moved = await importStore({ chunks: chunksOf(file), openTarget: openIt, progress: line.show });
      line.end();
      console.log(`Imported into ${nameOf(location)}:\n${rowsTable(moved)}`);
      return 0;
    } finally {
      line.end();
    }
  },
};

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    const stream: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file);
    yield* stream;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    throw new SimloftError('usage', `The file ${file} cannot be read: ${reason}.`, { cause });
  }
}

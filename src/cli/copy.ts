import { resolve } from 'node:path';
import { systemClock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import { copyStore } from '../store/transfer/copy.ts';
import { openSource, openTarget } from '../store/transfer/ends.ts';
import type { Location } from '../store/transfer/location.ts';
import type { Command } from './command.ts';
import { progressLine } from './progress-line.ts';
import { rowsTable } from './rows-table.ts';
import { locationOr, transferOptions } from './store-options.ts';

export const copy: Command = {
  spec: {
    name: 'copy',
    summary: 'Copies a store into another one: from files to PostgreSQL, or back.',
    details:
      'A place is a data directory, a file that simloft backup made (only to read from), or postgres://user:password@host/database.\nThe source stays as it is. Killed in the middle, it goes on at the next run. Stop the gateways of both before.\nA password on the command line can be read by other users of the machine: put the address into DATABASE_URL, or the password into PGPASSWORD.\n\nExample: simloft copy --from ./data --to postgres://simloft@localhost/simloft',
    options: {
      from: { type: 'string', value: 'PLACE', help: 'the store to read (default: DATABASE_URL, or else DATA_DIR)' },
      to: {
        type: 'string',
        value: 'PLACE',
        help: 'the store to write: empty, or begun by an earlier run (default: DATABASE_URL)',
      },
    },
  },

  async run({ words, strings }) {
    const { from, to } = strings;
    const target = await locationOr(to);
    if (words.length > 0 || (to === undefined && target.kind === 'files')) {
      throw new SimloftError('usage', 'simloft copy needs to know where to: simloft copy --from ./data --to PLACE.');
    }
    const source = await locationOr(from);
    if (placeOf(source) === placeOf(target)) {
      throw new SimloftError('usage', 'Source and target are the same store. Give another one with --to.');
    }
    await run(source, target);
    return 0;
  },
};

const placeOf = (location: Location): string => (location.kind === 'files' ? resolve(location.path) : location.url);

async function run(source: Location, target: Location): Promise<void> {
  const line = progressLine(process.stderr, systemClock);
  const from = await openSource(source, transferOptions);
  try {
    const to = await openTarget(target, transferOptions);
    try {
      const moved = await copyStore(from, to, line.show);
      line.end();
      console.log(`Copied ${from.name} to ${to.name}. Both hold the same number of rows:\n${rowsTable(moved)}`);
    } finally {
      await to.close();
    }
  } finally {
    line.end();
    await from.close();
  }
}

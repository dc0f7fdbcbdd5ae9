import { SimloftError } from '../core/errors.ts';
import { backupStore } from '../store/transfer/backup.ts';
import { nameOf } from '../store/transfer/location.ts';
import type { Command } from './command.ts';
import { locationOr } from './store-options.ts';

export const backup: Command = {
  spec: {
    name: 'backup',
    summary: 'Saves the embedded store into one file, also while the gateway runs.',
    details:
      'The file is checked before it gets its name, and only its owner can read it. It is a database like the one in DATA_DIR.\nFor a store in PostgreSQL use pg_dump or simloft export.\n\nExample: simloft backup --to /mnt/backup/simloft.db',
    options: {
      from: { type: 'string', value: 'FOLDER', help: 'the data directory (default: DATA_DIR, ./data)' },
      to: { type: 'string', value: 'FILE', help: 'the file to make' },
      replace: { type: 'boolean', help: 'replace the file when it exists' },
    },
  },

  async run({ words, strings, flags }) {
    const { from, to } = strings;
    if (to === undefined || words.length > 0) {
      throw new SimloftError('usage', 'simloft backup needs a file to make: simloft backup --to FILE.');
    }
    const location = await locationOr(from);
    if (location.kind === 'postgres') {
      const text = `simloft backup saves the store in a data directory, and ${nameOf(location)} is none. Use pg_dump or simloft export for it.`;
      throw new SimloftError('usage', text);
    }
    const directory = location.path;
    const bytes = await backupStore({ from: directory, to, replace: flags.has('replace') });
    console.log(`Saved ${directory} to ${to}: ${(bytes / 1024 / 1024).toFixed(1)} MiB, checked.`);
    return 0;
  },
};

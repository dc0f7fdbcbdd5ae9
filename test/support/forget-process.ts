import { forgetCodeTexts, forgetOld, keepAll } from '../../src/app/privacy/forget.ts';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import type { Store } from '../../src/store/store.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';

/**
 * A process of its own that forgets what is old in a store: `node forget-process.ts DIRECTORY` says `piece` after each transaction, and
 * `done` when nothing is left to be forgotten.
 */
const [, , directory = ''] = process.argv;
const store = await openSqliteStore({ directory, clock: systemClock, log: silentLogger });
const minute = 60_000;
const retention = { ...keepAll, messages: 60 * minute, pdus: 30 * minute, codeTexts: 10 * minute };
const told: Store = {
  ...store,
  async transaction(work, about) {
    const result = await store.transaction(work, about);
    process.stdout.write('piece\n');
    return result;
  },
};
const options = { store: told, clock: systemClock, log: silentLogger, retention };
const going = new AbortController().signal;
await forgetCodeTexts(options, going);
await forgetOld(options, going);
process.stdout.write('done\n');
await store.close();

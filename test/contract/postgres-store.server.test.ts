import { afterAll, beforeAll } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import { dropDatabase, emptyDatabase, freshDatabase } from '../support/servers/fresh.ts';
import { storeContract } from './store.ts';

let url: string;
const open = () => openPostgresStore({ url, clock: systemClock, log: silentLogger });
beforeAll(async () => {
  url = await freshDatabase();
});
afterAll(() => dropDatabase(url));

storeContract('PostgreSQL', async () => {
  const store = await open();
  let current = store;
  return {
    store,
    async reopen() {
      await current.close();
      current = await open();
      return current;
    },
    async dispose() {
      await current.close();
      await emptyDatabase(url);
    },
  };
});

import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import { dropDatabase, freshDatabase } from '../support/servers/fresh.ts';
import { storeContract } from './store.ts';

storeContract('PostgreSQL', async () => {
  const url = await freshDatabase();
  const open = () => openPostgresStore({ url, clock: systemClock, log: silentLogger });
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
      await dropDatabase(url);
    },
  };
});

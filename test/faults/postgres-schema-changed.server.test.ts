import { expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import { dropDatabase, freshDatabase } from '../support/servers/fresh.ts';
import { query } from '../support/servers/postgres.ts';

it('a transaction goes on though a newer version has changed a table that it has prepared statements for', async () => {
  const url = await freshDatabase();
  const store = await openPostgresStore({ url, clock: systemClock, log: silentLogger });
  const ask = () => store.transaction((tx) => tx.partsByKey('none'), { key: 'modem' });
  try {
    expect(await ask()).toEqual([]);
    await query(url, 'alter table inbound_part add column news text');
    expect(await ask()).toEqual([]);
    expect(await ask()).toEqual([]);
  } finally {
    await store.close();
    await dropDatabase(url);
  }
});

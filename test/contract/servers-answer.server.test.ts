import { expect, it } from 'vitest';
import { dropDatabase, freshDatabase } from '../support/servers/fresh.ts';
import { query } from '../support/servers/postgres.ts';

it('each test has a database of its own', async () => {
  const url = await freshDatabase();
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await dropDatabase(url);
});

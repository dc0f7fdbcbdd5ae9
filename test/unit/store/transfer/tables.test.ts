import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../src/core/logger.ts';
import { openSqliteTarget } from '../../../../src/store/transfer/sqlite-ends.ts';
import { tables } from '../../../../src/store/transfer/tables.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const camel = (name: unknown) => String(name).replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** Asks the database that the migrations make. */
async function asked(statement: string): Promise<Record<string, unknown>[]> {
  await using temporary = await temporaryDirectory();
  const store = openSqliteTarget(temporary.path, { clock: new VirtualClock(), log: silentLogger });
  await store.migrate();
  await store.close();
  using database = new DatabaseSync(join(temporary.path, 'simloft.db'));
  return database.prepare(statement).all();
}

describe('the list of tables that are moved', () => {
  it('is every table of the database with its primary key; only the list of migrations stays where it is', async () => {
    const columns = await asked(
      `select t.name as tbl, c.name, c.pk from sqlite_schema t, pragma_table_info(t.name) c
       where t.type = 'table' and t.name not like 'sqlite_%' and c.pk > 0 order by t.name, c.pk`,
    );
    const keys: Record<string, string[]> = {};
    for (const { tbl, name } of columns) (keys[camel(tbl)] ??= []).push(camel(name));
    const { migration, ...moved } = keys;
    expect(migration).toEqual(['name']);
    expect(Object.fromEntries(tables.map(({ name, key }) => [name, key]))).toEqual(moved);
  });

  it('names a table after all that it points to', async () => {
    const pointers = await asked(
      `select t.name as tbl, f."table" as other from sqlite_schema t, pragma_foreign_key_list(t.name) f where t.type = 'table'`,
    );
    const place = (name: unknown) => tables.findIndex((table) => table.name === camel(name));
    expect(pointers.length).toBeGreaterThan(3);
    const wrong = pointers.filter(({ tbl, other }) => tbl !== other && place(tbl) < place(other));
    expect(wrong).toEqual([]);
  });
});

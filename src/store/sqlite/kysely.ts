import { CamelCasePlugin, Kysely } from 'kysely';
import type { Capabilities } from '../capabilities.ts';
import type { Schema } from '../schema.ts';
import { sqliteDialect } from './dialect.ts';
import type { DatabaseSync } from './open.ts';

/** SQLite can give an id again after the row with the highest one is gone, unless it is told not to. */
export const sqliteCapabilities: Capabilities = {
  addId: (table) => table.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement()),
  locksRows: false,
  joinsLaterally: false,
  writesInWith: false,
};

/** The schema on a database that is open; `path` is for error messages. */
export function sqliteKysely(database: DatabaseSync, path: string): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: sqliteDialect(database, path), plugins: [new CamelCasePlugin()] });
}

import type { Kysely } from 'kysely';
import { SimloftError } from '../../core/errors.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Schema } from '../schema.ts';
import { first } from './0001-first.ts';
import type { Migration } from './migration.ts';

const migrations: readonly Migration[] = [first];

/**
 * Brings the schema up to this version, each step in a transaction of its own.
 * @throws SimloftError `store_unsafe` when the store was made by a newer version: it may hold what this one would damage.
 */
export async function migrate(db: Kysely<Schema>, capabilities: Capabilities, now: number): Promise<void> {
  await db.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('appliedAt', 'bigint', (column) => column.notNull())
    .execute();
  const applied = new Set((await db.selectFrom('migration').select('name').execute()).map(({ name }) => name));
  const foreign = [...applied].filter((name) => !migrations.some((migration) => migration.name === name));
  if (foreign.length > 0) {
    throw new SimloftError(
      'store_unsafe',
      `The store was made by a newer version of Simloft (step ${foreign.join(', ')}). Start that version, or give this one another DATA_DIR.`,
    );
  }
  for (const migration of migrations.filter(({ name }) => !applied.has(name))) {
    await db.transaction().execute(async (tx) => {
      await migration.up(tx.withTables<never>(), capabilities);
      await tx.insertInto('migration').values({ name: migration.name, appliedAt: now }).execute();
    });
  }
}

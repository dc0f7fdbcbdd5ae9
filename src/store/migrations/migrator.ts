import type { Kysely } from 'kysely';
import { SimloftError } from '../../core/errors.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Schema } from '../schema.ts';
import { first } from './0001-first.ts';
import { roles } from './0002-roles.ts';
import { indexes } from './0003-indexes.ts';
import { feed } from './0004-feed.ts';
import { access } from './0005-access.ts';
import { messages } from './0006-messages.ts';
import { claims } from './0007-claims.ts';
import { webhooks } from './0008-webhooks.ts';
import { privacy } from './0009-privacy.ts';
import { sessions } from './0011-sessions.ts';
import { links } from './0012-links.ts';
import type { Migration } from './migration.ts';

/** In their order, each on a line of its own. */
const migrations: readonly Migration[] = [
  first,
  roles,
  indexes,
  feed,
  access,
  messages,
  claims,
  webhooks,
  privacy,
  sessions,
  links,
];

/** The names of all steps, in their order. */
export const steps: readonly string[] = migrations.map(({ name }) => name);

/**
 * Brings the schema up to this version, or up to the step `upTo` for rows that an older version wrote; each step in a transaction of its own.
 * @throws SimloftError `store_unsafe` when the store was made by a newer version: it may hold what this one would damage.
 */
export async function migrate(
  db: Kysely<Schema>,
  capabilities: Capabilities,
  now: number,
  upTo?: string,
): Promise<void> {
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
      `The store was made by a newer version of Simloft (step ${foreign.join(', ')}). Start that version, or give this one another store with DATA_DIR or DATABASE_URL.`,
    );
  }
  const wanted = upTo === undefined ? migrations : migrations.slice(0, steps.indexOf(upTo) + 1);
  for (const migration of wanted.filter(({ name }) => !applied.has(name))) {
    await db.transaction().execute(async (tx) => {
      await migration.up(tx.withTables<never>(), capabilities);
      await tx.insertInto('migration').values({ name: migration.name, appliedAt: now }).execute();
    });
  }
}

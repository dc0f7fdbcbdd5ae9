import type { Kysely } from 'kysely';
import type { Capabilities } from '../capabilities.ts';
import type { Migration } from './migration.ts';

/** What several processes need to agree on: who serves a modem, who hands over a message, who fires a job; and what became of a message where. */
export const roles: Migration = {
  name: '0002-roles',
  async up(db, capabilities) {
    await claims(db);
    await agreements(db);
    await steps(db, capabilities);
  },
};

async function claims(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable('outgoing').addColumn('claimedUntil', 'bigint').execute();
  await db.schema.alterTable('outgoing').addColumn('claimedBy', 'text').execute();
}

async function agreements(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('workerRun')
    .addColumn('modem', 'text', (column) => column.primaryKey())
    .addColumn('run', 'text', (column) => column.notNull())
    .addColumn('previous', 'text')
    .execute();
  await db.schema
    .createTable('schedule')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('firedAt', 'bigint', (column) => column.notNull())
    .execute();
}

async function steps(db: Kysely<never>, { addId }: Capabilities): Promise<void> {
  await addId(db.schema.createTable('step'))
    .addColumn('direction', 'text', (column) => column.notNull())
    .addColumn('messageId', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('trace', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('step_by_message').on('step').columns(['messageId', 'direction']).execute();
}

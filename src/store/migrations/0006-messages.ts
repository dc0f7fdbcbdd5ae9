import { type Kysely, sql } from 'kysely';
import type { Capabilities } from '../capabilities.ts';
import type { Migration } from './migration.ts';

/** What the resources of `/v1` need: what was read, who is blocked, what is sent again, contacts, lists of senders, readings over time. */
export const messages: Migration = {
  name: '0006-messages',
  async up(db, capabilities) {
    await received(db);
    await sent(db);
    await contacts(db, capabilities);
    await lists(db, capabilities);
    await points(db);
  },
};

async function received(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable('inbound').addColumn('readAt', 'bigint').execute();
  await db.schema
    .alterTable('inbound')
    .addColumn('blocked', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable('call')
    .addColumn('blocked', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('inbound_unread')
    .on('inbound')
    .column('storedAt')
    .where(sql<boolean>`read_at is null`)
    .execute();
  await db.schema
    .createIndex('inbound_unread_of_peer')
    .on('inbound')
    .columns(['peerId', 'storedAt'])
    .where(sql<boolean>`read_at is null`)
    .execute();
  await db.schema
    .createIndex('inbound_blocked')
    .on('inbound')
    .column('storedAt')
    .where(sql<boolean>`blocked = 1`)
    .execute();
  await db.schema.createIndex('call_by_caller').on('call').columns(['caller', 'storedAt']).execute();
}

async function sent(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable('outgoing').addColumn('resendOf', 'bigint').execute();
  await db.schema.createIndex('outgoing_by_time').on('outgoing').columns(['createdAt', 'id']).execute();
  await db.schema
    .createIndex('outgoing_by_recipient')
    .on('outgoing')
    .columns(['recipient', 'createdAt', 'id'])
    .execute();
  await db.schema
    .createIndex('report_by_message')
    .on('report')
    .column('messageId')
    .where(sql<boolean>`message_id is not null`)
    .execute();
  // Who was written to is a peer too. Numbers have no letters, so they are their own lower case.
  await sql`insert into peer (address, search) select distinct recipient, recipient from outgoing
    where recipient not in (select address from peer)`.execute(db);
}

async function contacts(db: Kysely<never>, { addId }: Capabilities): Promise<void> {
  await addId(db.schema.createTable('contact'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('search', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('contact_by_name').on('contact').columns(['search', 'id']).execute();
  await db.schema
    .createTable('contactAddress')
    .addColumn('search', 'text', (column) => column.primaryKey())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('contactId', 'bigint', (column) => column.notNull().references('contact.id').onDelete('cascade'))
    .execute();
  await db.schema.createIndex('contact_address_by_contact').on('contactAddress').column('contactId').execute();
}

async function lists(db: Kysely<never>, { addId }: Capabilities): Promise<void> {
  await addId(db.schema.createTable('listEntry'))
    .addColumn('list', 'text', (column) => column.notNull())
    .addColumn('pattern', 'text', (column) => column.notNull())
    .addColumn('search', 'text', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('list_entry_once', ['list', 'search'])
    .execute();
  await db.schema
    .createTable('screening')
    .addColumn('list', 'text', (column) => column.primaryKey())
    .addColumn('active', 'integer', (column) => column.notNull())
    .execute();
}

async function points(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('readingPoint')
    .addColumn('modem', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('total', 'bigint', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('reading_point_key', ['modem', 'key', 'at'])
    .execute();
}

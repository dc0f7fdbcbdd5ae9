import type { Kysely } from 'kysely';
import type { Capabilities } from '../capabilities.ts';
import type { Migration } from './migration.ts';

export const first: Migration = {
  name: '0001-first',
  async up(db, capabilities) {
    await inbound(db, capabilities);
    await outgoing(db, capabilities);
    await reports(db, capabilities);
    await calls(db, capabilities);
    await state(db);
  },
};

async function inbound(db: Kysely<never>, { addId }: Capabilities): Promise<void> {
  await addId(db.schema.createTable('peer'))
    .addColumn('address', 'text', (column) => column.notNull().unique())
    .addColumn('search', 'text', (column) => column.notNull())
    .execute();
  await addId(db.schema.createTable('inbound'))
    .addColumn('modem', 'text', (column) => column.notNull())
    .addColumn('sim', 'text')
    .addColumn('peerId', 'bigint', (column) => column.notNull().references('peer.id'))
    .addColumn('text', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('storedAt', 'bigint')
    .addColumn('receivedAt', 'bigint', (column) => column.notNull())
    .addColumn('smscAt', 'bigint')
    .addColumn('smscOffset', 'integer')
    .addColumn('slot', 'integer', (column) => column.notNull())
    .addColumn('memory', 'text')
    .addColumn('duplicateOf', 'bigint', (column) => column.references('inbound.id'))
    .addColumn('imported', 'integer', (column) => column.notNull())
    .addColumn('setKey', 'text')
    .addColumn('partsTotal', 'integer', (column) => column.notNull())
    .addColumn('decodeError', 'text')
    .execute();
  await db.schema.createIndex('inbound_by_time').on('inbound').column('storedAt').execute();
  await db.schema.createIndex('inbound_by_peer').on('inbound').columns(['peerId', 'storedAt']).execute();
  await db.schema.createIndex('inbound_by_set').on('inbound').column('setKey').execute();
  await db.schema.createIndex('inbound_by_state').on('inbound').columns(['state', 'receivedAt']).execute();
  await addId(db.schema.createTable('inboundPart'))
    .addColumn('messageId', 'bigint', (column) => column.notNull().references('inbound.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('pdu', 'text', (column) => column.notNull())
    .addColumn('tpduLength', 'integer')
    .addColumn('memory', 'text')
    .addColumn('slot', 'integer')
    .addColumn('receivedAt', 'bigint', (column) => column.notNull())
    .addColumn('smscAt', 'bigint')
    .execute();
  await db.schema.createIndex('inbound_part_by_key').on('inboundPart').column('key').execute();
  await db.schema.createIndex('inbound_part_by_message').on('inboundPart').column('messageId').execute();
}

async function outgoing(db: Kysely<never>, { addId }: Capabilities): Promise<void> {
  await addId(db.schema.createTable('outgoing'))
    .addColumn('modem', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('busyCount', 'integer', (column) => column.notNull())
    .addColumn('nextAttemptAt', 'bigint', (column) => column.notNull())
    .addColumn('expiresAt', 'bigint', (column) => column.notNull())
    .addColumn('deliveryReport', 'integer', (column) => column.notNull())
    .addColumn('flash', 'integer', (column) => column.notNull())
    .addColumn('validFor', 'bigint')
    .addColumn('ifUnknown', 'text', (column) => column.notNull())
    .addColumn('error', 'text')
    .addColumn('errorCode', 'text')
    .addColumn('sentAt', 'bigint')
    .addColumn('deliveredAt', 'bigint')
    .addColumn('idempotencyKey', 'text', (column) => column.unique())
    .execute();
  await db.schema.createIndex('outgoing_due').on('outgoing').columns(['state', 'modem', 'nextAttemptAt']).execute();
  await db.schema.createIndex('outgoing_by_state').on('outgoing').columns(['state', 'id']).execute();
  await db.schema
    .createTable('outgoingPart')
    .addColumn('messageId', 'bigint', (column) => column.notNull().references('outgoing.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('pdu', 'text', (column) => column.notNull())
    .addColumn('tpduLength', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('run', 'text')
    .addColumn('messageReference', 'integer')
    .addColumn('sentAt', 'bigint')
    .addColumn('reportStatus', 'integer')
    .addPrimaryKeyConstraint('outgoing_part_key', ['messageId', 'seq'])
    .execute();
  await db.schema
    .createIndex('outgoing_part_by_state')
    .on('outgoingPart')
    .columns(['state', 'messageReference'])
    .execute();
}

async function reports(db: Kysely<never>, { addId }: Capabilities): Promise<void> {
  await addId(db.schema.createTable('report'))
    .addColumn('modem', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('pdu', 'text', (column) => column.notNull())
    .addColumn('messageReference', 'integer', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('status', 'integer', (column) => column.notNull())
    .addColumn('dischargedAt', 'bigint')
    .addColumn('receivedAt', 'bigint', (column) => column.notNull())
    .addColumn('messageId', 'bigint')
    .addColumn('seq', 'integer')
    .execute();
  await db.schema.createIndex('report_by_reference').on('report').columns(['messageReference', 'receivedAt']).execute();
}

async function calls(db: Kysely<never>, { addId }: Capabilities): Promise<void> {
  await addId(db.schema.createTable('call'))
    .addColumn('call', 'text', (column) => column.notNull().unique())
    .addColumn('modem', 'text', (column) => column.notNull())
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('withheld', 'integer', (column) => column.notNull())
    .addColumn('startedAt', 'bigint', (column) => column.notNull())
    .addColumn('storedAt', 'bigint', (column) => column.notNull())
    .addColumn('endedAt', 'bigint')
    .addColumn('rings', 'integer', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('call_by_time').on('call').column('storedAt').execute();
}

/** What is known now, one row a thing. */
async function state(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('reading')
    .addColumn('modem', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('reading_key', ['modem', 'key'])
    .execute();
  await db.schema
    .createTable('modem')
    .addColumn('modem', 'text', (column) => column.primaryKey())
    .addColumn('port', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reasonCode', 'text')
    .addColumn('reasonText', 'text')
    .addColumn('identity', 'text')
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('sim')
    .addColumn('sim', 'text', (column) => column.primaryKey())
    .addColumn('knownAt', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('counter')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .execute();
}

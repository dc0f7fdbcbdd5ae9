import { type Kysely, sql } from 'kysely';
import type { Capabilities } from '../capabilities.ts';
import type { Migration } from './migration.ts';

/** Who is told of what happened, what each of them is still to be told, and what they answered. */
export const webhooks: Migration = {
  name: '0008-webhooks',
  async up(db, { addId }) {
    await addId(db.schema.createTable('webhookTarget'))
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('secret', 'text', (column) => column.notNull())
      .addColumn('template', 'text', (column) => column.notNull())
      .addColumn('options', 'text', (column) => column.notNull())
      .addColumn('filters', 'text', (column) => column.notNull())
      .addColumn('allowInsecure', 'integer', (column) => column.notNull())
      .addColumn('enabled', 'integer', (column) => column.notNull())
      .addColumn('disabledWhy', 'text')
      .addColumn('afterEvent', 'bigint', (column) => column.notNull())
      .addColumn('createdAt', 'bigint', (column) => column.notNull())
      .execute();
    await deliveries(db, addId);
    await addId(db.schema.createTable('webhookAttempt'))
      .addColumn('deliveryId', 'bigint', (column) =>
        column.notNull().references('webhookDelivery.id').onDelete('cascade'),
      )
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('ms', 'integer', (column) => column.notNull())
      .addColumn('status', 'integer')
      .addColumn('answer', 'text')
      .addColumn('error', 'text')
      .execute();
    await db.schema
      .createIndex('webhook_attempt_by_delivery')
      .on('webhookAttempt')
      .columns(['deliveryId', 'id'])
      .execute();
  },
};

async function deliveries(db: Kysely<never>, addId: Capabilities['addId']): Promise<void> {
  await addId(db.schema.createTable('webhookDelivery'))
    .addColumn('targetId', 'bigint', (column) => column.notNull().references('webhookTarget.id').onDelete('cascade'))
    .addColumn('eventId', 'bigint')
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('nextAttemptAt', 'bigint', (column) => column.notNull())
    .addColumn('expiresAt', 'bigint', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('deliveredAt', 'bigint')
    .addColumn('error', 'text')
    .addColumn('unreachable', 'integer', (column) => column.notNull())
    .addColumn('claimedUntil', 'bigint')
    .addColumn('claimedBy', 'text')
    .execute();
  await db.schema.createIndex('webhook_delivery_by_target').on('webhookDelivery').columns(['targetId', 'id']).execute();
  await db.schema
    .createIndex('webhook_delivery_by_state')
    .on('webhookDelivery')
    .columns(['state', 'targetId', 'createdAt'])
    .execute();
  const queued = sql<boolean>`state = 'queued'`;
  await db.schema
    .createIndex('webhook_delivery_due')
    .on('webhookDelivery')
    .columns(['targetId', 'nextAttemptAt', 'id'])
    .where(queued)
    .execute();
  await db.schema
    .createIndex('webhook_delivery_turn')
    .on('webhookDelivery')
    .columns(['targetId', 'conversation', 'id'])
    .where(queued)
    .execute();
}

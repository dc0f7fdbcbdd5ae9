import { type Kysely, sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Which messages hold a one-time code and which were emptied of it, what was deleted, and what is found by age to be deleted. */
export const privacy: Migration = {
  name: '0009-privacy',
  async up(db) {
    await db.schema.alterTable('inbound').addColumn('holdsCode', 'integer').execute();
    await db.schema.alterTable('inbound').addColumn('textRemovedAt', 'bigint').execute();
    await db.schema
      .createIndex('inbound_codes')
      .on('inbound')
      .column('receivedAt')
      .where(sql<boolean>`holds_code = 1`)
      .execute();
    await db.schema.alterTable('outgoing').addColumn('holdsCode', 'integer').execute();
    await db.schema.alterTable('outgoing').addColumn('textRemovedAt', 'bigint').execute();
    await db.schema
      .createIndex('outgoing_codes')
      .on('outgoing')
      .column('createdAt')
      .where(sql<boolean>`holds_code = 1`)
      .execute();
    await db.schema
      .createTable('forgotten')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .execute();
    await about(db);
    await db.schema.createIndex('reading_point_by_time').on('readingPoint').column('at').execute();
    await db.schema
      .createIndex('report_unmatched')
      .on('report')
      .column('receivedAt')
      .where(sql<boolean>`message_id is null`)
      .execute();
  },
};

/** Which deliveries are about a row, so that they go with it, or keep it until they are told. */
async function about(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable('webhookDelivery').addColumn('aboutKind', 'text').execute();
  await db.schema.alterTable('webhookDelivery').addColumn('aboutRow', 'bigint').execute();
  await db.schema
    .createIndex('webhook_delivery_about')
    .on('webhookDelivery')
    .columns(['aboutRow', 'aboutKind'])
    .where('aboutRow', 'is not', null)
    .execute();
}

import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Which messages hold a one-time code, and which were emptied of it. */
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
  },
};

import type { Migration } from './migration.ts';

/** Who got a message or a call that only one may get. */
export const claims: Migration = {
  name: '0007-claims',
  async up(db) {
    await db.schema
      .createTable('claim')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('rowId', 'bigint', (column) => column.notNull())
      .addColumn('claimedAt', 'bigint', (column) => column.notNull())
      .addColumn('claimedBy', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('claim_once', ['kind', 'rowId'])
      .execute();
  },
};

import type { Migration } from './migration.ts';

/** What happened, in the order in which it was committed: what listeners and webhooks go through, and where they take up again. */
export const feed: Migration = {
  name: '0004-feed',
  async up(db) {
    await db.schema
      .createTable('feed')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('modem', 'text', (column) => column.notNull())
      .addColumn('row', 'bigint')
      .addColumn('detail', 'text')
      .execute();
  },
};

import type { Migration } from './migration.ts';

/** How the links to the modems went: what was wrong, and when it was well again. */
export const links: Migration = {
  name: '0012-links',
  async up(db, { addId }) {
    await addId(db.schema.createTable('linkChange'))
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('modem', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('reasonCode', 'text')
      .addColumn('reasonText', 'text')
      .execute();
    await db.schema.createIndex('link_change_by_modem').on('linkChange').columns(['modem', 'id']).execute();
  },
};

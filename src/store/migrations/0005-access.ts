import type { Migration } from './migration.ts';

/** Keys, by what they hash to, and what each has sent on which day. */
export const access: Migration = {
  name: '0005-access',
  async up(db, { addId }) {
    await addId(db.schema.createTable('accessKey'))
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('hash', 'text', (column) => column.notNull().unique())
      .addColumn('hint', 'text', (column) => column.notNull())
      .addColumn('scopes', 'text', (column) => column.notNull())
      .addColumn('limits', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'bigint', (column) => column.notNull())
      .addColumn('expiresAt', 'bigint')
      .addColumn('lastUsedAt', 'bigint')
      .addColumn('revokedAt', 'bigint')
      .execute();
    await db.schema
      .createTable('keyUsage')
      .addColumn('keyId', 'bigint', (column) => column.notNull().references('accessKey.id'))
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('sent', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('key_usage_pkey', ['keyId', 'day'])
      .execute();
  },
};

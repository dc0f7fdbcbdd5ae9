import type { Migration } from './migration.ts';

/** For what is asked again and again however long the store has been filling. */
export const indexes: Migration = {
  name: '0003-indexes',
  async up(db) {
    // What points to a message must be found before that message may go.
    await db.schema
      .createIndex('inbound_by_original')
      .on('inbound')
      .column('duplicateOf')
      .where('duplicateOf', 'is not', null)
      .execute();
    // Each pass of the scheduler asks for these; a long queue that waits would be walked through every time.
    await db.schema.createIndex('outgoing_by_expiry').on('outgoing').columns(['state', 'modem', 'expiresAt']).execute();
    await db.schema
      .createIndex('outgoing_by_claim')
      .on('outgoing')
      .columns(['state', 'modem', 'claimedUntil'])
      .execute();
  },
};

import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;

export async function readConversation(db: Db, peer: string, until: number, at: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('inbound')
    .set({ readAt: at })
    .where('peerId', 'in', (from) => from.selectFrom('peer').select('id').where('search', '=', peer.toLowerCase()))
    .where('readAt', 'is', null)
    .where('storedAt', '<=', until)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** A repetition whose original is gone would look like a message of its own, so it goes too. Parts go by themselves. */
export async function deleteInbound(db: Db, id: number): Promise<void> {
  const repetitions = await db.selectFrom('inbound').select('id').where('duplicateOf', '=', id).execute();
  for (const row of [...repetitions, { id }]) {
    await db.deleteFrom('step').where('messageId', '=', row.id).where('direction', '=', 'in').execute();
    await db.deleteFrom('inbound').where('id', '=', row.id).execute();
  }
}

export async function deleteOutgoing(db: Db, id: number): Promise<void> {
  await db.deleteFrom('step').where('messageId', '=', id).where('direction', '=', 'out').execute();
  await db.deleteFrom('report').where('messageId', '=', id).execute();
  await db.deleteFrom('outgoing').where('id', '=', id).execute();
}

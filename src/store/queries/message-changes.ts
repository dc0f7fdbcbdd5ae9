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
export async function deleteReceived(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const repetitions = await db.selectFrom('inbound').select('id').where('duplicateOf', 'in', ids).execute();
  // The repetitions first: they point to what they repeat.
  for (const some of [repetitions.map(({ id }) => id), ids]) {
    if (some.length === 0) continue;
    await db.deleteFrom('step').where('messageId', 'in', some).where('direction', '=', 'in').execute();
    await db.deleteFrom('claim').where('kind', '=', 'message').where('rowId', 'in', some).execute();
    await db.deleteFrom('inbound').where('id', 'in', some).execute();
  }
}

export async function deleteSent(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom('step').where('messageId', 'in', ids).where('direction', '=', 'out').execute();
  await db.deleteFrom('report').where('messageId', 'in', ids).execute();
  await db.deleteFrom('outgoing').where('id', 'in', ids).execute();
}

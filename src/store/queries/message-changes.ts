import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';
import { deleteDeliveriesAbout } from './webhook-deliveries.ts';

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
    const parts = await db.selectFrom('inboundPart').select('key').where('messageId', 'in', some).execute();
    await forgetKeys(db, parts);
    await db.deleteFrom('step').where('messageId', 'in', some).where('direction', '=', 'in').execute();
    await db.deleteFrom('claim').where('kind', '=', 'message').where('rowId', 'in', some).execute();
    await deleteDeliveriesAbout(db, 'in', some);
    const gone = await db.deleteFrom('inbound').where('id', 'in', some).returning('peerId').execute();
    await deleteStrangers(db, [...new Set(gone.map(({ peerId }) => peerId))]);
  }
}

export async function deleteSent(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await deleteReports(db, (reports) => reports.where('messageId', 'in', ids));
  await db.deleteFrom('step').where('messageId', 'in', ids).where('direction', '=', 'out').execute();
  await deleteDeliveriesAbout(db, 'out', ids);
  const gone = await db.deleteFrom('outgoing').where('id', 'in', ids).returning('recipient').execute();
  const addresses = [...new Set(gone.map(({ recipient }) => recipient))];
  if (addresses.length === 0) return;
  const peers = await db.selectFrom('peer').select('id').where('address', 'in', addresses).execute();
  await deleteStrangers(
    db,
    peers.map(({ id }) => id),
  );
}

/** Some of the reports. Returns how many. */
export async function deleteReports(
  db: Db,
  some: (reports: ReturnType<typeof reportKeys>) => ReturnType<typeof reportKeys>,
): Promise<number> {
  const found = await some(reportKeys(db)).execute();
  if (found.length === 0) return 0;
  await forgetKeys(db, found);
  const ids = found.map(({ id }) => id);
  await db.deleteFrom('report').where('id', 'in', ids).execute();
  return found.length;
}

const reportKeys = (db: Db) => db.selectFrom('report').select(['id', 'key']);

/** Enough of a hash that no two are alike. */
const keyStart = (key: string): string => key.slice(0, 32);

async function forgetKeys(db: Db, rows: readonly { readonly key: string }[]): Promise<void> {
  const keys = [...new Set(rows.map(({ key }) => keyStart(key)))];
  if (keys.length === 0) return;
  await db
    .insertInto('forgotten')
    .values(keys.map((key) => ({ key })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function isForgotten(db: Db, key: string): Promise<boolean> {
  return (await db.selectFrom('forgotten').select('key').where('key', '=', keyStart(key)).execute()).length > 0;
}

/** An address that no message names any more. */
async function deleteStrangers(db: Db, peerIds: readonly number[]): Promise<void> {
  if (peerIds.length === 0) return;
  await db
    .deleteFrom('peer')
    .where('id', 'in', peerIds)
    .where((is) => is.not(is.exists(is.selectFrom('inbound').select('inbound.id').whereRef('peerId', '=', 'peer.id'))))
    .where((is) =>
      is.not(is.exists(is.selectFrom('outgoing').select('outgoing.id').whereRef('recipient', '=', 'peer.address'))),
    )
    .execute();
}

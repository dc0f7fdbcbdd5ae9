import { type Kysely, sql } from 'kysely';
import type { Batch, OldestRows, StoredText } from '../privacy-records.ts';
import type { Schema } from '../schema.ts';
import { moveReached, reached } from './counters.ts';
import { deleteReceived, deleteSent } from './message-changes.ts';

type Db = Kysely<Schema>;

/** Name of the counter that holds how far texts were looked through. */
const lookedTo = 'codes looked to';
/** Those that hold how far PDUs were removed. */
const receivedPdus = 'received PDUs removed to';
const sentPdus = 'sent PDUs removed to';
/** What is over, whatever came of it. */
const finalStates = ['sent', 'delivered', 'undelivered', 'unknown', 'failed', 'expired', 'canceled'] as const;
const isFinal = (state: string): boolean => finalStates.some((one) => one === state);

export function textsStored(
  db: Db,
  { after, until, limit }: { readonly after: number; readonly until: number; readonly limit: number },
): Promise<StoredText[]> {
  return db
    .selectFrom('inbound')
    .innerJoin('peer', 'peer.id', 'inbound.peerId')
    .select(['inbound.id', 'peer.address as sender', 'inbound.text', 'inbound.storedAt'])
    .where('inbound.storedAt', '>', after)
    .where('inbound.storedAt', '<=', until)
    .orderBy('inbound.storedAt')
    .limit(limit)
    .$narrowType<{ storedAt: number }>()
    .execute();
}

export const codesLookedTo = (db: Db): Promise<number> => reached(db, lookedTo);

export const moveCodesLookedTo = (db: Db, storedAt: number): Promise<void> => moveReached(db, lookedTo, storedAt);

export async function oldestRows(db: Db): Promise<OldestRows> {
  const earliest = async (rows: Promise<{ at: number | null }[]>) => (await rows)[0]?.at ?? null;
  const received = db.selectFrom('inbound').select('storedAt as at').where('storedAt', 'is not', null);
  return {
    received: await earliest(received.orderBy('storedAt').limit(1).execute()),
    sent: await earliest(db.selectFrom('outgoing').select('createdAt as at').orderBy('createdAt').limit(1).execute()),
    calls: await earliest(db.selectFrom('call').select('storedAt as at').orderBy('storedAt').limit(1).execute()),
    codes: await earliest(withCodes(db).select('receivedAt as at').orderBy('receivedAt').limit(1).execute()),
  };
}

/** Along the index of the few that hold one. */
const withCodes = (db: Db) => db.selectFrom('inbound').where(sql<boolean>`holds_code = 1`);

export async function markCodes(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db.updateTable('inbound').set({ holdsCode: 1 }).where('id', 'in', ids).execute();
  await db.updateTable('inbound').set({ holdsCode: 1 }).where('duplicateOf', 'in', ids).execute();
}

export async function removeCodeTexts(db: Db, { before, limit, at }: Batch & { readonly at: number }): Promise<number> {
  const found = await withCodes(db)
    .select('id')
    .where('receivedAt', '<', before)
    .where('textRemovedAt', 'is', null)
    // A part that comes late is put together with the others from their PDUs.
    .where('state', '=', 'complete')
    .orderBy('receivedAt')
    .limit(limit)
    .execute();
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await db.updateTable('inboundPart').set({ pdu: '' }).where('messageId', 'in', ids).execute();
  await db.updateTable('inbound').set({ text: '', textRemovedAt: at }).where('id', 'in', ids).execute();
  return ids.length;
}

export async function removeReceivedPdus(db: Db, { before, limit }: Batch): Promise<number> {
  const found = await db
    .selectFrom('inbound')
    .select(['id', 'state', 'storedAt'])
    .where('storedAt', '>', await reached(db, receivedPdus))
    .where('storedAt', '<', before)
    .orderBy('storedAt')
    .limit(limit)
    .execute();
  // What could not be decoded, or is not whole, is nothing without its PDUs.
  const ids = found.filter(({ state }) => state === 'complete').map(({ id }) => id);
  if (ids.length > 0) await db.updateTable('inboundPart').set({ pdu: '' }).where('messageId', 'in', ids).execute();
  const last = found.at(-1)?.storedAt;
  if (typeof last === 'number') await moveReached(db, receivedPdus, last);
  return found.length;
}

export async function removeSentPdus(db: Db, { before, limit }: Batch): Promise<number> {
  const found = await db
    .selectFrom('outgoing')
    .select(['id', 'state', 'createdAt'])
    .where('createdAt', '>', await reached(db, sentPdus))
    .where('createdAt', '<', before)
    .orderBy('createdAt')
    .limit(limit)
    .execute();
  // One that is still to be sent needs its PDUs, and those behind it wait for it.
  const open = found.findIndex(({ state }) => !isFinal(state));
  const done = open === -1 ? found : found.slice(0, open);
  const ids = done.map(({ id }) => id);
  if (ids.length > 0) await db.updateTable('outgoingPart').set({ pdu: '' }).where('messageId', 'in', ids).execute();
  const last = done.at(-1);
  // Others of the same millisecond may lie beyond the limit.
  if (last !== undefined) await moveReached(db, sentPdus, last.createdAt - 1);
  return found.length === limit && done.length === limit ? done.length : 0;
}

export async function deleteOldReceived(
  db: Db,
  { before, limit, codes }: Batch & { readonly codes: boolean },
): Promise<number> {
  const old = codes
    ? withCodes(db).where('receivedAt', '<', before).orderBy('receivedAt')
    : db.selectFrom('inbound').where('storedAt', '<', before).orderBy('storedAt');
  const found = await old.select('id').where('state', '<>', 'pending').limit(limit).execute();
  await deleteReceived(
    db,
    found.map(({ id }) => id),
  );
  return found.length;
}

export async function deleteOldSent(db: Db, { before, limit }: Batch): Promise<number> {
  const found = await db
    .selectFrom('outgoing')
    .select('id')
    .where('createdAt', '<', before)
    .where('state', 'in', finalStates)
    .orderBy('createdAt')
    .limit(limit)
    .execute();
  await deleteSent(
    db,
    found.map(({ id }) => id),
  );
  return found.length;
}

export async function deleteOldCalls(db: Db, { before, limit }: Batch): Promise<number> {
  const found = await db
    .selectFrom('call')
    .select('id')
    .where('storedAt', '<', before)
    .where('endedAt', 'is not', null)
    .orderBy('storedAt')
    .limit(limit)
    .execute();
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await db.deleteFrom('claim').where('kind', '=', 'call').where('rowId', 'in', ids).execute();
  await db.deleteFrom('call').where('id', 'in', ids).execute();
  return ids.length;
}

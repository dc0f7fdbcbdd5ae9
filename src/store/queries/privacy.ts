import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { Batch, ForgetMark, ForgetMarks, Kept, RowsKept, SentText, StoredText } from '../privacy-records.ts';
import type { InboundMessage } from '../records.ts';
import type { Schema } from '../schema.ts';
import type { AboutKind } from '../webhook-records.ts';
import { moveReached, reached } from './counters.ts';
import { deleteReceived, deleteReports, deleteSent } from './message-changes.ts';
import { deleteDeliveriesAbout, forgetAnswersAbout } from './webhook-deliveries.ts';

type Db = Kysely<Schema>;

/** Name of the counter that holds how far texts were looked through. */
const lookedTo = 'codes looked to';
const sentLookedTo = 'sent codes looked to';
/** Those that hold how far PDUs were removed. */
const receivedPdus = 'received PDUs removed to';
const sentPdus = 'sent PDUs removed to';
/** And when something was done last. */
const markNames: Readonly<Record<ForgetMark, string>> = {
  ran: 'forgot at',
  deleted: 'deleted at',
  compacted: 'compacted at',
};
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

export function textsSent(
  db: Db,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<SentText[]> {
  return db
    .selectFrom('outgoing')
    .select(['id', 'createdAt', 'text'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}

export const sentCodesLookedTo = (db: Db): Promise<number> => reached(db, sentLookedTo);

export const moveSentCodesLookedTo = (db: Db, id: number): Promise<void> => moveReached(db, sentLookedTo, id);

export async function forgetMarks(db: Db): Promise<ForgetMarks> {
  const at = async (mark: ForgetMark) => (await reached(db, markNames[mark])) || null;
  return { ran: await at('ran'), deleted: await at('deleted'), compacted: await at('compacted') };
}

export const markForgetting = (db: Db, mark: ForgetMark, at: number): Promise<void> =>
  moveReached(db, markNames[mark], at);

/** Each along an index, and counted no further than `most`. */
export async function rowsKept(db: Db, most: number): Promise<RowsKept> {
  const received = db.selectFrom('inbound').select('storedAt as at').where('storedAt', 'is not', null);
  const sent = db.selectFrom('outgoing').select('createdAt as at');
  const calls = db.selectFrom('call').select('storedAt as at');
  const codes = withCodes(db).select('receivedAt as at');
  const sentCodes = sentWithCodes(db).select('createdAt as at');
  const feed = db.selectFrom('feed').select('at');
  const readings = db.selectFrom('readingPoint').select('at');
  const told = db.selectFrom('webhookDelivery').select('createdAt as at');
  return {
    received: await kept(db, received.orderBy('storedAt'), most),
    sent: await kept(db, sent.orderBy('createdAt'), most),
    calls: await kept(db, calls.orderBy('storedAt'), most),
    codes: both(
      await kept(db, codes.orderBy('receivedAt'), most),
      await kept(db, sentCodes.orderBy('createdAt'), most),
      most,
    ),
    // These are written in the order of their times.
    feed: await kept(db, feed.orderBy('id'), most),
    readings: await kept(db, readings.orderBy('at'), most),
    webhookLog: await kept(db, told.orderBy('id'), most),
  };
}

type Timed<Table extends keyof Schema> = SelectQueryBuilder<Schema, Table, { at: number | null }>;

async function kept<Table extends keyof Schema>(db: Db, rows: Timed<Table>, most: number): Promise<Kept> {
  const counted = await db
    .selectFrom(rows.limit(most).as('some'))
    .select((is) => is.fn.countAll().as('number'))
    .execute();
  const [oldest] = await rows.limit(1).execute();
  return { count: Number(counted[0]?.number ?? 0), oldest: oldest?.at ?? null };
}

function both(one: Kept, other: Kept, most: number): Kept {
  const oldest = [one, other].flatMap((kept) => kept.oldest ?? []).toSorted((a, b) => a - b);
  return { count: Math.min(most, one.count + other.count), oldest: oldest[0] ?? null };
}

/** Along the index of the few that hold one. */
const withCodes = (db: Db) => db.selectFrom('inbound').where(sql<boolean>`holds_code = 1`);

const sentWithCodes = (db: Db) => db.selectFrom('outgoing').where(sql<boolean>`holds_code = 1`);

export async function markSentCodes(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await db.updateTable('outgoing').set({ holdsCode: 1 }).where('id', 'in', ids).execute();
}

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
    .where('state', '<>', 'pending')
    .orderBy('receivedAt')
    .limit(limit)
    .execute();
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await db.updateTable('inboundPart').set({ pdu: '' }).where('messageId', 'in', ids).execute();
  await db.updateTable('inbound').set({ text: '', textRemovedAt: at }).where('id', 'in', ids).execute();
  await forgetAnswersAbout(db, 'in', ids);
  return ids.length;
}

export async function removeSentCodeTexts(
  db: Db,
  { before, limit, at }: Batch & { readonly at: number },
): Promise<number> {
  const found = await sentWithCodes(db)
    .select('id')
    .where('createdAt', '<', before)
    .where('textRemovedAt', 'is', null)
    .where('state', 'in', finalStates)
    .orderBy('createdAt')
    .limit(limit)
    .execute();
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await db.updateTable('outgoingPart').set({ pdu: '' }).where('messageId', 'in', ids).execute();
  await db.updateTable('outgoing').set({ text: '', textRemovedAt: at }).where('id', 'in', ids).execute();
  await forgetAnswersAbout(db, 'out', ids);
  return ids.length;
}

/** What can be read without its PDUs; a set with gaps may still get what is missing, and what is no text is in them alone. */
const isDecoded = ({ state, text }: Pick<InboundMessage, 'state' | 'text'>): boolean =>
  text !== null && (state === 'complete' || state === 'hidden');

export async function removeReceivedPdus(db: Db, { before, limit }: Batch): Promise<number> {
  const found = await db
    .selectFrom('inbound')
    .select(['id', 'state', 'text', 'storedAt'])
    .where('storedAt', '>', await reached(db, receivedPdus))
    .where('storedAt', '<', before)
    .orderBy('storedAt')
    .limit(limit)
    .execute();
  const ids = found.filter(isDecoded).map(({ id }) => id);
  if (ids.length > 0) await db.updateTable('inboundPart').set({ pdu: '' }).where('messageId', 'in', ids).execute();
  const last = found.at(-1)?.storedAt;
  if (typeof last === 'number') await moveReached(db, receivedPdus, last);
  return found.length;
}

/** In the order of ids: messages to many have the same moment. */
export async function removeSentPdus(db: Db, { before, limit }: Batch): Promise<number> {
  const found = await db
    .selectFrom('outgoing')
    .select(['id', 'state', 'createdAt'])
    .where('id', '>', await reached(db, sentPdus))
    .orderBy('id')
    .limit(limit)
    .execute();
  // One that is still to be sent needs its PDUs, and those behind it wait for it.
  const open = found.findIndex(({ state, createdAt }) => !isFinal(state) || createdAt >= before);
  const ids = (open === -1 ? found : found.slice(0, open)).map(({ id }) => id);
  const last = ids.at(-1);
  if (last === undefined) return 0;
  await db.updateTable('outgoingPart').set({ pdu: '' }).where('messageId', 'in', ids).execute();
  await db.updateTable('report').set({ pdu: '' }).where('messageId', 'in', ids).execute();
  await moveReached(db, sentPdus, last);
  return ids.length;
}

export async function deleteOldReceived(
  db: Db,
  { before, limit, codes }: Batch & { readonly codes: boolean },
): Promise<number> {
  const old = codes
    ? withCodes(db).where('receivedAt', '<', before).orderBy('receivedAt')
    : db.selectFrom('inbound').where('storedAt', '<', before).orderBy('storedAt');
  const found = await old
    .select('id')
    .where('state', '<>', 'pending')
    .where(notToBeTold('in', 'inbound'))
    .limit(limit)
    .execute();
  await deleteReceived(
    db,
    found.map(({ id }) => id),
  );
  return found.length;
}

export async function deleteOldSent(
  db: Db,
  { before, limit, codes }: Batch & { readonly codes: boolean },
): Promise<number> {
  const found = await (codes ? sentWithCodes(db) : db.selectFrom('outgoing'))
    .select('id')
    .where('createdAt', '<', before)
    .where('updatedAt', '<', before)
    .where('state', 'in', finalStates)
    .where(notToBeTold('out', 'outgoing'))
    .orderBy('createdAt')
    .limit(limit)
    .execute();
  await deleteSent(
    db,
    found.map(({ id }) => id),
  );
  return found.length;
}

/** Reports that no message is known of. */
export const deleteOldReports = (db: Db, { before, limit }: Batch): Promise<number> =>
  deleteReports(db, (reports) =>
    reports.where('messageId', 'is', null).where('receivedAt', '<', before).orderBy('receivedAt').limit(limit),
  );

export async function deleteOldCalls(db: Db, { before, limit }: Batch): Promise<number> {
  const found = await db
    .selectFrom('call')
    .select('id')
    .where('storedAt', '<', before)
    .where('endedAt', '<', before)
    .where(notToBeTold('call', 'call'))
    .orderBy('storedAt')
    .limit(limit)
    .execute();
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await db.deleteFrom('claim').where('kind', '=', 'call').where('rowId', 'in', ids).execute();
  await deleteDeliveriesAbout(db, 'call', ids);
  await db.deleteFrom('call').where('id', 'in', ids).execute();
  return ids.length;
}

export async function deleteOldPoints(db: Db, { before, limit }: Batch): Promise<number> {
  const [last] = await db
    .selectFrom('readingPoint')
    .select('at')
    .where('at', '<', before)
    .orderBy('at')
    .offset(limit - 1)
    .limit(1)
    .execute();
  // Those of one moment go together.
  const upTo = last === undefined ? before : last.at + 1;
  const { numDeletedRows } = await db.deleteFrom('readingPoint').where('at', '<', upTo).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** What webhooks are still to be told of is needed until then. */
const notToBeTold = (kind: AboutKind, table: 'inbound' | 'outgoing' | 'call') =>
  sql<boolean>`not exists (select 1 from webhook_delivery where about_row = ${sql.ref(`${table}.id`)}
    and about_kind = ${kind} and webhook_delivery.state = 'queued')`;

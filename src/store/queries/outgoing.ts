import type { Kysely } from 'kysely';
import type { MessageState } from '../../core/message-state.ts';
import type { NewOutgoingMessage, OutgoingMessage, OutgoingPart } from '../records.ts';
import { changesOfOutgoing, fromOutgoing, toOutgoing } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { peerOf } from './inbound.ts';
import { one } from './one.ts';

type Db = Kysely<Schema>;

export async function outgoingMessage(db: Db, id: number): Promise<OutgoingMessage | null> {
  return one(await db.selectFrom('outgoing').selectAll().where('id', '=', id).execute(), toOutgoing);
}

export async function outgoingByIdempotencyKey(db: Db, key: string): Promise<OutgoingMessage | null> {
  return one(await db.selectFrom('outgoing').selectAll().where('idempotencyKey', '=', key).execute(), toOutgoing);
}

export function outgoingParts(db: Db, messageId: number): Promise<OutgoingPart[]> {
  return db.selectFrom('outgoingPart').selectAll().where('messageId', '=', messageId).orderBy('seq').execute();
}

export async function outgoingMessages(
  db: Db,
  query: { limit: number; state?: MessageState },
): Promise<OutgoingMessage[]> {
  let found = db.selectFrom('outgoing').selectAll();
  if (query.state !== undefined) found = found.where('state', '=', query.state);
  return (await found.orderBy('id', 'desc').limit(query.limit).execute()).map(toOutgoing);
}

export async function expiredOutgoing(db: Db, modem: string, now: number): Promise<OutgoingMessage[]> {
  return (
    await db
      .selectFrom('outgoing')
      .selectAll()
      .where('state', '=', 'queued')
      .where('modem', '=', modem)
      .where('expiresAt', '<=', now)
      .orderBy('id')
      .execute()
  ).map(toOutgoing);
}

const parts = (db: Db) => db.selectFrom('outgoingPart').innerJoin('outgoing', 'outgoing.id', 'outgoingPart.messageId');

export function partsLeftSending(db: Db, modem: string, run: string): Promise<OutgoingPart[]> {
  return parts(db)
    .selectAll('outgoingPart')
    .where('outgoingPart.state', '=', 'sending')
    .where('outgoing.modem', '=', modem)
    .where((is) => is.or([is('outgoingPart.run', 'is', null), is('outgoingPart.run', '<>', run)]))
    .execute();
}

export function partsForReport(
  db: Db,
  modem: string,
  messageReference: number,
  since: number,
): Promise<(OutgoingPart & { recipient: string })[]> {
  return parts(db)
    .selectAll('outgoingPart')
    .select('outgoing.recipient')
    .where('outgoing.modem', '=', modem)
    .where('outgoing.createdAt', '>', since)
    .where((is) =>
      is.or([
        is.and([is('outgoingPart.messageReference', '=', messageReference), is('outgoingPart.state', '=', 'sent')]),
        is.and([
          is('outgoingPart.messageReference', 'is', null),
          is('outgoingPart.state', 'in', ['unknown', 'sending']),
        ]),
      ]),
    )
    .orderBy('outgoing.id', 'desc')
    .orderBy('outgoingPart.seq', 'desc')
    .execute();
}

export async function addOutgoing(
  db: Db,
  message: NewOutgoingMessage,
  newParts: readonly Omit<OutgoingPart, 'messageId'>[],
): Promise<number> {
  await peerOf(db, message.recipient);
  const { id } = await db
    .insertInto('outgoing')
    .values(fromOutgoing(message))
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('outgoingPart')
    .values(newParts.map((part) => ({ ...part, messageId: id })))
    .execute();
  return id;
}

export async function changeOutgoing(db: Db, id: number, change: Partial<Omit<OutgoingMessage, 'id'>>): Promise<void> {
  const columns = changesOfOutgoing(change);
  if (Object.keys(columns).length > 0) await db.updateTable('outgoing').set(columns).where('id', '=', id).execute();
}

export async function changeOutgoingPart(
  db: Db,
  part: Pick<OutgoingPart, 'messageId' | 'seq'>,
  change: Partial<Omit<OutgoingPart, 'messageId' | 'seq'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await db
    .updateTable('outgoingPart')
    .set(change)
    .where('messageId', '=', part.messageId)
    .where('seq', '=', part.seq)
    .execute();
}

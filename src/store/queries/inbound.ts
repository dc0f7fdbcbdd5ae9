import type { Kysely } from 'kysely';
import { SimloftError } from '../../core/errors.ts';
import type { InboundMessage, InboundPart, NewInboundMessage, NewInboundPart } from '../records.ts';
import { fromInbound, fromNewInbound, toInbound } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { one } from './one.ts';

type Db = Kysely<Schema>;

const messages = (db: Db) =>
  db
    .selectFrom('inbound')
    .innerJoin('peer', 'peer.id', 'inbound.peerId')
    .selectAll('inbound')
    .select('peer.address as sender');

export async function inboundMessage(db: Db, id: number): Promise<InboundMessage | null> {
  return one(await messages(db).where('inbound.id', '=', id).execute(), toInbound);
}

export function inboundParts(db: Db, messageId: number): Promise<InboundPart[]> {
  return db
    .selectFrom('inboundPart')
    .selectAll()
    .where('messageId', '=', messageId)
    .orderBy('seq')
    .orderBy('id')
    .execute();
}

export function partsByKey(db: Db, key: string): Promise<InboundPart[]> {
  return db.selectFrom('inboundPart').selectAll().where('key', '=', key).orderBy('id').execute();
}

export async function setsByKey(db: Db, setKey: string): Promise<InboundMessage[]> {
  const found = messages(db).where('inbound.setKey', '=', setKey).where('inbound.duplicateOf', 'is', null);
  return (await found.orderBy('inbound.id', 'desc').execute()).map(toInbound);
}

export async function pendingSets(db: Db, receivedBefore: number): Promise<InboundMessage[]> {
  const found = messages(db).where('inbound.state', '=', 'pending').where('inbound.receivedAt', '<', receivedBefore);
  return (await found.orderBy('inbound.id').execute()).map(toInbound);
}

export async function addInbound(db: Db, message: NewInboundMessage): Promise<number> {
  const row = fromNewInbound(message, await peerOf(db, message.sender));
  const { id } = await db.insertInto('inbound').values(row).returning('id').executeTakeFirstOrThrow();
  return id;
}

export async function changeInbound(db: Db, id: number, change: Partial<Omit<InboundMessage, 'id'>>): Promise<void> {
  const { sender, ...rest } = change;
  const columns = { ...fromInbound(rest), ...(sender === undefined ? {} : { peerId: await peerOf(db, sender) }) };
  if (Object.keys(columns).length > 0) await db.updateTable('inbound').set(columns).where('id', '=', id).execute();
}

export async function addInboundPart(db: Db, part: NewInboundPart): Promise<number> {
  const { id } = await db.insertInto('inboundPart').values(part).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** The row of this address, which is made when there is none. */
export async function peerOf(db: Db, address: string): Promise<number> {
  const known = await idOfPeer(db, address);
  if (known !== undefined) return known;
  const row = { address, search: address.toLowerCase() };
  const made = await db
    .insertInto('peer')
    .values(row)
    .onConflict((conflict) => conflict.column('address').doNothing())
    .returning('id')
    .executeTakeFirst();
  // Another transaction, which has committed meanwhile, may have met this address for the first time too.
  const id = made?.id ?? (await idOfPeer(db, address));
  if (id === undefined) throw new SimloftError('internal', 'An address is neither new nor known.');
  return id;
}

async function idOfPeer(db: Db, address: string): Promise<number | undefined> {
  return (await db.selectFrom('peer').select('id').where('address', '=', address).executeTakeFirst())?.id;
}

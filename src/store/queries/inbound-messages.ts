import { type Kysely, sql } from 'kysely';
import type { Capabilities } from '../capabilities.ts';
import type { InboundMessage, InboundQuery } from '../records.ts';
import { toInbound } from '../rows.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;
type Shown = Omit<InboundQuery, 'sender' | 'limit'>;

/** Messages that are for people, newest first; each of these costs the same whether the store holds a thousand or a million. */
export async function inboundMessages(
  db: Db,
  { sender = '', limit, ...which }: InboundQuery,
  { joinsLaterally }: Capabilities,
): Promise<InboundMessage[]> {
  if (sender === '') return (await newest(db, which, limit).execute()).map(toInbound);
  const found = joinsLaterally ? newestOfEach(db, sender, which, limit) : newestByIds(db, sender, which, limit);
  return (await found.execute()).map(toInbound);
}

/** Along the index over time. */
function newest(db: Db, which: Shown, limit: number) {
  return shown(db, which)
    .innerJoin('peer', 'peer.id', 'inbound.peerId')
    .selectAll('inbound')
    .select('peer.address as sender')
    .orderBy('inbound.storedAt', 'desc')
    .orderBy('inbound.id', 'desc')
    .limit(limit);
}

/**
 * Walking all messages from the newest would take long for a sender that hardly ever wrote, and gathering all messages of those
 * that match for one that always does. So: of the senders that match those that wrote last, as many as messages are wanted
 * (whose newest is older than all of theirs has none among the newest of all), and of each of them only its newest.
 */
function lastSenders(db: Db, sender: string, which: Shown, limit: number) {
  const last = shown(db, which)
    .select('inbound.storedAt')
    .whereRef('inbound.peerId', '=', sql.ref('peer.id'))
    .orderBy('inbound.storedAt', 'desc')
    .limit(1);
  return db
    .selectFrom('peer')
    .select(['peer.id', 'peer.address'])
    .where(containing(sender))
    .orderBy(last, (order) => order.desc().nullsLast())
    .limit(limit)
    .as('writer');
}

function newestOfEach(db: Db, sender: string, which: Shown, limit: number) {
  return db
    .selectFrom(lastSenders(db, sender, which, limit))
    .innerJoinLateral(
      shown(db, which)
        .selectAll('inbound')
        .whereRef('inbound.peerId', '=', sql.ref('writer.id'))
        .orderBy('inbound.storedAt', 'desc')
        .orderBy('inbound.id', 'desc')
        .limit(limit)
        .as('message'),
      (join) => join.onTrue(),
    )
    .selectAll('message')
    .select('writer.address as sender')
    .orderBy('message.storedAt', 'desc')
    .orderBy('message.id', 'desc')
    .limit(limit);
}

/** The same for SQLite, which looks up the ids of each sender in turn (`cross join` keeps it to that order). */
function newestByIds(db: Db, sender: string, which: Shown, limit: number) {
  const ids = shown(db, which)
    .select('inbound.id')
    .whereRef('inbound.peerId', '=', sql.ref('writer.id'))
    .orderBy('inbound.storedAt', 'desc')
    .orderBy('inbound.id', 'desc')
    .limit(limit);
  return db
    .selectFrom(lastSenders(db, sender, which, limit))
    .crossJoin('inbound as message')
    .where('message.id', 'in', ids)
    .selectAll('message')
    .select('writer.address as sender')
    .orderBy('message.storedAt', 'desc')
    .orderBy('message.id', 'desc')
    .limit(limit);
}

function shown(db: Db, { storedAfter, duplicates = false }: Shown) {
  let found = db
    .selectFrom('inbound')
    .where('inbound.storedAt', 'is not', null)
    .where('inbound.state', 'not in', ['pending', 'hidden']);
  if (storedAfter !== undefined) found = found.where('inbound.storedAt', '>', storedAfter);
  if (!duplicates) found = found.where('inbound.duplicateOf', 'is', null);
  return found;
}

/** "Contains", in lower case as the column is. SQLite knows no escape until it is told one. */
function containing(part: string) {
  const pattern = `%${part.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`${sql.ref('peer.search')} like ${pattern} escape '\\'`;
}

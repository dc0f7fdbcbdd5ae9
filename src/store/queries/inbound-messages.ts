import { type Kysely, sql } from 'kysely';
import type { Capabilities } from '../capabilities.ts';
import type { InboundMessage, InboundQuery } from '../records.ts';
import { toInbound } from '../rows.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;
type Shown = Omit<InboundQuery, 'sender' | 'senders' | 'limit'>;
/** Which senders are looked for: those with a part, or in full, or both. */
type Senders = Pick<InboundQuery, 'sender' | 'senders'>;

/** Messages that are for people, newest first; each of these costs the same whether the store holds a thousand or a million. */
export async function inboundMessages(
  db: Db,
  { sender = '', senders, limit, ...which }: InboundQuery,
  { joinsLaterally }: Capabilities,
): Promise<InboundMessage[]> {
  if (sender === '' && senders === undefined) return (await newest(db, which, limit).execute()).map(toInbound);
  const wanted = { sender, ...(senders === undefined ? {} : { senders }) };
  const found = joinsLaterally ? newestOfEach(db, wanted, which, limit) : newestByIds(db, wanted, which, limit);
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
function lastSenders(db: Db, { sender = '', senders }: Senders, which: Shown, limit: number) {
  const last = shown(db, which)
    .select('inbound.storedAt')
    .whereRef('inbound.peerId', '=', sql.ref('peer.id'))
    .orderBy('inbound.storedAt', 'desc')
    .limit(1);
  let writers = db.selectFrom('peer').select(['peer.id', 'peer.address']);
  if (sender !== '') writers = writers.where(containing(sender));
  if (senders !== undefined) writers = writers.where('peer.search', 'in', searched(senders));
  return writers
    .orderBy(last, (order) => order.desc().nullsLast())
    .limit(limit)
    .as('writer');
}

function newestOfEach(db: Db, wanted: Senders, which: Shown, limit: number) {
  return db
    .selectFrom(lastSenders(db, wanted, which, limit))
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
function newestByIds(db: Db, wanted: Senders, which: Shown, limit: number) {
  const ids = shown(db, which)
    .select('inbound.id')
    .whereRef('inbound.peerId', '=', sql.ref('writer.id'))
    .orderBy('inbound.storedAt', 'desc')
    .orderBy('inbound.id', 'desc')
    .limit(limit);
  return db
    .selectFrom(lastSenders(db, wanted, which, limit))
    .crossJoin('inbound as message')
    .where('message.id', 'in', ids)
    .selectAll('message')
    .select('writer.address as sender')
    .orderBy('message.storedAt', 'desc')
    .orderBy('message.id', 'desc')
    .limit(limit);
}

function shown(db: Db, { storedAfter, modems, duplicates = false }: Shown) {
  let found = db
    .selectFrom('inbound')
    .where('inbound.storedAt', 'is not', null)
    .where('inbound.state', 'not in', ['pending', 'hidden'])
    .where('inbound.blocked', '=', 0);
  if (storedAfter !== undefined) found = found.where('inbound.storedAt', '>', storedAfter);
  if (modems !== undefined) found = found.where('inbound.modem', 'in', some(modems));
  if (!duplicates) found = found.where('inbound.duplicateOf', 'is', null);
  return found;
}

/** As the column has them. */
const searched = (senders: readonly string[]): string[] => some(senders.map((sender) => sender.toLowerCase()));

/** SQL has no empty list: one that holds nothing that there is stands for it. */
export const some = (names: readonly string[]): string[] => (names.length === 0 ? ['\u0001'] : [...names]);

/** "Contains", in lower case as the column is. SQLite knows no escape until it is told one. */
function containing(part: string) {
  const pattern = `%${part.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`${sql.ref('peer.search')} like ${pattern} escape '\\'`;
}

import { type Kysely, sql } from 'kysely';
import { type Conversation, type ConversationQuery, countedTo } from '../message-records.ts';
import type { Schema } from '../schema.ts';
import { some } from './inbound-messages.ts';

type Db = Kysely<Schema>;

/** More than there are: a limit keeps the databases from looking for the newest message again wherever its time is named. */
const mostPeers = 1_000_000_000;

/** As SQL gives it: names of columns that are made up come back as they are written. */
interface Row {
  readonly id: number;
  readonly address: string;
  readonly at: number;
  readonly inAt: number | null;
  readonly inId: number | null;
  readonly outAt: number | null;
  readonly outId: number | null;
  readonly received: number;
  readonly sent: number;
  readonly unread: number;
}

/**
 * Of each peer the newest message is the first of an index, whatever it has behind it; only of those on the page messages are counted.
 * So this costs by the number of peers and not of messages.
 */
export async function conversations(db: Db, query: ConversationQuery): Promise<Conversation[]> {
  const { peers, modems, after, limit } = query;
  const list = (values: readonly string[]) => sql.join(some(values));
  const ofModems = modems === undefined ? sql`` : sql`and modem in (${list(modems)})`;
  // Ranges, and the whole order, so that there is one index only to go along: where nearly all is from or to one peer, PostgreSQL
  // would rather walk through all messages until it meets one of another.
  const shown = sql`peer_id >= peer.id and peer_id <= peer.id and stored_at is not null and state not in ('pending', 'hidden')
    and duplicate_of is null and blocked = 0 ${ofModems}`;
  const written = sql`recipient >= peer.address and recipient <= peer.address ${ofModems}`;
  const newestWritten = sql`order by recipient desc, created_at desc, id desc`;
  const wanted = peers === undefined ? sql`` : sql`where search in (${list(peers.map((peer) => peer.toLowerCase()))})`;
  const behind =
    after === undefined ? sql`` : sql`and (at < ${after.at} or (at = ${after.at} and id < ${after.peerId}))`;
  const fewOf = (from: ReturnType<typeof sql>) =>
    sql`(select count(*) from (select 1 from ${from} limit ${countedTo}) as few)`;
  const { rows } = await sql<Row>`
    select peer.id, peer.address, peer.at, peer.in_at, peer.out_at,
      (select id from inbound where ${shown} order by peer_id desc, stored_at desc, id desc limit 1) as in_id,
      (select id from outgoing where ${written} ${newestWritten} limit 1) as out_id,
      ${fewOf(sql`inbound where ${shown}`)} as received,
      ${fewOf(sql`outgoing where ${written} ${newestWritten}`)} as sent,
      ${fewOf(sql`inbound where ${shown} and read_at is null`)} as unread
    from (
      select id, address, in_at, out_at, case when out_at is null or in_at > out_at then in_at else out_at end as at from (
        select id, address,
          (select stored_at from inbound where ${shown} order by peer_id desc, stored_at desc limit 1) as in_at,
          (select created_at from outgoing where ${written} ${newestWritten} limit 1) as out_at
        from peer ${wanted} limit ${mostPeers}
      ) as latest
    ) as peer
    where at is not null ${behind}
    order by at desc, id desc
    limit ${limit}`.execute(db);
  return rows.map(toConversation);
}

function toConversation({ id, address, at, inAt, inId, outAt, outId, ...counts }: Row): Conversation {
  const direction = outAt === null || (inAt !== null && inAt > outAt) ? 'in' : 'out';
  const last = { at, direction, id: (direction === 'in' ? inId : outId) ?? 0 } as const;
  return {
    peerId: id,
    peer: address,
    last,
    ...counts,
  };
}

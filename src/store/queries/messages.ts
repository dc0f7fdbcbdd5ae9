import { type Kysely, sql } from 'kysely';
import type { Direction, ListedMessage, MessagePage, MessagePlace, MessageQuery } from '../message-records.ts';
import { toInbound, toOutgoing } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { behind, comparePlaces, merge, type Walked } from './message-page.ts';
import { some } from './inbound-messages.ts';

type Db = Kysely<Schema>;

/**
 * A question that looks for what may be rare walks so many rows at a time, so that others get their turn: few at first, as what is
 * looked for is mostly new. After the last stride it gives up its page: the client has the place from which to go on.
 */
const strides = [250, 1_000, 4_000, 10_000, 10_000, 10_000, 10_000] as const;

export async function messages(db: Db, query: MessageQuery): Promise<MessagePage> {
  const walks: Walked[] = [];
  let enough: MessagePlace | null = null;
  for (const walk of await walksOf(db, query)) {
    const walked = await walkAlong(walk, query, enough);
    walks.push(walked);
    if (walked.places.length > query.limit) enough = earlier(enough, walked.reached);
  }
  const { places, next } = merge(walks, query.limit);
  const found = await messagesAt(db, places);
  const byPlace = new Map(found.map((one) => [`${one.direction}-${one.message.id}`, one]));
  return { items: places.flatMap(({ direction, id }) => byPlace.get(`${direction}-${id}`) ?? []), next };
}

export async function messagesAt(
  db: Db,
  places: readonly Pick<MessagePlace, 'direction' | 'id'>[],
): Promise<ListedMessage[]> {
  const idsOf = (direction: Direction) => places.flatMap((place) => (place.direction === direction ? [place.id] : []));
  const [received, sent] = [idsOf('in'), idsOf('out')];
  const found: ListedMessage[] = [];
  if (received.length > 0) {
    const rows = await db
      .selectFrom('inbound')
      .innerJoin('peer', 'peer.id', 'inbound.peerId')
      .selectAll('inbound')
      .select('peer.address as sender')
      .where('inbound.id', 'in', received)
      .execute();
    found.push(...rows.map((row) => ({ direction: 'in' as const, message: toInbound(row) })));
  }
  if (sent.length > 0) {
    const rows = await db.selectFrom('outgoing').selectAll().where('id', 'in', sent).execute();
    found.push(...rows.map((row) => ({ direction: 'out' as const, message: toOutgoing(row) })));
  }
  return found;
}

/** Which of the two comes first in the list. */
const earlier = (a: MessagePlace | null, b: MessagePlace | null): MessagePlace | null =>
  a === null || (b !== null && comparePlaces(b, a) < 0) ? b : a;

interface Range {
  /** Rows behind this place; null from the newest on. */
  readonly after: MessagePlace | null;
  /** Rows down to this one, itself included; null without an end. */
  readonly to: MessagePlace | null;
  /** Null for all in the range. */
  readonly limit: number | null;
}

interface Row {
  readonly id: number;
  readonly at: number;
  readonly text: string | null;
}

/** One order of messages that an index has, and what is looked for in it. */
interface Walk {
  readonly direction: Direction;
  /** Most rows may not be what is looked for. */
  readonly picky: boolean;
  /** The row that ends a stride; null when fewer are left. */
  ahead(range: Range, rows: number): Promise<Row | null>;
  matching(range: Range, withText: boolean): Promise<Row[]>;
}

/** @param enough behind this place nothing is needed: another walk has filled the page before it. */
async function walkAlong(
  walk: Walk,
  { limit, after, text }: MessageQuery,
  enough: MessagePlace | null,
): Promise<Walked> {
  const toPlace = ({ id, at }: Row): MessagePlace => ({ at, direction: walk.direction, id });
  const wanted = limit + 1;
  if (!walk.picky) {
    const rows = await walk.matching({ after: after ?? null, to: null, limit: wanted }, false);
    const places = rows.map(toPlace);
    return { places, reached: places.length < wanted ? null : (places.at(-1) ?? null) };
  }
  const needle = text?.toLowerCase();
  const places: MessagePlace[] = [];
  let from = after ?? null;
  for (const strideRows of strides) {
    const end = await walk.ahead({ after: from, to: null, limit: null }, strideRows);
    const to = end === null ? null : toPlace(end);
    const rows = await walk.matching(
      { after: from, to, limit: needle === undefined ? wanted - places.length : null },
      needle !== undefined,
    );
    for (const row of rows) {
      if (needle !== undefined && row.text?.toLowerCase().includes(needle) !== true) continue;
      places.push(toPlace(row));
      if (places.length === wanted) return { places, reached: toPlace(row) };
    }
    if (to === null) return { places, reached: null };
    if (enough !== null && comparePlaces(to, enough) >= 0) return { places, reached: to };
    from = to;
  }
  return { places, reached: from };
}

async function walksOf(db: Db, query: MessageQuery): Promise<Walk[]> {
  const walks: Walk[] = [];
  const { received, sent } = query;
  if (received !== null) {
    if (received.peers === undefined) walks.push(receivedWalk(db, query, received, null));
    else for (const id of await peerIds(db, received.peers)) walks.push(receivedWalk(db, query, received, id));
  }
  if (sent !== null) {
    if (sent.peers === undefined) walks.push(sentWalk(db, query, sent, null));
    else for (const peer of new Set(sent.peers)) walks.push(sentWalk(db, query, sent, peer));
  }
  return walks;
}

/** A name may be written in several ways; each is a peer. */
async function peerIds(db: Db, peers: readonly string[]): Promise<number[]> {
  const searched = some(peers.map((peer) => peer.toLowerCase()));
  return (await db.selectFrom('peer').select('id').where('search', 'in', searched).execute()).map(({ id }) => id);
}

function receivedWalk(
  db: Db,
  { modems, since, until, text }: MessageQuery,
  { states, unread, blocked }: NonNullable<MessageQuery['received']>,
  peerId: number | null,
): Walk {
  const along = ({ after, to }: Range) => {
    let found = db.selectFrom('inbound').where('storedAt', 'is not', null);
    if (peerId !== null) found = found.where('peerId', '=', peerId);
    if (unread === true) found = found.where('readAt', 'is', null);
    // As it stands in the index of the few that are blocked.
    if (blocked) found = found.where(sql<boolean>`blocked = 1`);
    if (since !== undefined) found = found.where('storedAt', '>=', since);
    if (until !== undefined) found = found.where('storedAt', '<', until);
    if (after !== null) {
      const { at, id } = behind(after, 'in');
      found = found.where('storedAt', '<=', at).where((is) => is.or([is('storedAt', '<', at), is('id', '<', id)]));
    }
    if (to !== null) {
      found = found
        .where('storedAt', '>=', to.at)
        .where((is) => is.or([is('storedAt', '>', to.at), is('id', '>=', to.id)]));
    }
    return found.orderBy('storedAt', 'desc').orderBy('id', 'desc');
  };
  return {
    direction: 'in',
    picky: text !== undefined || modems !== undefined || states !== undefined || unread === false,
    async ahead(range, rows) {
      const [end] = await along(range)
        .select(['id', 'storedAt as at'])
        .offset(rows - 1)
        .limit(1)
        .execute();
      return end === undefined ? null : { id: end.id, at: end.at ?? 0, text: null };
    },
    async matching(range, withText) {
      let found = along(range).where('state', 'not in', ['pending', 'hidden']).where('duplicateOf', 'is', null);
      if (!blocked) found = found.where('blocked', '=', 0);
      if (unread === false) found = found.where('readAt', 'is not', null);
      if (states !== undefined) found = found.where('state', 'in', states);
      if (modems !== undefined) found = found.where('modem', 'in', some(modems));
      if (range.limit !== null) found = found.limit(range.limit);
      const rows = await found
        .select(['id', 'storedAt as at'])
        .$if(withText, (query) => query.select('text'))
        .execute();
      return rows.map(({ id, at, text = null }) => ({ id, at: at ?? 0, text }));
    },
  };
}

function sentWalk(
  db: Db,
  { modems, since, until, text }: MessageQuery,
  { states }: NonNullable<MessageQuery['sent']>,
  recipient: string | null,
): Walk {
  const along = ({ after, to }: Range) => {
    let found = db.selectFrom('outgoing');
    if (recipient !== null) found = found.where('recipient', '=', recipient);
    if (since !== undefined) found = found.where('createdAt', '>=', since);
    if (until !== undefined) found = found.where('createdAt', '<', until);
    if (after !== null) {
      const { at, id } = behind(after, 'out');
      found = found.where('createdAt', '<=', at).where((is) => is.or([is('createdAt', '<', at), is('id', '<', id)]));
    }
    if (to !== null) {
      found = found
        .where('createdAt', '>=', to.at)
        .where((is) => is.or([is('createdAt', '>', to.at), is('id', '>=', to.id)]));
    }
    return found.orderBy('createdAt', 'desc').orderBy('id', 'desc');
  };
  return {
    direction: 'out',
    picky: text !== undefined || modems !== undefined || states !== undefined,
    async ahead(range, rows) {
      const [end] = await along(range)
        .select(['id', 'createdAt as at'])
        .offset(rows - 1)
        .limit(1)
        .execute();
      return end === undefined ? null : { ...end, text: null };
    },
    async matching(range, withText) {
      let found = along(range);
      if (states !== undefined) found = found.where('state', 'in', states);
      if (modems !== undefined) found = found.where('modem', 'in', some(modems));
      if (range.limit !== null) found = found.limit(range.limit);
      const rows = await found
        .select(['id', 'createdAt as at'])
        .$if(withText, (query) => query.select('text'))
        .execute();
      return rows.map(({ id, at, text = null }) => ({ id, at, text }));
    },
  };
}

import { type Kysely, sql } from 'kysely';
import { isFeedType } from '../../core/live.ts';
import type { Capabilities } from '../capabilities.ts';
import type { FeedEvent } from '../feed-records.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;

/** Name of the counter that gives the ids. Its row is locked until the commit, which makes the order of ids that of commits. */
const counter = 'feed';

export async function addFeed(
  db: Db,
  events: readonly Omit<FeedEvent, 'id'>[],
  { writesInWith }: Capabilities,
): Promise<void> {
  const [only, ...others] = events;
  if (only === undefined) return;
  if (writesInWith && others.length === 0) {
    await db
      .with('taken', (creator) => taken(creator, 1))
      .insertInto('feed')
      .values({ ...only, id: sql<number>`(select value from taken)` })
      .execute();
    return;
  }
  const { value } = await taken(db, events.length).executeTakeFirstOrThrow();
  const first = value - events.length + 1;
  await db
    .insertInto('feed')
    .values(events.map((event, index) => ({ ...event, id: first + index })))
    .execute();
}

/** The last of so many new ids. */
function taken(db: Pick<Db, 'insertInto'>, count: number) {
  return db
    .insertInto('counter')
    .values({ name: counter, value: count })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`counter.value + ${count}` }))
    .returning('value');
}

export async function feedAfter(db: Db, after: number, limit: number): Promise<FeedEvent[]> {
  const rows = await db.selectFrom('feed').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute();
  // A newer version may know types that this one does not.
  return rows.flatMap(({ type, ...row }) => (isFeedType(type) ? [{ ...row, type }] : []));
}

export async function feedEnds(db: Db): Promise<{ first: number; last: number }> {
  const [ends] = await db
    .selectFrom('feed')
    .select((table) => [table.fn.min<number | null>('id').as('first'), table.fn.max<number | null>('id').as('last')])
    .execute();
  // Both are null when there is no row, whatever their types say.
  if (ends !== undefined && ends.first !== null && ends.last !== null) return { first: ends.first, last: ends.last };
  const [count] = await db.selectFrom('counter').select('value').where('name', '=', counter).execute();
  return count === undefined ? { first: 0, last: 0 } : { first: count.value + 1, last: count.value };
}

/** From the newest back: whoever asks means a moment that is not long ago, and an index by time would cost every writer. */
export async function feedIdBefore(db: Db, at: number): Promise<number> {
  const [before] = await db
    .selectFrom('feed')
    .select('id')
    .where('at', '<', at)
    .orderBy('id', 'desc')
    .limit(1)
    .execute();
  return before?.id ?? Math.max(0, (await feedEnds(db)).first - 1);
}

export async function pruneFeed(
  db: Db,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<number> {
  const oldest = await db.selectFrom('feed').select(['id', 'at']).orderBy('id').limit(limit).execute();
  const last = oldest.filter(({ at }) => at < before).at(-1);
  if (last === undefined) return 0;
  const { numDeletedRows } = await db.deleteFrom('feed').where('id', '<=', last.id).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

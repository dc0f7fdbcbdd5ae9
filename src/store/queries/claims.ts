import { type Kysely, sql } from 'kysely';
import type { Claim, OutgoingMessage } from '../records.ts';
import { toOutgoing } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { one } from './one.ts';

type Db = Kysely<Schema>;

const free = (now: number) => sql<boolean>`(claimed_until is null or claimed_until <= ${now})`;

/**
 * One statement, so that no two processes get the same row: where rows can be locked, those that another process has in its
 * hands are passed over.
 */
export async function claimOutgoing(
  db: Db,
  { modem, owner, now, until, limit }: Claim,
  locksRows: boolean,
): Promise<OutgoingMessage[]> {
  let due = db
    .selectFrom('outgoing')
    .select('id')
    .where('state', '=', 'queued')
    .where('modem', '=', modem)
    .where('nextAttemptAt', '<=', now)
    .where('expiresAt', '>', now)
    .where(free(now))
    .orderBy('nextAttemptAt')
    .orderBy('id')
    .limit(limit);
  if (locksRows) due = due.forUpdate().skipLocked();
  const claimed = await db
    .with(
      (name) => name('due').materialized(),
      () => due,
    )
    .updateTable('outgoing')
    .set({ claimedUntil: until, claimedBy: owner })
    .where('id', 'in', (from) => from.selectFrom('due').select('id'))
    .returningAll()
    .execute();
  return claimed.map(toOutgoing).toSorted((a, b) => a.nextAttemptAt - b.nextAttemptAt || a.id - b.id);
}

export async function releaseOutgoing(db: Db, id: number, owner: string, until: number): Promise<void> {
  await db
    .updateTable('outgoing')
    .set({ claimedUntil: until })
    .where('id', '=', id)
    .where('claimedBy', '=', owner)
    .execute();
}

export async function releaseAllOutgoing(db: Db): Promise<void> {
  await db
    .updateTable('outgoing')
    .set({ claimedUntil: null })
    .where('state', 'in', ['queued', 'sending', 'unknown'])
    .where('claimedUntil', 'is not', null)
    .execute();
}

/** The first that nobody has in hand, or that is given back sooner: each is the first of its index, however long the queue is. */
export async function nextDueAt(db: Db, modem: string): Promise<number | null> {
  const queued = db.selectFrom('outgoing').where('state', '=', 'queued').where('modem', '=', modem);
  const free = await queued
    .select('nextAttemptAt as at')
    .where('claimedUntil', 'is', null)
    .orderBy('nextAttemptAt')
    .limit(1)
    .execute();
  const later = sql<number>`case when claimed_until > next_attempt_at then claimed_until else next_attempt_at end`;
  const claimed = await queued
    .select(later.as('at'))
    .where('claimedUntil', 'is not', null)
    .orderBy('at')
    .limit(1)
    .execute();
  return one(
    [...free, ...claimed].toSorted((a, b) => a.at - b.at),
    ({ at }) => at,
  );
}

/** From each modem to the next one in the index, so that a long queue of one is not walked through. */
export async function modemsWithQueued(db: Db): Promise<string[]> {
  const first = (after: ReturnType<typeof sql>) =>
    sql`(select modem from outgoing where state = 'queued' ${after} order by modem limit 1)`;
  const { rows } = await sql<{ modem: string }>`
    with recursive found(modem) as (
      select ${first(sql``)}
      union all select ${first(sql`and modem > found.modem`)} from found where found.modem is not null
    )
    select modem from found where modem is not null`.execute(db);
  return rows.map(({ modem }) => modem);
}

/** One statement: of many that ask at once one is told yes. */
export async function fire(db: Db, name: string, now: number, notSince: number): Promise<boolean> {
  const fired = await db
    .insertInto('schedule')
    .values({ name, firedAt: now })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ firedAt: now }).where(sql<boolean>`schedule.fired_at <= ${notSince}`),
    )
    .returning('name')
    .execute();
  return fired.length > 0;
}

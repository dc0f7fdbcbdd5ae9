import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { CallRecord } from '../records.ts';
import { toCall } from '../rows.ts';
import type { Schema, WebhookDeliveryTable } from '../schema.ts';
import type {
  AboutKind,
  DeliveryClaim,
  DeliveryState,
  NewWebhookDelivery,
  ToldEvent,
  WebhookAttempt,
  WebhookDelivery,
  WebhookReads,
} from '../webhook-records.ts';
import { one } from './one.ts';

type Db = Kysely<Schema>;

/** Rows of one statement: a database takes so many values at most. */
const batch = 200;

export async function webhookDeliveries(
  db: Db,
  { targetId, state, before, limit }: Parameters<WebhookReads['webhookDeliveries']>[0],
): Promise<WebhookDelivery[]> {
  let query = db.selectFrom('webhookDelivery').selectAll().where('targetId', '=', targetId);
  if (state !== undefined) query = query.where('state', '=', state);
  if (before !== undefined) query = query.where('id', '<', before);
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map(toDelivery);
}

export async function webhookDelivery(db: Db, id: number): Promise<WebhookDelivery | null> {
  return one(await db.selectFrom('webhookDelivery').selectAll().where('id', '=', id).execute(), toDelivery);
}

export async function webhookAttempts(db: Db, deliveryIds: readonly number[]): Promise<WebhookAttempt[]> {
  if (deliveryIds.length === 0) return [];
  return db
    .selectFrom('webhookAttempt')
    .selectAll()
    .where('deliveryId', 'in', [...deliveryIds])
    .orderBy('id')
    .execute();
}

/** Those of a target whose turn it is: nothing of the same conversation is queued before them. */
const inTurn = (db: Db, targetId: number) =>
  db
    .selectFrom('webhookDelivery as own')
    .where('own.targetId', '=', targetId)
    .where('own.state', '=', 'queued')
    .where((own) => {
      const earlier = own
        .selectFrom('webhookDelivery as earlier')
        .select('earlier.id')
        .where('earlier.targetId', '=', targetId)
        .where('earlier.state', '=', 'queued')
        .whereRef('earlier.conversation', '=', 'own.conversation')
        .whereRef('earlier.id', '<', 'own.id');
      return own.not(own.exists(earlier));
    });

export async function claimDeliveries(
  db: Db,
  { targetId, owner, now, until, most }: DeliveryClaim,
): Promise<WebhookDelivery[]> {
  const inHand = await db
    .selectFrom('webhookDelivery')
    .select('id')
    .where('targetId', '=', targetId)
    .where('state', '=', 'queued')
    .where('claimedUntil', '>', now)
    .limit(most)
    .execute();
  if (inHand.length >= most) return [];
  const due = await inTurn(db, targetId)
    .select('own.id')
    .where('own.nextAttemptAt', '<=', now)
    .where(sql<boolean>`(own.claimed_until is null or own.claimed_until <= ${now})`)
    .orderBy('own.nextAttemptAt')
    .orderBy('own.id')
    .limit(most - inHand.length)
    .execute();
  if (due.length === 0) return [];
  const claimed = await db
    .updateTable('webhookDelivery')
    .set({ claimedUntil: until, claimedBy: owner })
    .where(
      'id',
      'in',
      due.map(({ id }) => id),
    )
    .returningAll()
    .execute();
  return claimed.map(toDelivery).toSorted((a, b) => a.nextAttemptAt - b.nextAttemptAt || a.id - b.id);
}

export async function nextDeliveryAt(db: Db, targetId: number): Promise<number | null> {
  const free = await inTurn(db, targetId)
    .select('own.nextAttemptAt as at')
    .where('own.claimedUntil', 'is', null)
    .orderBy('own.nextAttemptAt')
    .limit(1)
    .execute();
  const later = sql<number>`case when claimed_until > next_attempt_at then claimed_until else next_attempt_at end`;
  const claimed = await db
    .selectFrom('webhookDelivery')
    .select(later.as('at'))
    .where('targetId', '=', targetId)
    .where('state', '=', 'queued')
    .where('claimedUntil', 'is not', null)
    .orderBy('at')
    .limit(1)
    .execute();
  return one(
    [...free, ...claimed].toSorted((a, b) => a.at - b.at),
    ({ at }) => at,
  );
}

export async function callOfRow(db: Db, id: number): Promise<CallRecord | null> {
  return one(await db.selectFrom('call').selectAll().where('id', '=', id).execute(), toCall);
}

export async function deliveryCounts(db: Db, most: number): Promise<Record<DeliveryState, number>> {
  const count = async (state: DeliveryState): Promise<number> => {
    const some = db.selectFrom('webhookDelivery').select('state').where('state', '=', state).limit(most);
    const rows = await db
      .selectFrom(some.as('some'))
      .select((is) => is.fn.countAll().as('number'))
      .execute();
    return one(rows, ({ number }) => Number(number)) ?? 0;
  };
  return {
    queued: await count('queued'),
    delivered: await count('delivered'),
    parked: await count('parked'),
    dropped: await count('dropped'),
  };
}

export async function addDeliveries(db: Db, deliveries: readonly NewWebhookDelivery[]): Promise<number[]> {
  const ids: number[] = [];
  for (let from = 0; from < deliveries.length; from += batch) {
    const rows = deliveries.slice(from, from + batch).map(fromDelivery);
    const added = await db.insertInto('webhookDelivery').values(rows).returning('id').execute();
    ids.push(...added.map(({ id }) => id).toSorted((a, b) => a - b));
  }
  return ids;
}

export async function changeDelivery(
  db: Db,
  id: number,
  { unreachable, ...change }: Partial<Omit<WebhookDelivery, 'id' | 'event'>>,
): Promise<void> {
  const flag = unreachable === undefined ? {} : { unreachable: unreachable ? 1 : 0 };
  await db
    .updateTable('webhookDelivery')
    .set({ ...change, ...flag, claimedUntil: null, claimedBy: null })
    .where('id', '=', id)
    .execute();
}

export async function recallDeliveries(db: Db, targetId: number, now: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('webhookDelivery')
    .set({ nextAttemptAt: now })
    .where('targetId', '=', targetId)
    .where('state', '=', 'queued')
    .where('nextAttemptAt', '>', now)
    .where('unreachable', '=', 1)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

export async function releaseDeliveries(db: Db): Promise<void> {
  await db
    .updateTable('webhookDelivery')
    .set({ claimedUntil: null })
    .where('state', '=', 'queued')
    .where('claimedUntil', 'is not', null)
    .execute();
}

export async function addWebhookAttempt(db: Db, attempt: Omit<WebhookAttempt, 'id'>): Promise<void> {
  await db.insertInto('webhookAttempt').values(attempt).execute();
}

export async function pruneDeliveries(db: Db, before: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('webhookDelivery')
    .where('state', 'in', ['delivered', 'parked', 'dropped'])
    .where('createdAt', '<', before)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

function toDelivery(columns: Selectable<WebhookDeliveryTable>): WebhookDelivery {
  const {
    event,
    unreachable,
    claimedUntil: _until,
    claimedBy: _by,
    aboutKind: _kind,
    aboutRow: _row,
    ...row
  } = columns;
  return { ...row, event: JSON.parse(event), unreachable: unreachable === 1 };
}

const fromDelivery = ({ event, unreachable, ...same }: NewWebhookDelivery): Insertable<WebhookDeliveryTable> => ({
  ...same,
  event: JSON.stringify(event),
  unreachable: unreachable ? 1 : 0,
  ...aboutOf(event),
});

const kinds: Readonly<Partial<Record<ToldEvent['type'], AboutKind>>> = {
  'message.received': 'in',
  'message.extended': 'in',
  'message.changed': 'out',
  'call.changed': 'call',
};

function aboutOf({ type, row }: ToldEvent): Pick<WebhookDeliveryTable, 'aboutKind' | 'aboutRow'> {
  const kind = kinds[type];
  return row === null || kind === undefined ? { aboutKind: null, aboutRow: null } : { aboutKind: kind, aboutRow: row };
}

/** Deliveries about these rows with their tries, whether they were told or not. */
export async function deleteDeliveriesAbout(db: Db, kind: AboutKind, rows: readonly number[]): Promise<void> {
  await db.deleteFrom('webhookDelivery').where('aboutKind', '=', kind).where('aboutRow', 'in', rows).execute();
}

/** What targets said of these rows: some say again what they were told. */
export async function forgetAnswersAbout(db: Db, kind: AboutKind, rows: readonly number[]): Promise<void> {
  const about = db
    .selectFrom('webhookDelivery')
    .select('id')
    .where('aboutKind', '=', kind)
    .where('aboutRow', 'in', rows);
  await db.updateTable('webhookAttempt').set({ answer: null }).where('deliveryId', 'in', about).execute();
}

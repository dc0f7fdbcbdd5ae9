import { type Kysely, sql } from 'kysely';
import type {
  CallQuery,
  CallRecord,
  ModemRecord,
  NewCallRecord,
  NewStatusReport,
  Reading,
  StatusReport,
} from '../records.ts';
import { fromCall, fromModem, fromReading, toCall, toModem, toReading } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { some } from './inbound-messages.ts';
import { one, same } from './one.ts';

type Db = Kysely<Schema>;

/* Status reports */

export async function reportByKey(db: Db, key: string): Promise<StatusReport | null> {
  return one(await db.selectFrom('report').selectAll().where('key', '=', key).execute(), same);
}

export function unmatchedReports(
  db: Db,
  modem: string,
  messageReference: number,
  since: number,
): Promise<StatusReport[]> {
  return db
    .selectFrom('report')
    .selectAll()
    .where('messageReference', '=', messageReference)
    .where('receivedAt', '>', since)
    .where('modem', '=', modem)
    .where('messageId', 'is', null)
    .orderBy('id')
    .execute();
}

export async function addReport(db: Db, report: NewStatusReport): Promise<number> {
  const { id } = await db.insertInto('report').values(report).returning('id').executeTakeFirstOrThrow();
  return id;
}

export async function changeReport(db: Db, id: number, change: { messageId: number; seq: number }): Promise<void> {
  await db.updateTable('report').set(change).where('id', '=', id).execute();
}

/* Calls */

export async function calls(db: Db, query: CallQuery): Promise<CallRecord[]> {
  const { storedAfter, storedBefore, callers, modems, outcomes, blocked, before, limit } = query;
  let found = db.selectFrom('call').selectAll();
  if (callers !== undefined) found = found.where('caller', 'in', some(callers));
  if (modems !== undefined) found = found.where('modem', 'in', some(modems));
  if (storedAfter !== undefined) found = found.where('storedAt', '>', storedAfter);
  if (storedBefore !== undefined) found = found.where('storedAt', '<', storedBefore);
  if (outcomes !== undefined) found = found.where('outcome', 'in', outcomes);
  if (blocked !== undefined) found = found.where('blocked', '=', blocked ? 1 : 0);
  if (before !== undefined) {
    const { at, id } = before;
    found = found.where('storedAt', '<=', at).where((is) => is.or([is('storedAt', '<', at), is('id', '<', id)]));
  }
  return (await found.orderBy('storedAt', 'desc').orderBy('id', 'desc').limit(limit).execute()).map(toCall);
}

export async function callById(db: Db, call: string): Promise<CallRecord | null> {
  return one(await db.selectFrom('call').selectAll().where('call', '=', call).execute(), toCall);
}

export async function callRow(db: Db, id: number): Promise<CallRecord | null> {
  return one(await db.selectFrom('call').selectAll().where('id', '=', id).execute(), toCall);
}

export async function putCall(db: Db, call: NewCallRecord): Promise<number> {
  const { storedAt: _, ...change } = fromCall(call);
  const { id } = await db
    .insertInto('call')
    .values(fromCall(call))
    .onConflict((conflict) => conflict.column('call').doUpdateSet(change))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/* What is known now */

export async function reading(db: Db, key: string, modem?: string): Promise<Reading | null> {
  let found = db.selectFrom('reading').selectAll().where('key', '=', key);
  if (modem !== undefined) found = found.where('modem', '=', modem);
  return one(await found.orderBy('updatedAt', 'desc').limit(1).execute(), toReading);
}

export async function putReading(db: Db, value: Reading): Promise<void> {
  const row = fromReading(value);
  await db
    .insertInto('reading')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['modem', 'key']).doUpdateSet({ data: row.data, updatedAt: row.updatedAt }),
    )
    .execute();
}

export async function modems(db: Db): Promise<ModemRecord[]> {
  return (await db.selectFrom('modem').selectAll().orderBy('modem').execute()).map(toModem);
}

export async function putModem(db: Db, modem: ModemRecord): Promise<void> {
  const { modem: _, ...change } = fromModem(modem);
  await db
    .insertInto('modem')
    .values(fromModem(modem))
    .onConflict((conflict) => conflict.column('modem').doUpdateSet(change))
    .execute();
}

export async function simKnown(db: Db, sim: string): Promise<boolean> {
  return (await db.selectFrom('sim').select('sim').where('sim', '=', sim).execute()).length > 0;
}

export async function markSimKnown(db: Db, sim: string, at: number): Promise<void> {
  await db
    .insertInto('sim')
    .values({ sim, knownAt: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/* Counters */

export async function stamp(db: Db, now: number): Promise<number> {
  const { value } = await stampRow(db, now).executeTakeFirstOrThrow();
  return value;
}

/** The statement that takes a stamp: its one row is the stamp as `value`. */
export function stampRow(db: Pick<Db, 'insertInto'>, now: number) {
  const later = sql<number>`case when counter.value >= ${now} then counter.value + 1 else ${now} end`;
  return db
    .insertInto('counter')
    .values({ name: 'stored-at', value: now })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: later }))
    .returning('value');
}

export async function nextCount(
  db: Db,
  name: string,
  { modulo, start }: { modulo: number; start: number },
): Promise<number> {
  const { value } = await db
    .insertInto('counter')
    .values({ name, value: start % modulo })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`(counter.value + 1) % ${modulo}` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}

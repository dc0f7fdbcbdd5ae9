import { type Kysely, sql } from 'kysely';
import type { PointQuery, ReadingPoint } from '../point-records.ts';
import type { Reading } from '../records.ts';
import { toReading } from '../rows.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;

export async function readingPoints(db: Db, query: PointQuery): Promise<ReadingPoint[]> {
  const { modem, key, since, until, step, limit } = query;
  const asked = db
    .selectFrom('readingPoint')
    .where('modem', '=', modem)
    .where('key', '=', key)
    .where('at', '>=', since)
    .where('at', '<', until);
  const begin = step === 0 ? sql<number>`at` : sql<number>`at - at % ${sql.lit(step)}`;
  const rows = await asked
    .select([
      begin.as('begin'),
      sql<number>`cast(sum(total) as bigint)`.as('total'),
      sql<number>`cast(sum(count) as bigint)`.as('count'),
    ])
    .groupBy(begin)
    .orderBy(begin, 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ begin, total, count }) => ({ modem, key, at: begin, value: total / count })).toReversed();
}

export async function readings(db: Db, modem: string): Promise<Reading[]> {
  return (await db.selectFrom('reading').selectAll().where('modem', '=', modem).orderBy('key').execute()).map(
    toReading,
  );
}

export async function addReadingPoint(db: Db, { value, ...place }: ReadingPoint): Promise<void> {
  const total = Math.round(value);
  await db
    .insertInto('readingPoint')
    .values({ ...place, total, count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['modem', 'key', 'at']).doUpdateSet({
        total: sql`reading_point.total + ${total}`,
        count: sql`reading_point.count + 1`,
      }),
    )
    .execute();
}

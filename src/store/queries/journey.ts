import type { Kysely } from 'kysely';
import type { Step, WorkerRun } from '../records.ts';
import type { Schema } from '../schema.ts';
import { one, same } from './one.ts';

type Db = Kysely<Schema>;

/* Which run of a worker serves a modem */

export async function workerRun(db: Db, modem: string): Promise<WorkerRun | null> {
  return one(await db.selectFrom('workerRun').selectAll().where('modem', '=', modem).execute(), same);
}

export async function putWorkerRun(db: Db, { modem, ...change }: WorkerRun): Promise<void> {
  await db
    .insertInto('workerRun')
    .values({ modem, ...change })
    .onConflict((conflict) => conflict.column('modem').doUpdateSet(change))
    .execute();
}

/* The way of a message */

export async function addSteps(db: Db, all: readonly Step[]): Promise<void> {
  if (all.length > 0) await db.insertInto('step').values(all).execute();
}

export function steps(db: Db, direction: Step['direction'], messageId: number): Promise<Step[]> {
  return db
    .selectFrom('step')
    .select(['direction', 'messageId', 'at', 'role', 'what', 'trace'])
    .where('messageId', '=', messageId)
    .where('direction', '=', direction)
    .orderBy('id')
    .execute();
}

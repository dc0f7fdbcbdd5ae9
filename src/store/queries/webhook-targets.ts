import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Schema, WebhookTargetTable } from '../schema.ts';
import type { NewWebhookTarget, WebhookTarget } from '../webhook-records.ts';
import { moveReached, reached } from './counters.ts';
import { one } from './one.ts';

type Db = Kysely<Schema>;

/** Name of the counter that holds the id of the last event that was looked at. */
const cursor = 'webhook';

export async function webhookTargets(db: Db): Promise<WebhookTarget[]> {
  return (await db.selectFrom('webhookTarget').selectAll().orderBy('id').execute()).map(toTarget);
}

export async function webhookTarget(db: Db, id: number): Promise<WebhookTarget | null> {
  return one(await db.selectFrom('webhookTarget').selectAll().where('id', '=', id).execute(), toTarget);
}

export async function addWebhookTarget(db: Db, target: NewWebhookTarget): Promise<number> {
  const row = await db.insertInto('webhookTarget').values(fromTarget(target)).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

export async function changeWebhookTarget(db: Db, id: number, change: Partial<WebhookTarget>): Promise<void> {
  const target = await webhookTarget(db, id);
  if (target === null) return;
  const { id: _, ...whole } = { ...target, ...change };
  await db.updateTable('webhookTarget').set(fromTarget(whole)).where('id', '=', id).execute();
}

export async function removeWebhookTarget(db: Db, id: number): Promise<void> {
  await db.deleteFrom('webhookTarget').where('id', '=', id).execute();
}

export const webhookCursor = (db: Db): Promise<number> => reached(db, cursor);

export const moveWebhookCursor = (db: Db, to: number): Promise<void> => moveReached(db, cursor, to);

function toTarget({ options, filters, allowInsecure, enabled, ...row }: Selectable<WebhookTargetTable>): WebhookTarget {
  return {
    ...row,
    options: JSON.parse(options),
    filters: JSON.parse(filters),
    allowInsecure: allowInsecure === 1,
    enabled: enabled === 1,
  };
}

function fromTarget({
  options,
  filters,
  allowInsecure,
  enabled,
  ...same
}: NewWebhookTarget): Insertable<WebhookTargetTable> {
  return {
    ...same,
    options: JSON.stringify(options),
    filters: JSON.stringify(filters),
    allowInsecure: allowInsecure ? 1 : 0,
    enabled: enabled ? 1 : 0,
  };
}

import { type Kysely, type Selectable, sql } from 'kysely';
import { isScope, type KeyLimits } from '../../core/access.ts';
import type { AccessKey, SentCount } from '../access-records.ts';
import type { AccessKeyTable, Schema } from '../schema.ts';

type Db = Kysely<Schema>;

export async function accessKeys(db: Db): Promise<AccessKey[]> {
  return (await db.selectFrom('accessKey').selectAll().orderBy('name').execute()).map(toKey);
}

export async function addAccessKey(db: Db, { scopes, limits, ...key }: Omit<AccessKey, 'id'>): Promise<number> {
  const { id } = await db
    .insertInto('accessKey')
    .values({ ...key, scopes: scopes.join(','), limits: JSON.stringify(limits) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function changeAccessKey(
  db: Db,
  id: number,
  change: Partial<Pick<AccessKey, 'lastUsedAt' | 'revokedAt'>>,
): Promise<void> {
  await db.updateTable('accessKey').set(change).where('id', '=', id).execute();
}

export async function countSent(db: Db, keyId: number, day: string, count: number): Promise<number> {
  const { sent } = await db
    .insertInto('keyUsage')
    .values({ keyId, day, sent: count })
    .onConflict((conflict) => conflict.columns(['keyId', 'day']).doUpdateSet({ sent: sql`key_usage.sent + ${count}` }))
    .returning('sent')
    .executeTakeFirstOrThrow();
  return sent;
}

export async function sentOn(db: Db, day: string, keyIds: readonly number[]): Promise<SentCount[]> {
  if (keyIds.length === 0) return [];
  return db
    .selectFrom('keyUsage')
    .select(['keyId', 'sent'])
    .where('day', '=', day)
    .where('keyId', 'in', [...keyIds])
    .execute();
}

function toKey({ scopes, limits, ...key }: Selectable<AccessKeyTable>): AccessKey {
  return { ...key, scopes: scopes.split(',').filter(isScope), limits: readLimits(JSON.parse(limits)) };
}

/** A limit that cannot be read must hold: it lets nothing through. */
function readLimits(given: unknown): KeyLimits {
  const field = (name: string): unknown =>
    typeof given === 'object' && given !== null ? Reflect.get(given, name) : undefined;
  const list = (name: string): readonly string[] | null => {
    const value = field(name);
    if (value === null) return null;
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  };
  const daily = field('dailyMessages');
  return {
    senders: list('senders'),
    modems: list('modems'),
    recipients: list('recipients'),
    dailyMessages: daily === null ? null : typeof daily === 'number' ? daily : 0,
  };
}

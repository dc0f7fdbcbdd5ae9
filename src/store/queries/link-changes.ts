import type { Kysely } from 'kysely';
import type { LinkChange } from '../link-records.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;

export async function linkChanges(
  db: Db,
  { modem, before, limit }: { readonly modem: string; readonly before?: number; readonly limit: number },
): Promise<LinkChange[]> {
  const all = db.selectFrom('linkChange').selectAll().where('modem', '=', modem).orderBy('id', 'desc').limit(limit);
  return (before === undefined ? all : all.where('id', '<', before)).execute();
}

export async function addLinkChange(db: Db, change: Omit<LinkChange, 'id'>, most: number): Promise<void> {
  const { id } = await db.insertInto('linkChange').values(change).returning('id').executeTakeFirstOrThrow();
  await db
    .deleteFrom('linkChange')
    .where('id', '<=', id - most)
    .execute();
}

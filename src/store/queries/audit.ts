import type { Kysely } from 'kysely';
import type { AuditEntry } from '../audit-records.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;

export async function auditEntries(
  db: Db,
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<AuditEntry[]> {
  const all = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit);
  return (before === undefined ? all : all.where('id', '<', before)).execute();
}

export async function addAudit(db: Db, entries: readonly Omit<AuditEntry, 'id'>[], most: number): Promise<void> {
  const ids = await db
    .insertInto('audit')
    .values([...entries])
    .returning('id')
    .execute();
  const last = Math.max(...ids.map(({ id }) => id));
  await db
    .deleteFrom('audit')
    .where('id', '<=', last - most)
    .execute();
}

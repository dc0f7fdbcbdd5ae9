import type { Kysely } from 'kysely';
import { type ListEntry, type SenderList, senderLists } from '../contact-records.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;

/** A list is heeded as long as nobody has said otherwise: who is denied is blocked at once, who is allowed is not alone. */
const usually: Readonly<Record<SenderList, boolean>> = { allow: false, deny: true };

export function listEntries(db: Db, list: SenderList): Promise<ListEntry[]> {
  return db
    .selectFrom('listEntry')
    .select(['id', 'list', 'pattern', 'note', 'createdAt'])
    .where('list', '=', list)
    .orderBy('search')
    .execute();
}

export async function activeLists(db: Db): Promise<readonly SenderList[]> {
  const said = await db.selectFrom('screening').selectAll().execute();
  return senderLists.filter((list) => {
    const own = said.find((row) => row.list === list);
    return own === undefined ? usually[list] : own.active === 1;
  });
}

export async function putListEntry(db: Db, entry: Omit<ListEntry, 'id'>): Promise<number> {
  const { id } = await db
    .insertInto('listEntry')
    .values({ ...entry, search: entry.pattern.toLowerCase() })
    .onConflict((conflict) => conflict.columns(['list', 'search']).doUpdateSet({ note: entry.note }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function deleteListEntry(db: Db, list: SenderList, id: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('listEntry')
    .where('list', '=', list)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

export async function setListActive(db: Db, list: SenderList, active: boolean): Promise<void> {
  const row = { active: active ? 1 : 0 };
  await db
    .insertInto('screening')
    .values({ list, ...row })
    .onConflict((conflict) => conflict.column('list').doUpdateSet(row))
    .execute();
}

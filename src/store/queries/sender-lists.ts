import { type Kysely, sql } from 'kysely';
import { type ListEntry, type SenderList, senderLists } from '../contact-records.ts';
import type { Schema } from '../schema.ts';
import { some } from './inbound-messages.ts';

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
  return heeded(await db.selectFrom('screening').selectAll().execute());
}

function heeded(said: readonly { list: SenderList; active: number }[]): SenderList[] {
  return senderLists.filter((list) => {
    const own = said.find((row) => row.list === list);
    return own === undefined ? usually[list] : own.active === 1;
  });
}

/** In one statement: it is asked for each message that comes in. */
export async function screen(
  db: Db,
  patterns: readonly string[],
): Promise<{ active: readonly SenderList[]; naming: readonly SenderList[] }> {
  const rows = await db
    .selectFrom('listEntry')
    .select(['list', sql<number | null>`null`.as('active')])
    .where('list', 'in', senderLists)
    .where('search', 'in', some(patterns))
    .unionAll((from) => from.selectFrom('screening').select(['list', sql<number | null>`active`.as('active')]))
    .execute();
  const said = rows.flatMap(({ list, active }) => (active === null ? [] : [{ list, active }]));
  const naming = rows.flatMap(({ list, active }) => (active === null ? [list] : []));
  return { active: heeded(said), naming: [...new Set(naming)] };
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

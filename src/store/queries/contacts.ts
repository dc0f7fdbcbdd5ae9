import { type Kysely, sql } from 'kysely';
import type { Contact, ContactChange, ContactQuery } from '../contact-records.ts';
import type { Schema } from '../schema.ts';

type Db = Kysely<Schema>;

/** A database takes only so many values in one statement. */
const namesAtOnce = 500;

export async function contacts(db: Db, { search = '', after, limit }: ContactQuery): Promise<Contact[]> {
  let found = db.selectFrom('contact').select(['id', 'name', 'createdAt', 'updatedAt']);
  if (search !== '') {
    const pattern = `%${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    const like = (column: string) => sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`;
    found = found.where((is) =>
      is.or([
        like('contact.search'),
        is(
          'contact.id',
          'in',
          is.selectFrom('contactAddress').select('contactId').where(like('contact_address.search')),
        ),
      ]),
    );
  }
  if (after !== undefined) {
    const name = after.name.toLowerCase();
    found = found.where('search', '>=', name).where((is) => is.or([is('search', '>', name), is('id', '>', after.id)]));
  }
  return withAddresses(db, await found.orderBy('search').orderBy('id').limit(limit).execute());
}

export async function contact(db: Db, id: number): Promise<Contact | null> {
  const rows = await db
    .selectFrom('contact')
    .select(['id', 'name', 'createdAt', 'updatedAt'])
    .where('id', '=', id)
    .execute();
  return (await withAddresses(db, rows))[0] ?? null;
}

export async function contactNames(db: Db, addresses: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(addresses.map((address) => address.toLowerCase()))];
  const names = new Map<string, string>();
  for (let from = 0; from < wanted.length; from += namesAtOnce) {
    const rows = await db
      .selectFrom('contactAddress')
      .innerJoin('contact', 'contact.id', 'contactAddress.contactId')
      .select(['contactAddress.search', 'contact.name'])
      .where('contactAddress.search', 'in', wanted.slice(from, from + namesAtOnce))
      .execute();
    for (const { search, name } of rows) names.set(search, name);
  }
  return names;
}

export async function contactsOf(
  db: Db,
  addresses: readonly string[],
): Promise<{ contactId: number; name: string; address: string }[]> {
  if (addresses.length === 0) return [];
  return db
    .selectFrom('contactAddress')
    .innerJoin('contact', 'contact.id', 'contactAddress.contactId')
    .select(['contactAddress.contactId', 'contact.name', 'contactAddress.address'])
    .where(
      'contactAddress.search',
      'in',
      addresses.map((address) => address.toLowerCase()),
    )
    .execute();
}

export async function addContact(db: Db, { name, addresses }: ContactChange, at: number): Promise<number> {
  const { id } = await db
    .insertInto('contact')
    .values({ name, search: name.toLowerCase(), createdAt: at, updatedAt: at })
    .returning('id')
    .executeTakeFirstOrThrow();
  await putAddresses(db, id, addresses);
  return id;
}

export async function changeContact(db: Db, id: number, { name, addresses }: ContactChange, at: number): Promise<void> {
  await db
    .updateTable('contact')
    .set({ name, search: name.toLowerCase(), updatedAt: at })
    .where('id', '=', id)
    .execute();
  await db.deleteFrom('contactAddress').where('contactId', '=', id).execute();
  await putAddresses(db, id, addresses);
}

export async function deleteContact(db: Db, id: number): Promise<void> {
  await db.deleteFrom('contact').where('id', '=', id).execute();
}

async function putAddresses(db: Db, contactId: number, addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0) return;
  const rows = addresses.map((address) => ({ address, search: address.toLowerCase(), contactId }));
  await db.insertInto('contactAddress').values(rows).execute();
}

async function withAddresses(db: Db, rows: readonly Omit<Contact, 'addresses'>[]): Promise<Contact[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const all = await db
    .selectFrom('contactAddress')
    .select(['contactId', 'address'])
    .where('contactId', 'in', ids)
    .orderBy('search')
    .execute();
  const byContact = Map.groupBy(all, ({ contactId }) => contactId);
  return rows.map((row) => ({ ...row, addresses: (byContact.get(row.id) ?? []).map(({ address }) => address) }));
}

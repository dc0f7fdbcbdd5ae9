import * as v from 'valibot';
import { ok, type Route, route } from '../api/route.ts';
import { integer, rowId, textOf, writeInstant, writtenInstant } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { cursor, writeCursor } from './cursor.ts';
import { defined } from './defined.ts';
import { page } from './page.ts';

const tag = 'Contacts';

const contactSchema = v.object({
  id: integer,
  name: v.string(),
  addresses: v.array(v.string()),
  created_at: writtenInstant,
  updated_at: writtenInstant,
});

interface ShownContact {
  readonly id: number;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const contactJson = (contact: ShownContact): v.InferOutput<typeof contactSchema> => ({
  id: contact.id,
  name: contact.name,
  addresses: [...contact.addresses],
  created_at: writeInstant(contact.createdAt),
  updated_at: writeInstant(contact.updatedAt),
});

const someText = (most: number, what: string) => {
  const allowed = `${what}, 1 to ${most} characters`;
  return v.pipe(v.string(allowed), v.trim(), v.minLength(1, allowed), v.maxLength(most, allowed));
};

/** What a client writes of a contact. */
export const contactFields = {
  name: someText(100, 'a name'),
  addresses: v.pipe(
    v.array(someText(100, 'a number or the name of a sender'), 'a list of at most 50 numbers or names of senders'),
    v.maxLength(50, 'a list of at most 50 numbers or names of senders'),
  ),
};
const body = v.strictObject(contactFields, 'a JSON object such as {"name":"Anna","addresses":["+79161234567"]}');

const readPlace = ([name, id]: readonly (string | number)[]) =>
  typeof name === 'string' && typeof id === 'number' ? { name, id } : null;

const lists = ['allow', 'deny'] as const;
const list = v.picklist(lists, 'allow or deny');
const entrySchema = v.object({
  id: integer,
  pattern: v.string(),
  note: v.nullable(v.string()),
  created_at: writtenInstant,
});

/** Names for numbers. */
export function contactRoutes({ resources: { contacts } }: HttpDeps): Route[] {
  const params = v.strictObject({ id: rowId('the id of a contact') });
  return [
    route({
      id: 'listContacts',
      method: 'GET',
      path: '/v1/contacts',
      tag,
      summary: 'Contacts by name',
      scope: 'read',
      query: v.strictObject({
        search: v.optional(textOf(0, 100, 'a part of a name or number, at most 100 characters')),
        limit: page.limit,
        cursor: v.optional(cursor(readPlace)),
      }),
      answers: { 200: { description: 'A page of contacts', schema: page.of(contactSchema) } },
      async run({ query: { search, limit, cursor }, principal }) {
        const { items, next } = await contacts.list({ ...defined({ search, after: cursor }), limit }, principal);
        return ok({ items: items.map(contactJson), next: next === null ? null : writeCursor([next.name, next.id]) });
      },
    }),
    route({
      id: 'addContact',
      method: 'POST',
      path: '/v1/contacts',
      tag,
      summary: 'Add a contact',
      scope: 'admin',
      body,
      answers: { 201: { description: 'The contact', schema: contactSchema } },
      errors: ['contact_taken'],
      run: async ({ body }) => ok(contactJson(await contacts.add(body)), 201),
    }),
    route({
      id: 'getContact',
      method: 'GET',
      path: '/v1/contacts/{id}',
      tag,
      summary: 'A contact',
      scope: 'read',
      params,
      answers: { 200: { description: 'The contact', schema: contactSchema } },
      errors: ['not_found'],
      run: async ({ params: { id }, principal }) => ok(contactJson(await contacts.one(id, principal))),
    }),
    route({
      id: 'changeContact',
      method: 'PUT',
      path: '/v1/contacts/{id}',
      tag,
      summary: 'Change a contact',
      scope: 'admin',
      params,
      body,
      answers: { 200: { description: 'The contact', schema: contactSchema } },
      errors: ['not_found', 'contact_taken'],
      run: async ({ params: { id }, body }) => ok(contactJson(await contacts.change(id, body))),
    }),
    route({
      id: 'deleteContact',
      method: 'DELETE',
      path: '/v1/contacts/{id}',
      tag,
      summary: 'Delete a contact',
      description: 'Its messages stay.',
      scope: 'admin',
      params,
      answers: { 204: { description: 'It is gone' } },
      errors: ['not_found'],
      async run({ params: { id } }) {
        await contacts.remove(id);
        return { status: 204 };
      },
    }),
  ];
}

/** Who is denied, and who alone is allowed. */
export function listRoutes({ resources: { senderLists } }: HttpDeps): Route[] {
  const listTag = 'Blocking';
  const params = v.strictObject({ list });
  const listJson = async (name: (typeof lists)[number]) => ({
    list: name,
    active: (await senderLists.active()).includes(name),
    entries: (await senderLists.entries(name)).map(({ id, pattern, note, createdAt }) => {
      return { id, pattern, note, created_at: writeInstant(createdAt) };
    }),
  });
  const listSchema = v.object({ list: v.string(), active: v.boolean(), entries: v.array(entrySchema) });
  return [
    route({
      id: 'getSenderList',
      method: 'GET',
      path: '/v1/lists/{list}',
      tag: listTag,
      summary: 'Who is denied, or who alone is allowed',
      description:
        'What comes from a blocked sender is kept and marked `blocked`, and nobody is told. The list `deny` is heeded unless it is switched off, the list `allow` once it is switched on: then everybody who is not on it is blocked.',
      scope: 'read',
      params,
      answers: { 200: { description: 'The list', schema: listSchema } },
      run: async ({ params: { list } }) => ok(await listJson(list)),
    }),
    route({
      id: 'switchSenderList',
      method: 'PUT',
      path: '/v1/lists/{list}',
      tag: listTag,
      summary: 'Heed a list, or not',
      scope: 'admin',
      params,
      body: v.strictObject({ active: v.boolean('true or false') }, 'a JSON object such as {"active":true}'),
      answers: { 200: { description: 'The list', schema: listSchema } },
      async run({ params: { list }, body: { active } }) {
        await senderLists.setActive(list, active);
        return ok(await listJson(list));
      },
    }),
    route({
      id: 'addListEntry',
      method: 'POST',
      path: '/v1/lists/{list}/entries',
      tag: listTag,
      summary: 'Put somebody on a list',
      description:
        'A number, a name, or the beginning of one with `*` behind it, whatever the case. The same again changes the note.',
      scope: 'admin',
      params,
      body: v.strictObject(
        {
          pattern: someText(100, 'a number or a name, with * at its end for all that begin so'),
          note: v.optional(v.nullable(textOf(0, 200, 'a note of at most 200 characters'))),
        },
        'a JSON object such as {"pattern":"Casino*"}',
      ),
      answers: { 201: { description: 'The entry', schema: entrySchema } },
      async run({ params: { list }, body: { pattern, note = null } }) {
        const { id, createdAt, ...entry } = await senderLists.add(list, { pattern, note });
        return ok({ id, pattern: entry.pattern, note: entry.note, created_at: writeInstant(createdAt) }, 201);
      },
    }),
    route({
      id: 'deleteListEntry',
      method: 'DELETE',
      path: '/v1/lists/{list}/entries/{id}',
      tag: listTag,
      summary: 'Take somebody off a list',
      scope: 'admin',
      params: v.strictObject({ list, id: rowId('the id of an entry') }),
      answers: { 204: { description: 'It is gone' } },
      errors: ['not_found'],
      async run({ params: { list, id } }) {
        await senderLists.remove(list, id);
        return { status: 204 };
      },
    }),
  ];
}

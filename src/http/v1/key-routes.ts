import * as v from 'valibot';
import { scopes } from '../../core/access.ts';
import type { AccessKey } from '../../store/access-records.ts';
import { ok, type Route, route } from '../api/route.ts';
import { instant, integer, nothing, textOf, writeInstant, writtenInstant } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';

const tag = 'Access';

const names = (most: number, what: string) => {
  const allowed = `a list of at most ${most} ${what}`;
  return v.optional(v.pipe(v.array(textOf(1, 100, allowed), allowed), v.maxLength(most, allowed)));
};
const list = v.nullable(v.array(v.string()));

const keySchema = v.object({
  name: v.string(),
  hint: v.string(),
  scopes: v.array(v.picklist(scopes)),
  senders: list,
  modems: list,
  recipients: list,
  daily: v.nullable(integer),
  sent_today: v.nullable(integer),
  created_at: writtenInstant,
  expires_at: v.nullable(writtenInstant),
  last_used_at: v.nullable(writtenInstant),
  revoked_at: v.nullable(writtenInstant),
});

const orNull = (at: number | null): string | null => (at === null ? null : writeInstant(at));

const keyJson = (key: AccessKey, sentToday: number | null): v.InferOutput<typeof keySchema> => ({
  name: key.name,
  hint: `${key.hint}…`,
  scopes: [...key.scopes],
  senders: key.limits.senders === null ? null : [...key.limits.senders],
  modems: key.limits.modems === null ? null : [...key.limits.modems],
  recipients: key.limits.recipients === null ? null : [...key.limits.recipients],
  daily: key.limits.dailyMessages,
  sent_today: sentToday,
  created_at: writeInstant(key.createdAt),
  expires_at: orNull(key.expiresAt),
  last_used_at: orNull(key.lastUsedAt),
  revoked_at: orNull(key.revokedAt),
});

const daily = 'a whole number from 0 to 1000000';
const body = v.strictObject(
  {
    name: v.string('a name such as "home assistant"'),
    scopes: v.array(v.picklist(scopes, `one of ${scopes.join(', ')}`), `a list of ${scopes.join(', ')}`),
    senders: names(100, 'numbers or names of senders'),
    modems: names(100, 'names of modems'),
    recipients: names(100, 'numbers'),
    daily: v.optional(v.pipe(v.number(daily), v.integer(daily), v.minValue(0, daily), v.maxValue(1_000_000, daily))),
    expires_at: v.optional(instant),
  },
  'a JSON object such as {"name":"home assistant","scopes":["read"]}',
);

/** Access keys: made, listed and revoked by an administrator. */
export const keyRoutes = ({ keys }: Pick<HttpDeps, 'keys'>): Route[] => [
  route({
    id: 'listKeys',
    method: 'GET',
    path: '/v1/keys',
    tag,
    summary: 'The access keys, without the keys themselves',
    description: '`sent_today`: how many SMS a key with a `daily` limit has sent in this day of UTC; null without one.',
    scope: 'admin',
    query: nothing,
    answers: { 200: { description: 'The keys', schema: v.object({ items: v.array(keySchema) }) } },
    async run() {
      const all = await keys.list();
      const sent = await keys.sentToday(all);
      return ok({ items: all.map((key) => keyJson(key, sent.get(key.id) ?? null)) });
    },
  }),
  route({
    id: 'addKey',
    method: 'POST',
    path: '/v1/keys',
    tag,
    summary: 'Make an access key',
    description:
      'The key is in this answer and nowhere else. From the first one on every request needs a key. `daily`: how many SMS it may send in a day of UTC.',
    scope: 'admin',
    body,
    answers: { 201: { description: 'The key', schema: v.object({ key: v.string(), ...keySchema.entries }) } },
    errors: ['key_exists', 'number_invalid'],
    async run({ body: { name, scopes, senders, modems, recipients, daily, expires_at } }) {
      const limits = {
        senders: senders ?? null,
        modems: modems ?? null,
        recipients: recipients ?? null,
        dailyMessages: daily ?? null,
      };
      const { key, record } = await keys.add({ name, scopes, limits, expiresAt: expires_at ?? null });
      return ok({ key, ...keyJson(record, daily === undefined ? null : 0) }, 201);
    },
  }),
  route({
    id: 'revokeKey',
    method: 'DELETE',
    path: '/v1/keys/{name}',
    tag,
    summary: 'Revoke an access key',
    description:
      'It opens nothing any more, here at once and in other processes within two seconds. It stays in the list.',
    scope: 'admin',
    params: v.strictObject({ name: textOf(1, 100, 'the name of a key') }),
    answers: { 204: { description: 'It is revoked' } },
    errors: ['not_found'],
    async run({ params: { name } }) {
      await keys.revoke(name);
      return { status: 204 };
    },
  }),
];

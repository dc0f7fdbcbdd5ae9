import * as v from 'valibot';
import type { Principal } from '../../app/access/principal.ts';
import { sessionMs } from '../../app/access/sessions.ts';
import { scopes } from '../../core/access.ts';
import { sessionCookie, sessionIn } from '../access/session-cookie.ts';
import { ok, type Route, route } from '../api/route.ts';
import { nothing, textOf, writeInstant, writtenInstant } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';

const tag = 'Access';
const list = v.nullable(v.array(v.string()));

const whoSchema = v.object({
  name: v.string(),
  kind: v.picklist(['local', 'key', 'session']),
  scopes: v.array(v.picklist(scopes)),
  senders: list,
  modems: list,
  recipients: list,
});

const whoJson = ({ name, kind, scopes, limits: { senders, modems, recipients } }: Principal) => ({
  name,
  kind: kind === 'nobody' ? ('local' as const) : kind,
  scopes: [...scopes],
  senders: senders === null ? null : [...senders],
  modems: modems === null ? null : [...modems],
  recipients: recipients === null ? null : [...recipients],
});

const words = 'a text of 1 to 200 characters';
const login = v.union(
  [v.strictObject({ key: textOf(1, 200, words) }), v.strictObject({ password: textOf(1, 200, words) })],
  'a JSON object such as {"key":"smlf_…"} or {"password":"…"}',
);

/** Logging in with a browser, and the owner's password. */
export const sessionRoutes = ({
  doorkeeper,
  sessions,
  password,
}: Pick<HttpDeps, 'doorkeeper' | 'sessions' | 'password'>): Route[] => [
  route({
    id: 'whoAmI',
    method: 'GET',
    path: '/v1/session',
    tag,
    summary: 'Who asks, and what they may',
    description: '`local`: a program on the gateway’s own machine, as long as there is neither a key nor a password.',
    scope: null,
    query: nothing,
    answers: { 200: { description: 'Who asks', schema: whoSchema } },
    run: async ({ principal }) => ok(whoJson(principal)),
  }),
  route({
    id: 'logIn',
    method: 'POST',
    path: '/v1/session',
    tag,
    summary: 'Log in with a browser',
    description:
      'With an access key, or the owner’s password. The answer sets a cookie that no script reads and no page elsewhere can use; it lasts 30 days from its last use. Orders with it must come from a page of this gateway.',
    scope: null,
    open: true,
    body: login,
    answers: { 200: { description: 'The browser is logged in', schema: whoSchema } },
    async run({ body, address, secure }) {
      const who =
        'key' in body
          ? await doorkeeper.admit({ key: body.key, name: null }, address)
          : await doorkeeper.admitOwner(body.password, address);
      const { id } = await sessions.open(who);
      const cookie = sessionCookie(id, { seconds: sessionMs / 1_000, secure });
      return { ...ok(whoJson({ ...who, kind: 'session' })), who: who.name, headers: { 'set-cookie': cookie } };
    },
  }),
  route({
    id: 'logOut',
    method: 'DELETE',
    path: '/v1/session',
    tag,
    summary: 'Log out',
    scope: null,
    answers: { 204: { description: 'The session has ended' } },
    async run({ headers, secure }) {
      const id = sessionIn(headers);
      if (id !== null) await sessions.close(id);
      return { status: 204, headers: { 'set-cookie': sessionCookie('', { seconds: 0, secure }) } };
    },
  }),
  route({
    id: 'getPassword',
    method: 'GET',
    path: '/v1/password',
    tag,
    summary: 'Whether there is a password',
    scope: 'admin',
    query: nothing,
    answers: {
      200: {
        description: 'When it was set; null when there is none',
        schema: v.object({ changed_at: v.nullable(writtenInstant) }),
      },
    },
    async run() {
      const at = await password.changedAt();
      return ok({ changed_at: at === null ? null : writeInstant(at) });
    },
  }),
  route({
    id: 'setPassword',
    method: 'PUT',
    path: '/v1/password',
    tag,
    summary: 'Set the owner’s password',
    description:
      'Of 10 to 200 characters. Whoever logged in with the one before is logged out. From then on nobody is answered without a key, a session or it.',
    scope: 'admin',
    body: v.strictObject({ password: textOf(1, 1_000, 'a text') }, 'a JSON object such as {"password":"…"}'),
    answers: { 204: { description: 'It is set' } },
    async run({ body }) {
      await password.set(body.password);
      return { status: 204 };
    },
  }),
  route({
    id: 'removePassword',
    method: 'DELETE',
    path: '/v1/password',
    tag,
    summary: 'Remove the owner’s password',
    scope: 'admin',
    answers: { 204: { description: 'There is none any more' } },
    errors: ['password_needed'],
    async run() {
      await password.remove();
      return { status: 204 };
    },
  }),
];

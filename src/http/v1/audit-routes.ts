import * as v from 'valibot';
import { ok, type Route, route } from '../api/route.ts';
import { integer, writeInstant, writtenInstant } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { cursor, writeCursor } from './cursor.ts';
import { defined } from './defined.ts';
import { page } from './page.ts';

const entry = v.object({
  id: integer,
  at: writtenInstant,
  who: v.string(),
  address: v.string(),
  action: v.string(),
  target: v.nullable(v.string()),
  outcome: v.string(),
});

/** Who did what. */
export const auditRoutes = ({ audit }: Pick<HttpDeps, 'audit'>): Route[] => [
  route({
    id: 'listAudit',
    method: 'GET',
    path: '/v1/audit',
    tag: 'Access',
    summary: 'Who did what, newest first',
    description:
      'Everything that changed something, and what only administrators may see: who asked (empty for nobody), from where, the operation, what it was about, and `done` or the code of the error. The newest 20,000 are kept; no key, text or code is among it.',
    scope: 'admin',
    unnoted: true,
    query: v.strictObject({
      limit: page.limit,
      cursor: v.optional(cursor(([id]) => (typeof id === 'number' ? id : null))),
    }),
    answers: { 200: { description: 'The entries', schema: page.of(entry) } },
    async run({ query: { limit, cursor: before } }) {
      const found = await audit.list({ limit: limit + 1, ...defined({ before }) });
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return ok({
        items: items.map(({ at, ...rest }) => ({ ...rest, at: writeInstant(at) })),
        next: last === undefined ? null : writeCursor([last.id]),
      });
    },
  }),
];

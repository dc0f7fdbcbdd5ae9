import * as v from 'valibot';
import { sightOf } from '../app/access/principal.ts';
import { ok, type Route, route } from './api/route.ts';
import { limit } from './api/schema.ts';
import type { HttpDeps } from './deps.ts';
import { localInstant } from './local-instant.ts';

const call = v.object({ caller: v.string(), created_at: v.string() });

/** `GET /get-calls`: incoming calls, newest first. */
export function getCalls({ queries, localTime }: HttpDeps): Route {
  return route({
    id: 'getCalls',
    method: 'GET',
    path: '/get-calls',
    tag: 'Simple',
    summary: 'Incoming calls, newest first',
    scope: 'calls',
    query: v.strictObject({ dttm: v.optional(localInstant(localTime)), limit }),
    answers: { 200: { description: 'The calls', schema: v.array(call) } },
    async run({ query: { dttm, limit }, principal }) {
      const { senders: callers, modems } = sightOf(principal);
      const calls = await queries.calls({
        limit,
        ...(dttm === undefined ? {} : { storedAfter: dttm }),
        ...(callers === undefined ? {} : { callers }),
        ...(modems === undefined ? {} : { modems }),
      });
      return ok(calls.map(({ caller, storedAt }) => ({ caller, created_at: localTime.format(storedAt) })));
    },
  });
}

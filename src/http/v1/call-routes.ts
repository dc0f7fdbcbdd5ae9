import * as v from 'valibot';
import type { ShownCall } from '../../app/calls-resource.ts';
import { callOutcomes } from '../../core/live.ts';
import { ok, type Route, route } from '../api/route.ts';
import { flag, instant, integer, rowId, textOf, writeInstant, writtenInstant } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { cursor, readAtAndId, writeCursor } from './cursor.ts';
import { defined } from './defined.ts';
import { modemErrors } from './modem-parts.ts';
import { page } from './page.ts';
import { peer } from './peer.ts';

const tag = 'Calls';

export const callSchema = v.object({
  id: integer,
  modem: v.string(),
  caller: v.string(),
  contact: v.nullable(v.string()),
  withheld: v.boolean(),
  outcome: v.picklist(callOutcomes),
  rings: integer,
  blocked: v.boolean(),
  at: writtenInstant,
  started_at: writtenInstant,
  ended_at: v.nullable(writtenInstant),
});

export const callJson = (call: ShownCall): v.InferOutput<typeof callSchema> => ({
  id: call.id,
  modem: call.modem,
  caller: call.caller,
  contact: call.contact,
  withheld: call.withheld,
  outcome: call.outcome,
  rings: call.rings,
  blocked: call.blocked,
  at: writeInstant(call.storedAt),
  started_at: writeInstant(call.startedAt),
  ended_at: call.endedAt === null ? null : writeInstant(call.endedAt),
});

const params = v.strictObject({ id: rowId('the id of a call') });
const seconds = 'a number of seconds from 1 to 60';

/** Who called, and calls that ring somewhere for a while. */
export function callRoutes({ resources: { calls } }: HttpDeps): Route[] {
  return [
    route({
      id: 'listCalls',
      method: 'GET',
      path: '/v1/calls',
      tag,
      summary: 'Incoming calls, newest first',
      scope: 'calls',
      query: v.strictObject({
        caller: v.optional(peer),
        modem: v.optional(textOf(1, 40, 'the name of a modem')),
        outcome: v.optional(v.picklist(callOutcomes, `one of ${callOutcomes.join(', ')}`)),
        blocked: v.optional(flag),
        since: v.optional(instant),
        until: v.optional(instant),
        limit: page.limit,
        cursor: v.optional(cursor(readAtAndId)),
      }),
      answers: { 200: { description: 'A page of calls', schema: page.of(callSchema) } },
      async run({ query: { caller, modem, outcome, blocked, since, until, limit, cursor }, principal }) {
        const found = await calls.list(
          {
            ...defined({
              caller,
              modem,
              blocked,
              outcomes: outcome === undefined ? undefined : [outcome],
              storedAfter: since === undefined ? undefined : since - 1,
              storedBefore: until,
              before: cursor,
            }),
            limit: limit + 1,
          },
          principal,
        );
        const items = found.slice(0, limit);
        const last = found.length > limit ? items.at(-1) : undefined;
        return ok({
          items: items.map(callJson),
          next: last === undefined ? null : writeCursor([last.storedAt, last.id]),
        });
      },
    }),
    route({
      id: 'getCall',
      method: 'GET',
      path: '/v1/calls/{id}',
      tag,
      summary: 'A call',
      scope: 'calls',
      params,
      answers: { 200: { description: 'The call', schema: callSchema } },
      errors: ['not_found'],
      run: async ({ params: { id }, principal }) => ok(callJson(await calls.one(id, principal))),
    }),
    route({
      id: 'makeCall',
      method: 'POST',
      path: '/v1/calls',
      tag,
      summary: 'Let a phone ring, and hang up',
      description:
        'The answer comes when it has rung, at most half a minute later than `ring_seconds` (10 unless given). A call that is answered is hung up at once; it may cost.',
      scope: 'calls',
      body: v.strictObject(
        {
          to: v.string('a number as text, such as "+79161234567"'),
          ring_seconds: v.optional(v.pipe(v.number(seconds), v.minValue(1, seconds), v.maxValue(60, seconds))),
          modem: v.optional(textOf(1, 40, 'the name of a modem')),
        },
        'a JSON object such as {"to":"+79161234567","ring_seconds":10}',
      ),
      answers: {
        200: { description: 'It has rung', schema: v.object({ to: v.string(), modem: v.string() }) },
      },
      errors: [...modemErrors, 'number_invalid'],
      run: async ({ body: { to, ring_seconds = 10, modem }, principal, signal }) =>
        ok(await calls.dial({ to, ringMs: ring_seconds * 1_000, principal, signal, ...defined({ modem }) })),
    }),
    route({
      id: 'rejectCall',
      method: 'POST',
      path: '/v1/calls/{id}/reject',
      tag,
      summary: 'Hang up on a call that rings',
      scope: 'calls',
      params,
      answers: { 202: { description: 'The modem has hung up; the outcome of the call follows' } },
      errors: [...modemErrors, 'call_gone'],
      async run({ params: { id }, principal, signal }) {
        await calls.reject(id, { principal, signal });
        return { status: 202 };
      },
    }),
  ];
}

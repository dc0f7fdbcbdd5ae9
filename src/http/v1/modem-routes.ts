import * as v from 'valibot';
import { may, type Principal } from '../../app/access/principal.ts';
import type { ShownModem } from '../../app/modems/modems.ts';
import { ok, type Route, route } from '../api/route.ts';
import { instant, wholeNumber, writeInstant, writtenInstant } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { cursor, writeCursor } from './cursor.ts';
import { defined } from './defined.ts';
import { params, tag, textOrNull } from './modem-parts.ts';
import { page } from './page.ts';

const modemSchema = v.object({
  id: v.string(),
  state: v.string(),
  ready: v.boolean(),
  reason: v.nullable(v.object({ code: v.string(), text: textOrNull })),
  port: v.string(),
  identity: v.nullable(
    v.object({
      family: v.string(),
      manufacturer: textOrNull,
      model: textOrNull,
      firmware: textOrNull,
      imei: textOrNull,
      imsi: textOrNull,
      iccid: textOrNull,
    }),
  ),
  updated_at: writtenInstant,
  readings: v.record(v.string(), v.object({ value: v.unknown(), updated_at: writtenInstant })),
});

const linkChange = v.object({
  at: writtenInstant,
  state: v.string(),
  reason: v.nullable(v.object({ code: v.string(), text: textOrNull })),
});

/** The numbers of card and device tell who somebody is: they are for administrators. */
export function modemJson({ record, readings }: ShownModem, principal: Principal): v.InferOutput<typeof modemSchema> {
  const { modem: id, state, port, reasonCode, reasonText, identity, updatedAt } = record;
  const secret = may(principal, 'admin') ? {} : { imei: null, imsi: null, iccid: null };
  return {
    id,
    state,
    ready: state === 'ready',
    reason: reasonCode === null ? null : { code: reasonCode, text: reasonText },
    port,
    identity: identity === null ? null : { ...identity, ...secret },
    updated_at: writeInstant(updatedAt),
    readings: Object.fromEntries(
      readings
        .filter(({ key }) => key !== 'ussd')
        .map(({ key, data, updatedAt }) => [
          key.replaceAll('-', '_'),
          { value: data, updated_at: writeInstant(updatedAt) },
        ]),
    ),
  };
}

/** A graph needs no more. */
const mostPoints = 5_000;

/** The modems: how they are and how they were. */
export function modemRoutes({ resources: { modems } }: HttpDeps): Route[] {
  return [
    route({
      id: 'listModems',
      method: 'GET',
      path: '/v1/modems',
      tag,
      summary: 'The modems, with their state and newest readings',
      scope: 'read',
      answers: { 200: { description: 'The modems', schema: v.object({ items: v.array(modemSchema) }) } },
      run: async ({ principal }) =>
        ok({ items: (await modems.list(principal)).map((modem) => modemJson(modem, principal)) }),
    }),
    route({
      id: 'getModem',
      method: 'GET',
      path: '/v1/modems/{id}',
      tag,
      summary: 'A modem with its state and newest readings',
      scope: 'read',
      params,
      answers: { 200: { description: 'The modem', schema: modemSchema } },
      errors: ['not_found'],
      run: async ({ params: { id }, principal }) => ok(modemJson(await modems.one(id, principal), principal)),
    }),
    route({
      id: 'getModemHistory',
      method: 'GET',
      path: '/v1/modems/{id}/history',
      tag,
      summary: 'Signal, balance or technology over time, oldest first',
      description:
        'The signal (dBm) is kept as averages of five minutes, the balance (hundredths of the currency) and the technology (2 to 5 for 2G to 5G, 0 without a network) whenever they change, all for a year. `step` joins points within so many seconds to their average.',
      scope: 'read',
      params,
      query: v.strictObject({
        key: v.picklist(['signal', 'balance', 'technology'], 'signal, balance or technology'),
        since: v.optional(instant),
        until: v.optional(instant),
        step: v.optional(wholeNumber(0, 31_536_000), '0'),
      }),
      answers: {
        200: {
          description: `The points, at most the newest ${mostPoints}`,
          schema: v.object({ items: v.array(v.object({ at: writtenInstant, value: v.number() })) }),
        },
      },
      errors: ['not_found'],
      async run({ params: { id }, query: { key, since, until, step }, principal }) {
        const end = until ?? Number.MAX_SAFE_INTEGER;
        const begin = since ?? 0;
        const query = { modem: id, key, since: begin, until: end, step: step * 1_000, limit: mostPoints };
        const points = await modems.history(query, principal);
        return ok({ items: points.map(({ at, value }) => ({ at: writeInstant(at), value })) });
      },
    }),
    route({
      id: 'getModemLog',
      method: 'GET',
      path: '/v1/modems/{id}/log',
      tag,
      summary: 'How the link to a modem went: what was wrong and when it was well again, newest first',
      scope: 'read',
      params,
      query: v.strictObject({
        limit: page.limit,
        cursor: v.optional(cursor(([id]) => (typeof id === 'number' ? id : null))),
      }),
      answers: { 200: { description: 'The changes', schema: page.of(linkChange) } },
      errors: ['not_found'],
      async run({ params: { id }, query: { limit, cursor: before }, principal }) {
        const found = await modems.log({ modem: id, limit: limit + 1, ...defined({ before }) }, principal);
        const items = found.slice(0, limit);
        const last = found.length > limit ? items.at(-1) : undefined;
        return ok({
          items: items.map(({ at, state, reasonCode, reasonText }) => ({
            at: writeInstant(at),
            state,
            reason: reasonCode === null ? null : { code: reasonCode, text: reasonText },
          })),
          next: last === undefined ? null : writeCursor([last.id]),
        });
      },
    }),
  ];
}

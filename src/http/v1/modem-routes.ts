import * as v from 'valibot';
import { may, type Principal } from '../../app/access/principal.ts';
import type { ShownModem } from '../../app/modems/modems.ts';
import type { ErrorCode } from '../../core/errors.ts';
import { ok, type Route, route } from '../api/route.ts';
import { instant, textOf, wholeNumber, writeInstant, writtenInstant } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { cursor, writeCursor } from './cursor.ts';
import { defined } from './defined.ts';
import { page } from './page.ts';

const tag = 'Modems';
const name = textOf(1, 40, 'the name of a modem');
const params = v.strictObject({ id: name });

const textOrNull = v.nullable(v.string());
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

/** Errors of whatever is asked of a modem. */
export const modemErrors = [
  'not_found',
  'modem_not_ready',
  'no_worker',
  'bus_unavailable',
  'command_expired',
  'command_unsupported',
  'at_timeout',
  'at_error',
  'at_aborted',
  'at_unsafe',
  'port_closed',
  'modem_silent',
] as const satisfies readonly ErrorCode[];

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

const ussdAnswer = v.object({ text: textOrNull, more: v.boolean() });
const code = v.pipe(
  v.string('a USSD code such as "*100#"'),
  v.regex(/^[\d*#+]{1,160}$/, 'a USSD code such as "*100#": digits, *, # and +'),
);
/** A graph needs no more. */
const mostPoints = 5_000;

/** The modems: how they are, how they were, and what they can be asked to do. */
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
      summary: 'Signal or balance over time, oldest first',
      description:
        'The signal (dBm) is kept as averages of five minutes, the balance (hundredths of the currency) whenever it changes, both for a year. `step` joins points within so many seconds.',
      scope: 'read',
      params,
      query: v.strictObject({
        key: v.picklist(['signal', 'balance'], 'signal or balance'),
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
    route({
      id: 'askUssd',
      method: 'POST',
      path: '/v1/modems/{id}/ussd',
      tag,
      summary: 'Ask the network by USSD, or answer its menu',
      description:
        'With `more` the network has sent a menu and waits for a `reply`, for 30 to 120 seconds. A new `code` ends a menu that is open. It may cost money, as if dialled on a phone.',
      scope: 'calls',
      params,
      body: v.union(
        [
          v.strictObject({ code }),
          v.strictObject({ reply: textOf(1, 160, 'the answer to the menu, 1 to 160 characters') }),
        ],
        'a JSON object: {"code":"*100#"}, or {"reply":"1"} to answer a menu',
      ),
      answers: { 200: { description: 'What the network answered', schema: ussdAnswer } },
      errors: [...modemErrors, 'ussd_refused', 'ussd_timeout', 'ussd_busy', 'ussd_no_session'],
      run: async ({ params: { id: modem }, body, principal, signal }) =>
        ok(await modems.ussd({ modem, principal, signal }, body)),
    }),
    route({
      id: 'endUssd',
      method: 'DELETE',
      path: '/v1/modems/{id}/ussd',
      tag,
      summary: 'End the USSD session',
      scope: 'calls',
      params,
      answers: { 204: { description: 'No menu is open any more' } },
      errors: modemErrors,
      async run({ params: { id: modem }, principal, signal }) {
        await modems.endUssd({ modem, principal, signal });
        return { status: 204 };
      },
    }),
    route({
      id: 'restartModem',
      method: 'POST',
      path: '/v1/modems/{id}/restart',
      tag,
      summary: 'Restart a modem',
      description: 'It comes back by itself, after half a minute or so. What it was sending ends as unknown.',
      scope: 'admin',
      params,
      answers: { 202: { description: 'It restarts' } },
      errors: modemErrors,
      async run({ params: { id: modem }, principal, signal }) {
        await modems.restart({ modem, principal, signal });
        return { status: 202 };
      },
    }),
    route({
      id: 'runAtCommand',
      method: 'POST',
      path: '/v1/modems/{id}/at',
      tag,
      summary: 'Run an AT command',
      description:
        'For who looks for a fault. It waits its turn among the commands of the gateway. Messages are not sent by it.',
      scope: 'admin',
      params,
      body: v.strictObject(
        {
          command: textOf(1, 400, 'an AT command such as "AT+CSQ", at most 400 characters'),
          timeout: v.optional(
            v.pipe(
              v.number('a number of seconds from 1 to 120'),
              v.minValue(1, 'a number of seconds from 1 to 120'),
              v.maxValue(120, 'a number of seconds from 1 to 120'),
            ),
          ),
        },
        'a JSON object such as {"command":"AT+CSQ"}',
      ),
      answers: {
        200: {
          description: 'The lines of the answer, its result code last',
          schema: v.object({ lines: v.array(v.string()) }),
        },
      },
      errors: modemErrors,
      async run({ params: { id: modem }, body: { command, timeout = 10 }, principal, signal }) {
        const lines = await modems.at({ modem, principal, signal }, { line: command, timeoutMs: timeout * 1_000 });
        return ok({ lines });
      },
    }),
  ];
}

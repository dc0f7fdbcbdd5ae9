import * as v from 'valibot';
import type { Principal } from '../../app/access/principal.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Registration } from '../../core/modem-status.ts';
import { ok, type Refusal, type Route, route } from '../api/route.ts';
import { nothing, wholeNumber } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';

const tag = 'Doors';

const refusal: Refusal = {
  schema: v.object({ message: v.string(), code: v.string() }),
  bodyOf: ({ message, code }) => ({ message, code }),
};

const sms = v.object({ Date: v.string(), Number: v.string(), State: v.string(), Text: v.string() });
const none: v.InferOutput<typeof sms> = { Date: '', Number: '', State: '', Text: '' };
/** As many unread messages as a modem and more could hold; of more than these, the newest. */
const most = 1_000;

/** What Gammu calls a registration. */
const states: ReadonlyMap<unknown, string> = new Map<Registration, string>([
  ['home', 'HomeNetwork'],
  ['sms-only-home', 'HomeNetwork'],
  ['roaming', 'RoamingNetwork'],
  ['sms-only-roaming', 'RoamingNetwork'],
  ['searching', 'RequestingNetwork'],
  ['denied', 'RegistrationDenied'],
  ['idle', 'NoNetwork'],
  ['emergency-only', 'NoNetwork'],
]);

const request = v.strictObject(
  {
    text: v.string('the text to send'),
    number: v.string('a number such as +79161234567, or several with commas between them'),
    smsc: v.optional(v.string('a number')),
    unicode: v.optional(v.union([v.boolean(), v.string()])),
  },
  'a JSON object such as {"number":"+79161234567","text":"Hello"}',
);

const position = v.strictObject({ id: wholeNumber(0, most - 1, 'the place in the list of GET /sms, from 0') });

/**
 * The addresses of sms-gammu-gateway (https://github.com/pajikos/sms-gammu-gateway). What it reads from the modem's memory and deletes
 * there are here the unread messages, oldest first; deleted ones are marked as read, and stay.
 */
export function gammuGatewayRoutes({ resources: { messages }, queries, localTime }: HttpDeps): Route[] {
  const common = { tag, refusal } as const;
  const unread = async (principal: Principal) => {
    const { items } = await messages.list({ direction: 'in', unread: true, limit: most }, principal);
    return items.toReversed().flatMap(({ direction, message }) => (direction === 'in' ? [message] : []));
  };
  type Unread = Awaited<ReturnType<typeof unread>>[number];
  const json = ({ sender, text, receivedAt }: Unread): v.InferOutput<typeof sms> => ({
    Date: localTime.format(receivedAt).slice(0, 19).replace('T', ' '),
    Number: sender,
    State: 'UnRead',
    Text: text ?? '',
  });
  const at = async (place: number, principal: Principal): Promise<Unread> => {
    const found = (await unread(principal))[place];
    if (found !== undefined) return found;
    throw new SimloftError('not_found', `Sms with id '${place}' not found`);
  };
  const take = ({ id }: Unread, principal: Principal) =>
    messages.mark({ direction: 'in', id }, { read: true, principal });

  return [
    route({
      ...common,
      id: 'gammuSend',
      method: 'POST',
      path: '/sms',
      summary: 'sms-gammu-gateway: send a message',
      description:
        '`smsc` and `unicode` are taken and not heeded: the SIM card knows its service centre, and the alphabet follows from the text.',
      scope: 'send',
      body: request,
      answers: {
        200: { description: 'It is queued; the ids', schema: v.object({ status: v.number(), message: v.string() }) },
      },
      errors: ['number_invalid', 'text_empty', 'text_too_long', 'pdu_unencodable', 'quota_used'],
      async run({ body: { text, number }, principal }) {
        const sent = await messages.send({ recipients: number.split(','), text }, principal);
        const [failed] = sent.flatMap((one) => ('error' in one ? [one.error] : []));
        if (failed !== undefined) throw failed;
        return ok({ status: 200, message: `[${sent.flatMap((one) => ('id' in one ? [one.id] : [])).join(', ')}]` });
      },
    }),
    route({
      ...common,
      id: 'gammuList',
      method: 'GET',
      path: '/sms',
      summary: 'sms-gammu-gateway: the unread messages, oldest first',
      scope: 'read',
      query: nothing,
      answers: { 200: { description: 'The messages', schema: v.array(sms) } },
      run: async ({ principal }) => ok((await unread(principal)).map(json)),
    }),
    route({
      ...common,
      id: 'gammuGet',
      method: 'GET',
      path: '/sms/{id}',
      summary: 'sms-gammu-gateway: one unread message, by its place in the list',
      scope: 'read',
      params: position,
      answers: { 200: { description: 'The message', schema: sms } },
      errors: ['not_found'],
      run: async ({ params: { id }, principal }) => ok(json(await at(id, principal))),
    }),
    route({
      ...common,
      id: 'gammuDelete',
      method: 'DELETE',
      path: '/sms/{id}',
      summary: 'sms-gammu-gateway: take a message off the list',
      description: 'It is marked as read, and stays in the store.',
      scope: 'read',
      params: position,
      answers: { 204: { description: 'It is off the list' } },
      errors: ['not_found'],
      async run({ params: { id }, principal }) {
        await take(await at(id, principal), principal);
        return { status: 204 };
      },
    }),
    route({
      ...common,
      id: 'gammuTake',
      method: 'GET',
      path: '/getsms',
      summary: 'sms-gammu-gateway: the oldest unread message, taken off the list',
      description: 'Empty fields when there is none. It is marked as read, and stays in the store.',
      scope: 'read',
      query: nothing,
      answers: { 200: { description: 'The message', schema: sms } },
      async run({ headers, principal }) {
        const site = headers['sec-fetch-site'];
        if (site === 'cross-site' || site === 'same-site')
          throw new SimloftError('access_refused', 'Web pages from elsewhere take no messages.');
        const [oldest] = await unread(principal);
        if (oldest === undefined) return ok(none);
        await take(oldest, principal);
        return ok(json(oldest));
      },
    }),
    route({
      ...common,
      id: 'gammuSignal',
      method: 'GET',
      path: '/signal',
      summary: 'sms-gammu-gateway: the signal',
      scope: 'read',
      query: nothing,
      answers: {
        200: {
          description: 'In dBm, and in per cent of the range that the modem knows; 0 before the first reading',
          schema: v.object({ SignalStrength: v.number(), SignalPercent: v.number(), BitErrorRate: v.number() }),
        },
      },
      async run() {
        const dbm = (await queries.reading('signal'))?.data;
        const known = typeof dbm === 'number';
        // TS 27.007 §8.5: -113 dBm or less is 0, -51 dBm or more is 31.
        const percent = known ? Math.round((100 * (Math.min(-51, Math.max(-113, dbm)) + 113)) / 62) : 0;
        return ok({ SignalStrength: known ? dbm : 0, SignalPercent: percent, BitErrorRate: -1 });
      },
    }),
    route({
      ...common,
      id: 'gammuNetwork',
      method: 'GET',
      path: '/network',
      summary: 'sms-gammu-gateway: the network',
      scope: 'read',
      query: nothing,
      answers: {
        200: {
          description: 'The name of the operator, empty before it is known, and whose network it is',
          schema: v.object({ NetworkName: v.string(), State: v.string() }),
        },
      },
      async run() {
        const operator = (await queries.reading('operator'))?.data;
        const registration = (await queries.reading('registration'))?.data;
        return ok({
          NetworkName: typeof operator === 'string' ? operator : '',
          State: states.get(registration) ?? 'NetworkStatusUnknown',
        });
      },
    }),
  ];
}

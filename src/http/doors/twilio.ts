import * as v from 'valibot';
import { SimloftError } from '../../core/errors.ts';
import type { MessageRef } from '../../app/messages/read-messages.ts';
import { ok, type Refusal, type Route, route } from '../api/route.ts';
import { instant, textRead, wholeNumber } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { cursor, writeCursor } from '../v1/cursor.ts';
import { defined } from '../v1/defined.ts';
import { type MessageJson, messageJson } from '../v1/message-json.ts';
import { readPlace } from '../v1/message-routes.ts';
import { formType, words } from '../api/form.ts';

const tag = 'Doors';
const base = '/2010-04-01/Accounts/{account}/Messages';
const account = v.string('an account sid');

const refusalSchema = v.object({
  code: v.number(),
  message: v.string(),
  more_info: v.string(),
  status: v.number(),
});

/** The codes that clients of Twilio know; https://www.twilio.com/docs/api/errors tells of each. */
const codes: Readonly<Partial<Record<SimloftError['code'], number>>> = {
  key_needed: 20003,
  key_invalid: 20003,
  scope_missing: 20403,
  access_refused: 20403,
  not_found: 20404,
  quota_used: 20429,
  too_many_tries: 20429,
  number_invalid: 21211,
  text_empty: 21602,
  text_too_long: 21617,
  store_unavailable: 20503,
  internal: 20500,
};

const refusal: Refusal = {
  schema: refusalSchema,
  bodyOf: ({ code, status, message }) => ({
    code: codes[code] ?? 20001,
    message: `${message} (${code})`,
    more_info: 'https://www.twilio.com/docs/api/errors',
    status,
  }),
};

const orNull = v.nullable(v.string());
const message = v.object({
  sid: v.string(),
  account_sid: v.string(),
  api_version: v.string(),
  body: v.string(),
  num_segments: v.string(),
  num_media: v.string(),
  direction: v.picklist(['inbound', 'outbound-api']),
  from: v.string(),
  to: v.string(),
  status: v.string(),
  error_code: v.nullable(v.number()),
  error_message: orNull,
  date_created: v.string(),
  date_updated: v.string(),
  date_sent: orNull,
  messaging_service_sid: orNull,
  price: orNull,
  price_unit: orNull,
  uri: v.string(),
  subresource_uris: v.object({}),
});

/** What a state is called there. Nobody knows of a message that is `unknown`: called undelivered, it would be sent again by itself. */
const statuses: Readonly<Record<string, string>> = { unknown: 'sent', expired: 'failed' };
/** "Unknown error" and "Message delivery - Unreachable"; the words say more. */
const unknownError = 30008;

/** `SM`, 0 for sent and 1 for received, and the id: 32 hexadecimal digits. */
const sidOf = (id: string): string => {
  const [direction, number = '0'] = id.split('-');
  return `SM${direction === 'out' ? '0' : '1'}${Number(number).toString(16).padStart(31, '0')}`;
};

/** With the `.json` that stands behind it in a path. */
const written = { type: 'string', pattern: '^SM[01][0-9a-f]{31}\\.json$' };
const sid = textRead('a sid of a message here, and .json', written, (text): MessageRef | null => {
  const [, direction, id = ''] = /^SM([01])([0-9a-f]{31})\.json$/.exec(text) ?? [];
  const number = Number.parseInt(id, 16);
  if (direction === undefined || number === 0 || !Number.isSafeInteger(number)) return null;
  return { direction: direction === '0' ? 'out' : 'in', id: number };
});

/** RFC 2822, as they write moments. */
const moment = (iso: string): string => new Date(iso).toUTCString().replace('GMT', '+0000');

function twilioJson(shown: MessageJson, account: string): v.InferOutput<typeof message> {
  const sent = shown.direction === 'out';
  const at = shown.sent_at ?? shown.received_at;
  const id = sidOf(shown.id);
  return {
    sid: id,
    account_sid: account,
    api_version: '2010-04-01',
    body: shown.text ?? '',
    num_segments: String(shown.parts),
    num_media: '0',
    direction: sent ? 'outbound-api' : 'inbound',
    from: sent ? shown.modem : shown.peer,
    to: sent ? shown.peer : shown.modem,
    status: sent ? (statuses[shown.state] ?? shown.state) : 'received',
    error_code: shown.error === null && shown.state !== 'unknown' ? null : unknownError,
    error_message: shown.error?.text ?? null,
    date_created: moment(shown.at),
    date_updated: moment(shown.delivered_at ?? at ?? shown.at),
    date_sent: at === null ? null : moment(at),
    messaging_service_sid: null,
    price: null,
    price_unit: null,
    uri: `${base.replace('{account}', account)}/${id}.json`,
    subresource_uris: {},
  };
}

const request = v.strictObject({
  To: v.string('a number such as +79161234567'),
  Body: v.string('the text to send'),
  From: words('a number, or the name of a modem'),
  MessagingServiceSid: words('a text'),
  ValidityPeriod: v.optional(wholeNumber(300, 36_000, 'a whole number of seconds from 300 to 36000')),
  SendAt: v.optional(instant),
  ScheduleType: v.optional(v.picklist(['fixed'], 'fixed')),
});

/** Messages as Twilio has them: its clients work with their address changed. */
export function twilioRoutes({ resources: { messages, modems } }: HttpDeps): Route[] {
  const shown = async (ref: MessageRef, account: string) => {
    const [found] = await messages.some([ref]);
    return found === undefined ? null : twilioJson(messageJson(found), account);
  };
  const common = { tag, refusal } as const;
  return [
    route({
      ...common,
      id: 'twilioCreateMessage',
      method: 'POST',
      path: `${base}.json`,
      summary: 'Twilio: send a message',
      description:
        'The account may be called anything. `From` is the name of a modem; a number is heeded no further, since a SIM card has its own. Media and callbacks are refused: webhooks tell what becomes of a message.',
      scope: 'send',
      params: v.strictObject({ account }),
      body: request,
      bodyType: formType,
      answers: { 201: { description: 'It is queued', schema: message } },
      errors: ['number_invalid', 'text_empty', 'text_too_long', 'pdu_unencodable', 'quota_used'],
      async run({ params, body, principal }) {
        const { To, Body, From, ValidityPeriod, SendAt } = body;
        const modem = From !== undefined && (await modems.list(principal)).some(({ record }) => record.modem === From);
        const sending = {
          recipients: [To],
          text: Body,
          ...defined({
            modem: modem ? From : undefined,
            sendAt: SendAt,
            validForMs: ValidityPeriod === undefined ? undefined : ValidityPeriod * 1_000,
          }),
        };
        const [sent] = await messages.send(sending, principal);
        if (sent === undefined || 'error' in sent) throw sent?.error ?? new SimloftError('internal');
        return ok(await shown({ direction: 'out', id: sent.id }, params.account), 201);
      },
    }),
    route({
      ...common,
      id: 'twilioFetchMessage',
      method: 'GET',
      path: `${base}/{sid}`,
      summary: 'Twilio: what became of a message',
      scope: 'read',
      params: v.strictObject({ account, sid }),
      answers: { 200: { description: 'The message', schema: message } },
      errors: ['not_found'],
      async run({ params, principal }) {
        const details = await messages.details(params.sid, principal);
        return ok(twilioJson(messageJson(details.shown), params.account));
      },
    }),
    route({
      ...common,
      id: 'twilioListMessages',
      method: 'GET',
      path: `${base}.json`,
      summary: 'Twilio: messages, newest first',
      description: '`To` and `From` are the number at the other end.',
      scope: 'read',
      params: v.strictObject({ account }),
      query: v.strictObject({
        To: words('a number'),
        From: words('a number'),
        PageSize: v.optional(wholeNumber(1, 1_000), '50'),
        Page: v.optional(wholeNumber(0, 1_000_000), '0'),
        PageToken: v.optional(cursor(readPlace)),
      }),
      answers: {
        200: {
          description: 'The messages',
          schema: v.object({
            messages: v.array(message),
            page: v.number(),
            page_size: v.number(),
            first_page_uri: v.string(),
            next_page_uri: orNull,
            previous_page_uri: v.null(),
            uri: v.string(),
            start: v.number(),
            end: v.number(),
          }),
        },
      },
      async run({ params, query: { To, From, PageSize, Page, PageToken }, principal }) {
        const direction = To !== undefined ? ('out' as const) : From === undefined ? undefined : ('in' as const);
        const asked = { ...defined({ direction, peer: To ?? From, after: PageToken }), limit: PageSize };
        const { items, next } = await messages.list(asked, principal);
        const uri = `${base.replace('{account}', encodeURIComponent(params.account))}.json`;
        const filter = { ...defined({ To, From }), PageSize: String(PageSize) };
        const pageUri = (more: Record<string, string>) =>
          `${uri}?${new URLSearchParams({ ...filter, ...more }).toString()}`;
        return ok({
          messages: items.map((item) => twilioJson(messageJson(item), params.account)),
          page: Page,
          page_size: PageSize,
          first_page_uri: pageUri({}),
          next_page_uri:
            next === null
              ? null
              : pageUri({ Page: String(Page + 1), PageToken: writeCursor([next.at, next.direction, next.id]) }),
          previous_page_uri: null,
          uri: pageUri({ Page: String(Page) }),
          start: Page * PageSize,
          end: Math.max(0, Page * PageSize + items.length - 1),
        });
      },
    }),
  ];
}

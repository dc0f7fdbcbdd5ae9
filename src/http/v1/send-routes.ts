import * as v from 'valibot';
import type { Outcome } from '../../app/messages/send-to-many.ts';
import { previewWithOffer } from '../../app/messages/preview.ts';
import { check } from '../api/check.ts';
import { ok, type Route, route } from '../api/route.ts';
import { instant, integer, textOf } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { defined } from './defined.ts';
import { messageJson, messageSchema } from './message-json.ts';

const tag = 'Messages';
const mostRecipients = 100;
const day = 86_400;

const seconds = (least: number, most: number, what: string) => {
  const allowed = `a whole number of seconds from ${least} to ${most} (${what})`;
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(least, allowed), v.maxValue(most, allowed));
};

const number = 'a number as text, such as "+79161234567"';
const list = v.pipe(
  v.array(v.string(number), `${number}, or a list of 1 to ${mostRecipients} of them`),
  v.minLength(1, `a list of 1 to ${mostRecipients} numbers`),
  v.maxLength(mostRecipients, `a list of 1 to ${mostRecipients} numbers`),
);

const request = v.strictObject(
  {
    to: v.union([v.string(number), list], `${number}, or a list of 1 to ${mostRecipients} of them`),
    text: v.string('the text to send, as text'),
    modem: v.optional(textOf(1, 40, 'the name of a modem')),
    send_at: v.optional(instant),
    valid_for: v.optional(seconds(300, 63 * 7 * day, '5 minutes to 63 weeks')),
    expires_in: v.optional(seconds(10, 365 * day, '10 seconds to a year')),
    delivery_report: v.optional(v.boolean('true or false')),
    flash: v.optional(v.boolean('true or false')),
    if_unknown: v.optional(v.picklist(['stop', 'resend'], '"stop" or "resend"')),
  },
  'a JSON object such as {"to":"+79161234567","text":"Hello"}',
);

const keyHeader = 'idempotency-key';
const keyHeaders = v.strictObject({ [keyHeader]: v.optional(textOf(1, 200, '1 to 200 characters')) });

const outcome = v.object({
  to: v.string(),
  message: v.nullable(messageSchema),
  error: v.nullable(v.object({ code: v.string(), text: v.string() })),
});

const preview = {
  alphabet: v.picklist(['gsm7', 'ucs2']),
  units: integer,
  room: integer,
  segments: v.array(v.object({ text: v.string(), units: integer })),
  costly_characters: v.array(v.string()),
};

/** `POST /v1/messages` and what a text would take. */
export function sendRoutes({ resources: { messages } }: HttpDeps): Route[] {
  const outcomeJson = async (one: Outcome) => {
    const [message] = 'id' in one ? await messages.some([{ direction: 'out', id: one.id }]) : [];
    const error = 'error' in one ? { code: one.error.code, text: one.error.message } : null;
    return { to: one.to, message: message === undefined ? null : messageJson(message), error };
  };
  return [
    route({
      id: 'sendMessage',
      method: 'POST',
      path: '/v1/messages',
      tag,
      summary: 'Send a message to one or many',
      description:
        '`send_at`: not before then. `valid_for`: how long the service centre tries, `expires_in`: how long the gateway does, both in seconds. `if_unknown`: whether a message is sent again when the answer of the modem was lost. A recipient that cannot be sent to has an error of its own; the others get the message.',
      scope: 'send',
      body: request,
      headers: { 'Idempotency-Key': 'The same key again makes no second message: 1 to 200 characters.' },
      answers: {
        202: {
          description: 'They are safe in the store and are sent as soon as the modem can',
          schema: v.object({ items: v.array(outcome) }),
        },
      },
      errors: ['number_invalid', 'text_empty', 'text_too_long', 'pdu_unencodable', 'quota_used'],
      async run({ body, headers, principal }) {
        const key = check(keyHeaders, { [keyHeader]: headers[keyHeader] }, 'header')[keyHeader];
        const { to, text, modem, send_at, valid_for, expires_in, delivery_report, flash, if_unknown } = body;
        const sent = await messages.send(
          {
            recipients: typeof to === 'string' ? [to] : to,
            text,
            ...defined({
              modem,
              sendAt: send_at,
              validForMs: valid_for === undefined ? undefined : valid_for * 1_000,
              expiresInMs: expires_in === undefined ? undefined : expires_in * 1_000,
              deliveryReport: delivery_report,
              flash,
              ifUnknown: if_unknown,
              idempotencyKey: key,
            }),
          },
          principal,
        );
        const items = [];
        for (const one of sent) items.push(await outcomeJson(one));
        return ok({ items }, 202);
      },
    }),
    route({
      id: 'previewMessage',
      method: 'POST',
      path: '/v1/messages/preview',
      unnoted: true,
      tag,
      summary: 'How many SMS a text takes, and what would make it fewer',
      description:
        '`costly_characters` are not in the GSM alphabet: because of them a part holds 70 characters and not 160. `transliterated` is the same text without them, where that takes fewer parts.',
      scope: 'send',
      body: v.strictObject({ text: textOf(0, 40_000, 'a text of at most 40000 characters') }),
      answers: {
        200: {
          description: 'What it takes',
          schema: v.object({ ...preview, transliterated: v.nullable(v.object({ ...preview, text: v.string() })) }),
        },
      },
      async run({ body: { text } }) {
        const { transliterated, forcesUcs2, ...own } = previewWithOffer(text);
        if (transliterated === null) return ok({ ...own, costly_characters: forcesUcs2, transliterated: null });
        const { forcesUcs2: left, ...other } = transliterated;
        return ok({
          ...own,
          costly_characters: forcesUcs2,
          transliterated: { ...other, costly_characters: left },
        });
      },
    }),
  ];
}

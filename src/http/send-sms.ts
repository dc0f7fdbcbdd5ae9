import * as v from 'valibot';
import { maySee } from '../app/messages/sight.ts';
import { SimloftError } from '../core/errors.ts';
import { check } from './api/check.ts';
import { ok, type Route, route } from './api/route.ts';
import { integer, rowId, textOf } from './api/schema.ts';
import type { HttpDeps } from './deps.ts';

const message = v.strictObject(
  {
    phone: v.string('a number as text, such as "+79161234567"'),
    text: v.string('the text to send, as text'),
    modem: v.optional(textOf(1, 40, 'the name of a modem')),
  },
  'a JSON object such as {"phone":"+79161234567","text":"Hello"}',
);

const keyHeader = 'idempotency-key';
const keyHeaders = v.strictObject({ [keyHeader]: v.optional(textOf(1, 200, '1 to 200 characters')) });

/** `POST /send-sms` writes a message to be sent: 202, since it is not sent yet. `GET /send-sms/ID` tells what became of it. */
export function sendSms({ sendMessage, queries, localTime }: HttpDeps): Route[] {
  return [
    route({
      id: 'sendSms',
      method: 'POST',
      path: '/send-sms',
      tag: 'Simple',
      summary: 'Send a message',
      scope: 'send',
      body: message,
      headers: { 'Idempotency-Key': 'The same key again makes no second message: 1 to 200 characters.' },
      answers: {
        202: {
          description: 'It is safe in the store and is sent as soon as the modem can',
          schema: v.object({ id: integer, state: v.string() }),
        },
      },
      errors: ['number_invalid', 'text_empty', 'text_too_long', 'pdu_unencodable', 'quota_used'],
      async run({ body: { phone, text, modem }, headers, principal }) {
        const key = check(keyHeaders, { [keyHeader]: headers[keyHeader] }, 'header')[keyHeader];
        const { id, state } = await sendMessage({
          recipient: phone,
          text,
          by: principal,
          ...(modem === undefined ? {} : { modem }),
          ...(key === undefined ? {} : { idempotencyKey: key }),
        });
        return ok({ id, state }, 202);
      },
    }),
    route({
      id: 'getSentSms',
      method: 'GET',
      path: '/send-sms/{id}',
      tag: 'Simple',
      summary: 'What became of a message',
      scope: 'read',
      params: v.strictObject({ id: rowId('the whole number that POST /send-sms answered') }),
      answers: {
        200: {
          description: 'The message',
          schema: v.object({
            id: integer,
            state: v.string(),
            phone: v.string(),
            text: v.string(),
            created_at: v.string(),
            error: v.nullable(v.string()),
          }),
        },
      },
      errors: ['not_found'],
      async run({ params: { id }, principal }) {
        const message = await queries.outgoing(id);
        if (message === null || !maySee(principal, { direction: 'out', message }))
          throw new SimloftError('not_found', `There is no message to be sent with the id ${id}.`);
        const { state, recipient: phone, text, createdAt, error } = message;
        return ok({ id, state, phone, text, created_at: localTime.format(createdAt), error });
      },
    }),
  ];
}

import * as v from 'valibot';
import { sightOf } from '../app/access/principal.ts';
import type { ShownMessage } from '../app/queries.ts';
import { ok, type Route, route } from './api/route.ts';
import { integer, limit, textOf } from './api/schema.ts';
import type { HttpDeps } from './deps.ts';
import { localInstant } from './local-instant.ts';
import type { LocalTime } from './local-time.ts';

const received = v.object({
  id: integer,
  message_id: integer,
  message_receive_dttm: v.string(),
  sender: v.string(),
  text: v.string(),
});

/** `GET /get-sms`: received messages, newest first. */
export function getSms({ queries, localTime }: HttpDeps): Route {
  return route({
    id: 'getSms',
    method: 'GET',
    path: '/get-sms',
    tag: 'Simple',
    summary: 'Received messages, newest first',
    scope: 'read',
    query: v.strictObject({
      sender: v.optional(textOf(0, 100, 'a part of the number or name of the sender, at most 100 characters')),
      dttm: v.optional(localInstant(localTime)),
      limit,
    }),
    answers: { 200: { description: 'The messages', schema: v.array(received) } },
    async run({ query: { sender, dttm, limit }, principal }) {
      const messages = await queries.messages({
        limit,
        // An unescaped + in a query string is a space: `?sender=+7916` means the number.
        ...(sender === undefined || sender === '' ? {} : { sender: sender.replace(/^ (?=\d)/, '+') }),
        ...(dttm === undefined ? {} : { storedAfter: dttm }),
        ...sightOf(principal),
      });
      return ok(messages.map((message) => toAnswer(message, localTime)));
    },
  });
}

/** The names are those of the request, to the letter. */
function toAnswer(message: ShownMessage, localTime: LocalTime): v.InferOutput<typeof received> {
  return {
    id: message.id,
    message_id: message.slot,
    message_receive_dttm: centreTime(message, localTime),
    sender: message.sender,
    text: message.text,
  };
}

/** The wall clock that the service centre wrote (TS 23.040 §9.2.3.11); the gateway's own where it wrote none that exists. */
function centreTime({ smsc, receivedAt }: ShownMessage, localTime: LocalTime): string {
  if (smsc === null) return localTime.formatSeconds(receivedAt);
  return new Date(smsc.at + smsc.offsetMinutes * 60_000).toISOString().slice(0, 19);
}

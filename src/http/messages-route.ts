import type { FastifyInstance } from 'fastify';
import type { ShownMessage } from '../app/queries.ts';
import type { HttpDeps } from './deps.ts';
import { limit, optionalText, time } from './fields.ts';
import type { LocalTime } from './local-time.ts';
import { type ParameterSchema, readParameters } from './parameters.ts';

interface MessageFilter {
  readonly sender: string | undefined;
  readonly dttm: number | undefined;
  readonly limit: number;
}

/** `GET /get-sms`: received messages, newest first. */
export function addMessagesRoute(server: FastifyInstance, { queries, localTime }: HttpDeps): void {
  const parameters: ParameterSchema<MessageFilter> = {
    place: 'query',
    fields: {
      sender: optionalText('a part of the number or name of the sender, at most 100 characters', {
        atLeast: 0,
        atMost: 100,
      }),
      dttm: time(localTime),
      limit,
    },
  };
  const answer = async (query: unknown) => {
    const { sender, dttm, limit } = readParameters(query, parameters);
    const messages = await queries.messages({
      limit,
      // An unescaped + in a query string is a space: `?sender=+7916` means the number.
      ...(sender === undefined || sender === '' ? {} : { sender: sender.replace(/^ (?=\d)/, '+') }),
      ...(dttm === undefined ? {} : { storedAfter: dttm }),
    });
    return messages.map((message) => toAnswer(message, localTime));
  };
  server.get('/get-sms', (request) => answer(request.query));
}

/** The names are those of the request, to the letter. */
function toAnswer(message: ShownMessage, localTime: LocalTime) {
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

import type { FastifyInstance } from 'fastify';
import { SimloftError } from '../core/errors.ts';
import type { HttpDeps } from './deps.ts';
import { id, optionalText, text } from './fields.ts';
import { type ParameterSchema, readParameters } from './parameters.ts';

const bodyParameters: ParameterSchema<{ phone: string; text: string; modem: string | undefined }> = {
  place: 'body',
  fields: {
    phone: text('a number as text, such as "+79161234567"'),
    text: text('the text to send, as text'),
    modem: optionalText('the name of a modem', { atLeast: 1, atMost: 40 }),
  },
};

const idParameters: ParameterSchema<{ id: number }> = {
  place: 'path',
  fields: { id: id('the whole number that POST /send-sms answered') },
};

const keyHeader = 'idempotency-key';
const keyParameters: ParameterSchema<{ [keyHeader]: string | undefined }> = {
  place: 'header',
  fields: { [keyHeader]: optionalText('1 to 200 characters', { atLeast: 1, atMost: 200 }) },
};

/** `POST /send-sms` writes a message to be sent: 202, since it is not sent yet. `GET /send-sms/ID` tells what became of it. */
export function addSendRoute(server: FastifyInstance, { sendMessage, queries, localTime }: HttpDeps): void {
  server.post('/send-sms', async (request, reply) => {
    const message = readParameters(request.body, bodyParameters);
    const key = readParameters({ [keyHeader]: request.headers[keyHeader] }, keyParameters)[keyHeader];
    const queued = await sendMessage({
      recipient: message.phone,
      text: message.text,
      ...(message.modem === undefined ? {} : { modem: message.modem }),
      ...(key === undefined ? {} : { idempotencyKey: key }),
    });
    return reply.code(202).send({ id: queued.id, state: queued.state });
  });

  const outgoing = async (params: unknown) => {
    const { id } = readParameters(params, idParameters);
    const message = await queries.outgoing(id);
    if (message === null) throw new SimloftError('not_found', `There is no message to be sent with the id ${id}.`);
    return {
      id,
      state: message.state,
      phone: message.recipient,
      text: message.text,
      created_at: localTime.format(message.createdAt),
      error: message.error,
    };
  };
  server.get('/send-sms/:id', (request) => outgoing(request.params));
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { SimloftError } from '../core/errors.ts';
import type { HttpDeps } from './deps.ts';
import { type ParameterSchema, readParameters } from './parameters.ts';

const bodyParameters: ParameterSchema<{ phone: string; text: string }> = {
  place: 'body',
  schema: z.object({ phone: z.string(), text: z.string() }),
  allowed: {
    phone: 'a number as text, such as "+79161234567"',
    text: 'the text to send, as text',
  },
};

const idParameters: ParameterSchema<{ id: number }> = {
  place: 'path',
  schema: z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  allowed: { id: 'the whole number that POST /send-sms answered' },
};

const keyHeader = 'idempotency-key';
const keyParameters: ParameterSchema<{ [keyHeader]?: string | undefined }> = {
  place: 'header',
  schema: z.object({ [keyHeader]: z.string().min(1).max(200).optional() }),
  allowed: { [keyHeader]: '1 to 200 characters' },
};

/** `POST /send-sms` writes a message to be sent: 202, since it is not sent yet. `GET /send-sms/ID` tells what became of it. */
export function addSendRoute(server: FastifyInstance, { sendMessage, queries, localTime }: HttpDeps): void {
  server.post('/send-sms', async (request, reply) => {
    const { phone, text } = readParameters(request.body, bodyParameters);
    const key = readParameters({ [keyHeader]: request.headers[keyHeader] }, keyParameters)[keyHeader];
    const { id, state } = await sendMessage({
      recipient: phone,
      text,
      ...(key === undefined ? {} : { idempotencyKey: key }),
    });
    return reply.code(202).send({ id, state });
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

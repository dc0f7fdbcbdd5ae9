import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { HttpDeps } from './deps.ts';
import { type ParameterSchema, readParameters } from './parameters.ts';

const parameters: ParameterSchema<{ phone: string; text: string }> = {
  place: 'body',
  schema: z.object({ phone: z.string(), text: z.string() }),
  allowed: {
    phone: 'a number as text, such as "+79161234567"',
    text: 'the text to send, as text',
  },
};

/** `POST /send-sms`: writes a message to be sent; 202, since it is not sent yet. */
export function addSendRoute(server: FastifyInstance, { sendMessage }: HttpDeps): void {
  server.post('/send-sms', async (request, reply) => {
    const { phone, text } = readParameters(request.body, parameters);
    const { id, state } = await sendMessage({ recipient: phone, text });
    return reply.code(202).send({ id, state });
  });
}

import type { FastifyReply } from 'fastify';
import type { Refusal } from './api/route.ts';
import { errorTable, type SimloftError } from '../core/errors.ts';

/** RFC 9110 §11.6.1 and §10.2.3: how one is let in, and when to come again. */
function headersFor({ status, details }: SimloftError, userAgent: string): Record<string, string> {
  if (status === 401) {
    // A browser would open its own window for Basic, over the page that asks for the key itself.
    const basic = userAgent.startsWith('Mozilla/') ? '' : ', Basic realm="Simloft", charset="UTF-8"';
    return { 'www-authenticate': `Bearer${basic}` };
  }
  return status === 429 && typeof details['seconds'] === 'number' ? { 'retry-after': String(details['seconds']) } : {};
}

/** Answers with an error as the clients of another program want it. */
export function sendRefusal(reply: FastifyReply, error: SimloftError, { contentType, bodyOf }: Refusal): FastifyReply {
  const body = bodyOf(error);
  return reply
    .code(error.status)
    .headers(headersFor(error, reply.request.headers['user-agent'] ?? ''))
    .header('content-type', contentType ?? 'application/json; charset=utf-8')
    .send(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Answers with an error in the form of RFC 9457 (problem details), with the stable code and what a program may want to know. */
export function sendProblem(reply: FastifyReply, error: SimloftError): FastifyReply {
  return reply
    .code(error.status)
    .headers(headersFor(error, reply.request.headers['user-agent'] ?? ''))
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send({
      type: `urn:simloft:error:${error.code}`,
      title: errorTable[error.code].text,
      status: error.status,
      detail: error.message,
      code: error.code,
      ...(Object.keys(error.details).length > 0 ? { details: error.details } : {}),
    });
}

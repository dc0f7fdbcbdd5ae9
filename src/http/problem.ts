import type { FastifyReply } from 'fastify';
import { errorTable, type SimloftError } from '../core/errors.ts';

/** Answers with an error in the form of RFC 9457 (problem details), with the stable code and what a program may want to know. */
export function sendProblem(reply: FastifyReply, error: SimloftError): FastifyReply {
  return reply
    .code(error.status)
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

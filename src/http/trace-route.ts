import type { FastifyInstance } from 'fastify';
import { SimloftError } from '../core/errors.ts';
import { maskNumber } from '../core/logger.ts';
import type { HttpDeps } from './deps.ts';
import { id } from './fields.ts';
import { type ParameterSchema, readParameters } from './parameters.ts';

const receivedId: ParameterSchema<{ id: number }> = {
  place: 'path',
  fields: { id: id('the whole number that GET /get-sms gives as id') },
};

const sentId: ParameterSchema<{ id: number }> = {
  place: 'path',
  fields: { id: id('the whole number that POST /send-sms answered') },
};

/**
 * `GET /trace/received/ID` and `GET /trace/sent/ID`: the way of a message through the roles, and its state now. For who looks for
 * a fault: numbers are masked, and there are no texts.
 */
export function addTraceRoutes(server: FastifyInstance, deps: HttpDeps): void {
  server.get('/trace/received/:id', (request) => received(request.params, deps));
  server.get('/trace/sent/:id', (request) => sent(request.params, deps));
}

async function received(params: unknown, deps: HttpDeps) {
  const { id } = readParameters(params, receivedId);
  const message = await deps.queries.inbound(id);
  if (message === null) throw new SimloftError('not_found', `There is no received message with the id ${id}.`);
  const { storedAt, duplicateOf } = message;
  return {
    id,
    state: message.state,
    modem: message.modem,
    sender: maskNumber(message.sender),
    kind: message.kind,
    stored_at: storedAt === null ? null : deps.localTime.format(storedAt),
    repeats: duplicateOf,
    error: message.decodeError,
    steps: await stepsOf('in', id, deps),
  };
}

async function sent(params: unknown, deps: HttpDeps) {
  const { id } = readParameters(params, sentId);
  const message = await deps.queries.outgoing(id);
  if (message === null) throw new SimloftError('not_found', `There is no message to be sent with the id ${id}.`);
  return {
    id,
    state: message.state,
    modem: message.modem,
    phone: maskNumber(message.recipient),
    attempt: message.attempt,
    next_attempt_at: message.state === 'queued' ? deps.localTime.format(message.nextAttemptAt) : null,
    error: message.error,
    steps: await stepsOf('out', id, deps),
  };
}

/** Each step says how long after the one before it was, ms; less than 0 where two machines disagree about the time. */
async function stepsOf(direction: 'in' | 'out', id: number, { queries, localTime }: HttpDeps) {
  const steps = await queries.steps(direction, id);
  return steps.map(({ at, role, what, trace }, index) => ({
    at: localTime.format(at),
    after_ms: at - (steps[index - 1]?.at ?? at),
    role,
    what,
    trace,
  }));
}

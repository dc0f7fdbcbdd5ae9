import * as v from 'valibot';
import type { Principal } from '../app/access/principal.ts';
import { maySee } from '../app/messages/sight.ts';
import { SimloftError } from '../core/errors.ts';
import { maskNumber } from '../core/logger.ts';
import { ok, type Route, route } from './api/route.ts';
import { integer, rowId } from './api/schema.ts';
import type { HttpDeps } from './deps.ts';

const steps = v.array(
  v.object({ at: v.string(), after_ms: integer, role: v.string(), what: v.string(), trace: v.string() }),
);

/**
 * `GET /trace/received/ID` and `GET /trace/sent/ID`: the way of a message through the roles, and its state now. For who looks for
 * a fault: numbers are masked, and there are no texts.
 */
export const traceRoutes = (deps: HttpDeps): Route[] => [
  route({
    id: 'traceReceived',
    method: 'GET',
    path: '/trace/received/{id}',
    tag: 'Health',
    summary: 'The way of a received message through the roles',
    scope: 'read',
    params: v.strictObject({ id: rowId('the whole number that GET /get-sms gives as id') }),
    answers: {
      200: {
        description: 'Its state now, and each step',
        schema: v.object({
          id: integer,
          state: v.string(),
          modem: v.string(),
          sender: v.string(),
          kind: v.string(),
          stored_at: v.nullable(v.string()),
          repeats: v.nullable(integer),
          error: v.nullable(v.string()),
          steps,
        }),
      },
    },
    errors: ['not_found'],
    run: async ({ params: { id }, principal }) => ok(await received(id, principal, deps)),
  }),
  route({
    id: 'traceSent',
    method: 'GET',
    path: '/trace/sent/{id}',
    tag: 'Health',
    summary: 'The way of a message to be sent through the roles',
    scope: 'read',
    params: v.strictObject({ id: rowId('the whole number that POST /send-sms answered') }),
    answers: {
      200: {
        description: 'Its state now, and each step',
        schema: v.object({
          id: integer,
          state: v.string(),
          modem: v.string(),
          phone: v.string(),
          attempt: integer,
          next_attempt_at: v.nullable(v.string()),
          error: v.nullable(v.string()),
          steps,
        }),
      },
    },
    errors: ['not_found'],
    run: async ({ params: { id }, principal }) => ok(await sent(id, principal, deps)),
  }),
];

async function received(id: number, principal: Principal, deps: HttpDeps) {
  const message = await deps.queries.inbound(id);
  if (message === null || !maySee(principal, { direction: 'in', message }))
    throw new SimloftError('not_found', `There is no received message with the id ${id}.`);
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

async function sent(id: number, principal: Principal, deps: HttpDeps) {
  const message = await deps.queries.outgoing(id);
  if (message === null || !maySee(principal, { direction: 'out', message }))
    throw new SimloftError('not_found', `There is no message to be sent with the id ${id}.`);
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

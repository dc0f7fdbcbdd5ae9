import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { HttpDeps } from './deps.ts';
import { type ParameterSchema, readParameters } from './parameters.ts';
import { limitSchema, limitWords, timeSchema, timeWords } from './time-and-limit.ts';

interface CallFilter {
  readonly dttm?: number | undefined;
  readonly limit: number;
}

/** `GET /get-calls`: incoming calls, newest first. */
export function addCallsRoute(server: FastifyInstance, { queries, localTime }: HttpDeps): void {
  const parameters: ParameterSchema<CallFilter> = {
    place: 'query',
    schema: z.object({ dttm: timeSchema(localTime).optional(), limit: limitSchema }),
    allowed: { dttm: timeWords, limit: limitWords },
  };
  const answer = async (query: unknown) => {
    const { dttm, limit } = readParameters(query, parameters);
    const calls = await queries.calls({ limit, ...(dttm === undefined ? {} : { storedAfter: dttm }) });
    return calls.map(({ caller, storedAt }) => ({ caller, created_at: localTime.format(storedAt) }));
  };
  server.get('/get-calls', (request) => answer(request.query));
}

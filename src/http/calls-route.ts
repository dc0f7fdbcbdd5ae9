import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './deps.ts';
import { limit, time } from './fields.ts';
import { type ParameterSchema, readParameters } from './parameters.ts';

interface CallFilter {
  readonly dttm: number | undefined;
  readonly limit: number;
}

/** `GET /get-calls`: incoming calls, newest first. */
export function addCallsRoute(server: FastifyInstance, { queries, localTime }: HttpDeps): void {
  const parameters: ParameterSchema<CallFilter> = {
    place: 'query',
    fields: { dttm: time(localTime), limit },
  };
  const answer = async (query: unknown) => {
    const filter = readParameters(query, parameters);
    const after = filter.dttm === undefined ? {} : { storedAfter: filter.dttm };
    const calls = await queries.calls({ limit: filter.limit, ...after });
    return calls.map(({ caller, storedAt }) => ({ caller, created_at: localTime.format(storedAt) }));
  };
  server.get('/get-calls', (request) => answer(request.query));
}

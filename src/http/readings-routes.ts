import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './deps.ts';
import { type ParameterSchema, readParameters } from './parameters.ts';

const noParameters: ParameterSchema<object> = { place: 'query', fields: {} };

/** Addresses of the request, and what is asked for at each. */
const readings: readonly (readonly [path: string, key: string])[] = [
  ['/get-balance', 'balance'],
  ['/get-operator', 'operator'],
  ['/get-signal', 'signal'],
  ['/get-signal-type', 'signal-type'],
];

/** `GET /get-balance`, `/get-operator`, `/get-signal`, `/get-signal-type`: the newest value, or null before the first. */
export function addReadingsRoutes(server: FastifyInstance, { queries, localTime }: HttpDeps): void {
  for (const [path, key] of readings) {
    server.get(path, async (request, reply) => {
      readParameters(request.query, noParameters);
      const reading = await queries.reading(key);
      const answer =
        reading === null
          ? null
          : { key, data: simpleValue(reading.data), updated_at: localTime.format(reading.updatedAt) };
      // Fastify sends nothing at all for a bare null.
      return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer));
    });
  }
}

/** A balance becomes its amount, or the operator's words where no amount is clear; other readings are plain already. */
function simpleValue(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('minor' in data) || !('text' in data)) return data;
  return typeof data.minor === 'number' ? data.minor / 100 : data.text;
}

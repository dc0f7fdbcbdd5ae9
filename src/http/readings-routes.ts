import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { HttpDeps } from './deps.ts';
import { type ParameterSchema, readParameters } from './parameters.ts';

const noParameters: ParameterSchema<object> = { place: 'query', schema: z.object({}), allowed: {} };

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

const balance = z.object({ minor: z.number().nullable(), text: z.string() });

/** A balance becomes its amount, or the operator's words where no amount is clear; other readings are plain already. */
function simpleValue(data: unknown): unknown {
  const read = balance.safeParse(data);
  if (!read.success) return data;
  return read.data.minor === null ? read.data.text : read.data.minor / 100;
}

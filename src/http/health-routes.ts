import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './deps.ts';

/** `GET /health/live`: the process answers. `GET /health/ready`: messages can come in and go out, else 503 with why not. */
export function addHealthRoutes(server: FastifyInstance, { queries }: HttpDeps): void {
  server.get('/health/live', () => ({ live: true }));
  server.get('/health/ready', async (_request, reply) => {
    const health = await queries.health();
    return reply.code(health.ready ? 200 : 503).send(health);
  });
}

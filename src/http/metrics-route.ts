import type { FastifyInstance } from 'fastify';
import { type MetricsText, metricsType } from './metrics-text.ts';

/** `GET /metrics`: the metrics of this process for Prometheus. */
export function addMetricsRoute(server: FastifyInstance, metrics: MetricsText): void {
  server.get('/metrics', async (_request, reply) => reply.type(metricsType).send(await metrics.text()));
}

import type { FastifyError, FastifyInstance } from 'fastify';
import { SimloftError } from '../core/errors.ts';
import type { Metrics } from './contract.ts';

/**
 * Watches every request of a Fastify server; to be called before the server is ready. The route is the pattern that was
 * registered, never the address that was asked for.
 */
export function observeRequests(server: FastifyInstance, metrics: Metrics): void {
  const { labels } = metrics;
  server.addHook('onError', (_request, _reply, error, done) => {
    metrics.count('simloft_errors_total', { where: 'http', code: codeOf(error) });
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { url = 'none' } = request.routeOptions;
    // The page answers at any address.
    const route = url === '/*' ? 'none' : url;
    const method = labels.httpMethod(request.method);
    metrics.count('simloft_http_requests_total', { route, method, status: String(reply.statusCode) });
    metrics.observe('simloft_http_request_duration_seconds', { route, method }, reply.elapsedTime / 1000);
    done();
  });
}

/** Fastify's own refusals are the client's; anything else that is not ours is a fault in the gateway. */
function codeOf(error: FastifyError): string {
  if (error instanceof SimloftError) return error.code;
  const { statusCode = 500 } = error;
  return statusCode >= 400 && statusCode < 500 ? 'request_invalid' : 'internal';
}

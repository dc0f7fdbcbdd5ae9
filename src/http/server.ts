import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { closest } from '../core/closest.ts';
import { SimloftError, toSimloftError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { addCallsRoute } from './calls-route.ts';
import type { HttpDeps } from './deps.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addHomePage } from './home-page.ts';
import { refuseStrangers } from './local-only.ts';
import { localTime } from './local-time.ts';
import { addMessagesRoute } from './messages-route.ts';
import { addMetricsRoute } from './metrics-route.ts';
import type { MetricsText } from './metrics-text.ts';
import { sendProblem } from './problem.ts';
import { addReadingsRoutes } from './readings-routes.ts';
import { addSendRoute } from './send-route.ts';
import { addTraceRoutes } from './trace-route.ts';

export interface HttpServerOptions extends Omit<HttpDeps, 'localTime'> {
  readonly log: Logger;
  /** Null where metrics are switched off. */
  readonly metrics?: MetricsText | null;
  /** Address of another machine that is answered like this one: the one that runs our container. */
  readonly alsoAnswered?: string | null;
}

/** The longest message of 255 parts has 39,015 characters; JSON may spend 6 octets on one. */
const bodyLimit = 256 * 1024;

const neverBuilt = (): never => {
  throw new SimloftError('internal', 'A route has a JSON Schema; routes here check what they get themselves.');
};

/** Without this Fastify loads its JSON Schema compilers: some MiB and 50 ms for what nothing here uses. */
const noSchemas = { compilersFactory: { buildValidator: neverBuilt, buildSerializer: neverBuilt } };

/** Builds the request's API; it does not listen yet, so that it can be tested without a port. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const server = fastify({ logger: false, bodyLimit, forceCloseConnections: true, schemaController: noSchemas });
  const deps: HttpDeps = { ...options, localTime };
  server.removeContentTypeParser('text/plain');
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff');
    refuseStrangers(request, options.alsoAnswered ?? null);
    done();
  });
  server.setErrorHandler((thrown: FastifyError, request, reply) => {
    const error = toProblem(thrown);
    if (error.status >= 500)
      options.log.error({ err: thrown, code: error.code, route: request.routeOptions.url }, 'A request failed.');
    return sendProblem(reply, error);
  });
  addHomePage(server, deps);
  addMessagesRoute(server, deps);
  addCallsRoute(server, deps);
  addSendRoute(server, deps);
  addTraceRoutes(server, deps);
  addReadingsRoutes(server, deps);
  addHealthRoutes(server, deps);
  if (options.metrics) addMetricsRoute(server, options.metrics);
  server.setNotFoundHandler((request, reply) => {
    const methods = ['GET', 'POST'].filter((method) => server.hasRoute({ method, url: pathOf(request) }));
    if (methods.length > 0) reply.header('allow', methods.join(', '));
    return sendProblem(reply, nothingThere(request, methods));
  });
  return server;
}

const addresses = [
  '/get-sms',
  '/get-calls',
  '/send-sms',
  '/get-balance',
  '/get-operator',
  '/get-signal',
  '/get-signal-type',
  '/health/live',
  '/health/ready',
];

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';

function nothingThere(request: FastifyRequest, methods: readonly string[]): SimloftError {
  const path = pathOf(request);
  if (methods.length > 0)
    return new SimloftError(
      'method_not_allowed',
      `${path} is asked with ${methods.join(' or ')}, not ${request.method}.`,
    );
  const near = closest(path, addresses);
  const hint = near === null ? `There are: ${addresses.join(', ')}.` : `Did you mean ${near}?`;
  return new SimloftError('not_found', `There is nothing at ${path}. ${hint}`, {
    details: { path, ...(near === null ? {} : { closest: near }) },
  });
}

/** Fastify's own refusals in our words; what is not known stays inside the gateway. */
function toProblem(thrown: FastifyError): SimloftError {
  if (thrown instanceof SimloftError) return thrown;
  if (thrown.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new SimloftError(
      'media_type_unsupported',
      'Send the body as JSON, with the header Content-Type: application/json.',
    );
  if (thrown.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new SimloftError('body_too_large', `The body of the request has more than ${bodyLimit} octets.`);
  if (thrown.statusCode !== undefined && thrown.statusCode >= 400 && thrown.statusCode < 500)
    return new SimloftError('request_invalid', `The request cannot be read: ${thrown.message}`);
  return new SimloftError('internal', undefined, { cause: toSimloftError(thrown) });
}

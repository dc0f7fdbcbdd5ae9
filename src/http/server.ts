import type { RequestListener, Server } from 'node:http';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { closest } from '../core/closest.ts';
import { SimloftError, toSimloftError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { Principal } from '../app/access/principal.ts';
import { whoAsks } from './access/door.ts';
import type { Route } from './api/route.ts';
import { formType, readForm } from './api/form.ts';
import { serveRoutes } from './api/serve-routes.ts';
import type { HttpDeps } from './deps.ts';
import { documentRoutes } from './document-routes.ts';
import { alertRoutes } from './doors/alerts.ts';
import { gammuGatewayRoutes } from './doors/gammu-gateway.ts';
import { kannelRoutes } from './doors/kannel.ts';
import { twilioRoutes } from './doors/twilio.ts';
import { getCalls } from './get-calls.ts';
import { getReadings } from './get-readings.ts';
import { getSms } from './get-sms.ts';
import { healthRoutes } from './health.ts';
import { createHomePage } from './home-page.ts';
import { localTime } from './local-time.ts';
import { addPage, createPage } from './page/serve-page.ts';
import { addMetricsRoute } from './metrics-route.ts';
import type { MetricsText } from './metrics-text.ts';
import { sendProblem, sendRefusal } from './problem.ts';
import { sendSms } from './send-sms.ts';
import { auditRoutes } from './v1/audit-routes.ts';
import { callRoutes } from './v1/call-routes.ts';
import { contactRoutes, listRoutes } from './v1/contact-routes.ts';
import { conversationRoutes } from './v1/conversation-routes.ts';
import { eventRoutes } from './v1/events-route.ts';
import { keyRoutes } from './v1/key-routes.ts';
import { messageRoutes } from './v1/message-routes.ts';
import { modemLooks } from './v1/modem-looks.ts';
import { modemOrders } from './v1/modem-orders.ts';
import { modemRoutes } from './v1/modem-routes.ts';
import { exportRoutes } from './v1/transfer/export-routes.ts';
import { importRoutes, streamedPath, streamedTypes } from './v1/transfer/import-routes.ts';
import { privacyRoute } from './v1/privacy-route.ts';
import { sendRoutes } from './v1/send-routes.ts';
import { sessionRoutes } from './v1/session-routes.ts';
import { settingsRoute } from './v1/settings-routes.ts';
import { statusRoutes } from './v1/status-routes.ts';
import { waitRoutes } from './v1/wait-routes.ts';
import { webhookRoutes } from './v1/webhooks-routes.ts';
import { traceRoutes } from './trace-route.ts';

export interface HttpServerOptions extends Omit<HttpDeps, 'localTime'> {
  readonly log: Logger;
  /** Null where metrics are switched off. */
  readonly metrics?: MetricsText | null;
  /** Address of another machine that is answered like this one: the one that runs our container. */
  readonly alsoAnswered?: string | null;
  /** Proxies whose `X-Forwarded-…` are believed: addresses and networks. */
  readonly trustedProxies?: readonly string[];
  /** Where the built web page lies. */
  readonly pageDirectory?: string;
  /** Makes the server that listens, for HTTPS; null for plain HTTP. */
  readonly serverFactory?: ((handler: RequestListener) => Server) | null;
}

/** The longest message of 255 parts has 39,015 characters; JSON may spend 6 octets on one. */
const bodyLimit = 256 * 1024;

/** Node takes 16 KiB of headers, the path among them. */
const longestParameter = 16 * 1024;

const neverBuilt = (): never => {
  throw new SimloftError('internal', 'A route has a JSON Schema; routes here check what they get themselves.');
};

/** Without this Fastify loads its JSON Schema compilers: some MiB and 50 ms for what nothing here uses. */
const noSchemas = { compilersFactory: { buildValidator: neverBuilt, buildSerializer: neverBuilt } };

/** Builds the request's API; it does not listen yet, so that it can be tested without a port. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const server = fastify({
    logger: false,
    trustProxy: options.trustedProxies === undefined ? false : [...options.trustedProxies],
    ...(options.serverFactory ? { serverFactory: options.serverFactory } : {}),
    bodyLimit,
    forceCloseConnections: true,
    schemaController: noSchemas,
    // A parameter that is too long is refused in our words, as any other that is wrong.
    routerOptions: { maxParamLength: longestParameter },
    // A path that cannot be decoded comes to no route and no hook.
    frameworkErrors: (thrown, _request, reply) => void sendProblem(reply, toProblem(thrown)),
  });
  const deps: HttpDeps = { ...options, localTime };
  const principals = new WeakMap<FastifyRequest, Principal>();
  const principalOf = (request: FastifyRequest): Principal => {
    const found = principals.get(request);
    if (found === undefined) throw new SimloftError('internal', 'Nobody has looked who asks.');
    return found;
  };
  server.removeContentTypeParser('text/plain');
  // These are worked on while they come, and may be of any length.
  server.addContentTypeParser([...streamedTypes], (request, payload, done) => {
    if (request.routeOptions.url === streamedPath) done(null, payload);
    else done(notJson());
  });
  server.addContentTypeParser(formType, { parseAs: 'string' }, (request, body, done) => {
    if (request.routeOptions.config.form === true) done(null, readForm(String(body)));
    else done(notJson());
  });
  const { doorkeeper, sessions, audit } = options;
  const door = { doorkeeper, sessions, alsoAnswered: options.alsoAnswered ?? null };
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    principals.set(request, await whoAsks(request, door));
  });
  server.setErrorHandler((thrown: FastifyError, request, reply) => {
    const error = toProblem(thrown);
    if (error.status >= 500)
      options.log.error({ err: thrown, code: error.code, route: request.routeOptions.url }, 'A request failed.');
    const { refusal } = request.routeOptions.config;
    return refusal === undefined ? sendProblem(reply, error) : sendRefusal(reply, error, refusal);
  });
  const routes = routesOf(deps);
  serveRoutes(server, [...routes, ...documentRoutes(routes)], { principalOf, audit });
  if (options.metrics) addMetricsRoute(server, options.metrics);
  const addresses = [...new Set(routes.map(({ path }) => path))].filter((path) => !path.includes('{'));
  const nothing = (request: FastifyRequest, reply: FastifyReply) => {
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) =>
      server.hasRoute({ method, url: pathOf(request) }),
    );
    if (methods.length > 0) reply.header('allow', methods.join(', '));
    return sendProblem(reply, nothingThere(request, methods, addresses));
  };
  server.setNotFoundHandler(nothing);
  const homePage = createHomePage(deps);
  const others = (request: FastifyRequest, reply: FastifyReply) =>
    pathOf(request) === '/' ? homePage(reply) : nothing(request, reply);
  addPage(server, options.pageDirectory === undefined ? () => false : createPage(options.pageDirectory), others);
  return server;
}

/** Every route that the reference tells of. */
export const routesOf = (deps: HttpDeps): readonly Route[] => [
  getSms(deps),
  getCalls(deps),
  ...sendSms(deps),
  ...getReadings(deps),
  ...traceRoutes(deps),
  ...sendRoutes(deps),
  ...messageRoutes(deps),
  ...conversationRoutes(deps),
  ...callRoutes(deps),
  ...modemRoutes(deps),
  ...modemOrders(deps),
  ...modemLooks(deps),
  ...contactRoutes(deps),
  ...listRoutes(deps),
  ...exportRoutes(deps),
  ...importRoutes(deps),
  ...webhookRoutes(deps),
  ...waitRoutes(deps),
  ...eventRoutes(deps),
  ...twilioRoutes(deps),
  ...alertRoutes(deps),
  ...gammuGatewayRoutes(deps),
  ...kannelRoutes(deps),
  ...keyRoutes(deps),
  ...sessionRoutes(deps),
  ...auditRoutes(deps),
  privacyRoute(deps),
  settingsRoute(deps),
  ...healthRoutes(deps),
  ...statusRoutes(deps),
];

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';

function nothingThere(request: FastifyRequest, methods: readonly string[], addresses: readonly string[]): SimloftError {
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

const notJson = (): SimloftError =>
  new SimloftError('media_type_unsupported', 'Send the body as JSON, with the header Content-Type: application/json.');

/** Fastify's own refusals in our words; what is not known stays inside the gateway. */
function toProblem(thrown: FastifyError): SimloftError {
  if (thrown instanceof SimloftError) return thrown;
  if (thrown.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return notJson();
  if (thrown.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new SimloftError('body_too_large', `The body of the request has more than ${bodyLimit} octets.`);
  if (thrown.statusCode !== undefined && thrown.statusCode >= 400 && thrown.statusCode < 500)
    return new SimloftError('request_invalid', `The request cannot be read: ${thrown.message}`);
  return new SimloftError('internal', undefined, { cause: toSimloftError(thrown) });
}

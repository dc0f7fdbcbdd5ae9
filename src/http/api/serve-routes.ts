import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Principal, may } from '../../app/access/principal.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Answer, Route } from './route.ts';

/** Serves declared routes: access first, then what was sent is checked, then it is answered. */
export function serveRoutes(
  server: FastifyInstance,
  routes: readonly Route[],
  principalOf: (request: FastifyRequest) => Principal,
): void {
  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const principal = principalOf(request);
        if (route.scope !== null && !may(principal, route.scope)) throw missingScope(principal, route.scope);
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        const { params, query, body, headers, ip: address } = request;
        const answer = await route.answer({ params, query, body, headers, principal, address, signal: gone.signal });
        return send(reply, answer);
      },
    });
  }
}

function send(reply: FastifyReply, { status, body, raw, headers = {} }: Answer): FastifyReply {
  reply.code(status).headers(headers);
  if (raw !== undefined) return reply.send(raw);
  if (body === undefined) return reply.send();
  // Fastify sends nothing at all for a bare null.
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body));
}

function missingScope({ name }: Principal, scope: string): SimloftError {
  const text = `"${name}" may not do this: it needs the scope "${scope}". Give the key this scope, or take another key.`;
  return new SimloftError('scope_missing', text, { details: { scope } });
}

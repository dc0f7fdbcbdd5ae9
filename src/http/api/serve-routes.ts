import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditLog } from '../../app/access/audit.ts';
import { type Principal, may } from '../../app/access/principal.ts';
import { SimloftError, toSimloftError } from '../../core/errors.ts';
import { formType } from './form.ts';
import type { Answer, RawCall, Route } from './route.ts';

export interface ServeOptions {
  readonly principalOf: (request: FastifyRequest) => Principal;
  readonly audit: Pick<AuditLog, 'note'>;
}

/** Serves declared routes: access first, then what was sent is checked, then it is answered, and what was done is noted. */
export function serveRoutes(
  server: FastifyInstance,
  routes: readonly Route[],
  { principalOf, audit }: ServeOptions,
): void {
  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
      config: {
        open: route.open === true,
        form: route.bodyType === formType,
        ...(route.refusal === undefined ? {} : { refusal: route.refusal }),
      },
      handler: async (request, reply) => {
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        const { params, query, body, headers, ip: address } = request;
        const call = {
          params,
          query,
          body,
          headers,
          address,
          principal: principalOf(request),
          secure: request.protocol === 'https',
          signal: gone.signal,
        };
        const answer = isNoted(route) ? noted(route, call, audit) : answered(route, call);
        return send(reply, await answer);
      },
    });
  }
}

async function answered(route: Route, call: RawCall): Promise<Answer> {
  const { principal } = call;
  if (route.scope !== null && !may(principal, route.scope)) throw missingScope(principal, route.scope);
  return route.answer(call);
}

/** What changes something, and what only an administrator may see. */
const isNoted = ({ method, scope, unnoted, noted }: Route): boolean =>
  noted === true || (unnoted !== true && (method !== 'GET' || scope === 'admin'));

async function noted(route: Route, call: RawCall, audit: Pick<AuditLog, 'note'>): Promise<Answer> {
  const { principal, address } = call;
  const entry = { who: principal.kind === 'nobody' ? '' : principal.name, address, action: route.id };
  const named = Object.values(Object(call.params)).join(' ');
  try {
    const answer = await answered(route, call);
    const target = named === '' ? idIn(answer.body) : named;
    audit.note({ ...entry, who: answer.who ?? entry.who, target, outcome: 'done' });
    return answer;
  } catch (error) {
    audit.note({ ...entry, target: named === '' ? null : named, outcome: toSimloftError(error).code });
    throw error;
  }
}

/** Of what was made. */
function idIn(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  for (const name of ['id', 'name']) {
    const value: unknown = Reflect.get(body, name);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return null;
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

import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { InferOutput } from 'valibot';
import type { Principal } from '../../app/access/principal.ts';
import type { Scope } from '../../core/access.ts';
import type { ErrorCode, SimloftError } from '../../core/errors.ts';
import { check } from './check.ts';
import { type AnySchema, nothing } from './schema.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a route may answer with one status, for the OpenAPI document. */
export interface AnswerSpec {
  readonly description: string;
  /** Of the JSON body; left out for another content type, or no body. */
  readonly schema?: AnySchema;
  /** `application/json` by default. */
  readonly contentType?: string | readonly string[];
}

/** One route, declared: from this come validation, types, the OpenAPI document and the reference page. */
export interface RouteSpec<Params extends AnySchema, Query extends AnySchema, Body extends AnySchema> {
  /** Name of the operation: `listMessages`. */
  readonly id: string;
  readonly method: Method;
  /** As OpenAPI writes it: `/v1/messages/{id}`. */
  readonly path: string;
  /** The chapter of the reference page that it belongs to. */
  readonly tag: string;
  /** One line, without a full stop. */
  readonly summary: string;
  readonly description?: string;
  /** What a caller must be allowed; null for everybody whom the gateway answers at all. */
  readonly scope: Scope | null;
  /** Anybody may ask it, keys or not: it is how one comes in, or it asks for access itself. */
  readonly open?: true;
  /** Not for the audit log, though it is no GET: it changes nothing. */
  readonly unnoted?: true;
  /** For the audit log, though it is a GET. */
  readonly noted?: true;
  /** How it says no, where clients of another program want it otherwise. */
  readonly refusal?: Refusal;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** `application/json` by default. What else comes as text is given as text. */
  readonly bodyType?: string | readonly string[];
  /** Octets of the longest body, where that is not the limit of all. */
  readonly bodyLimit?: number;
  /** Request headers that it heeds, with what they are for. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<number, AnswerSpec>>;
  /** Errors beside those of every route. */
  readonly errors?: readonly ErrorCode[];
  readonly run: (call: Call<InferOutput<Params>, InferOutput<Query>, InferOutput<Body>>) => Promise<Answer>;
}

/** One request, checked. */
export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly headers: IncomingHttpHeaders;
  readonly principal: Principal;
  /** Address of who asks. */
  readonly address: string;
  /** Whether the request came over HTTPS. */
  readonly secure: boolean;
  /** Aborted when the client has gone, or the gateway stops. */
  readonly signal: AbortSignal;
}

/** A refusal in the form that the clients of another program know. */
export interface Refusal {
  /** Of the JSON body; left out for another content type. */
  readonly schema?: AnySchema;
  /** `application/json` by default. */
  readonly contentType?: string;
  readonly bodyOf: (error: SimloftError) => unknown;
}

export interface Answer {
  readonly status: number;
  /** Who has turned out to ask, for the audit log: of one who logs in. */
  readonly who?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, with the `content-type` among `headers`. */
  readonly raw?: string | Readable;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a route is given: nothing is checked yet. */
export interface RawCall extends Call<unknown, unknown, unknown> {}

/** A route with its types folded in. */
export interface Route extends Omit<RouteSpec<AnySchema, AnySchema, AnySchema>, 'run'> {
  answer(call: RawCall): Promise<Answer>;
}

const noBody = nothing;

export function route<Params extends AnySchema, Query extends AnySchema, Body extends AnySchema>(
  spec: RouteSpec<Params, Query, Body>,
): Route {
  const { run, ...rest } = spec;
  return {
    ...rest,
    answer: async (call) =>
      run({
        ...call,
        params: check(spec.params ?? noBody, call.params ?? {}, 'path'),
        query: check(spec.query ?? nothing, call.query ?? {}, 'query'),
        body: spec.body === undefined ? undefined : check(spec.body, call.body, 'body'),
      }),
  };
}

/** An answer with a JSON body. */
export const ok = (body: unknown, status = 200): Answer => ({ status, body });

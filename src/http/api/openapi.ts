import type { JsonSchema } from '@valibot/to-json-schema';
import { type ErrorCode, errorTable } from '../../core/errors.ts';
import type { AnswerSpec, Route } from './route.ts';
import type { AnySchema } from './schema.ts';

/** What OpenAPI 3.1 calls an object; only what we write ourselves. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface OpenApiInfo {
  readonly version: string;
}

/** Errors that any route may answer with: none takes parameters that it does not know. */
const everywhere: readonly ErrorCode[] = [
  'request_invalid',
  'access_refused',
  'key_needed',
  'key_invalid',
  'too_many_tries',
  'store_unavailable',
  'internal',
];

/**
 * The OpenAPI 3.1 document of the routes. The converter is loaded when somebody asks for the document: it costs 2 MiB.
 */
export async function openApiOf(routes: readonly Route[], { version }: OpenApiInfo): Promise<Json> {
  const { toJsonSchema } = await import('@valibot/to-json-schema');
  const convert: Convert = (schema, typeMode) =>
    plain(
      toJsonSchema(schema, {
        target: 'draft-2020-12',
        typeMode,
        errorMode: 'ignore',
        overrideSchema: ({ valibotSchema }) => overriding(valibotSchema),
      }),
    );
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route, convert);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Simloft',
      version,
      description: 'A home SMS gateway: a USB GSM modem as an API.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    security: [{}, { bearer: [] }, { apiKey: [] }, { basic: [] }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
        basic: { type: 'http', scheme: 'basic' },
      },
      schemas: { Problem: problemSchema },
    },
  };
}

type Convert = (schema: AnySchema, typeMode: 'input' | 'output') => { readonly [name: string]: Json };

/** RFC 9457 §3, with our code and details. */
const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What was wrong, where, and how to mend it.' },
    code: { type: 'string', enum: Object.keys(errorTable) },
    details: { type: 'object' },
  },
};

function operation(route: Route, convert: Convert): Json {
  const { id, tag, summary, description, scope } = route;
  const parameters = parametersOf(route, convert);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(scope === null ? {} : { 'x-scope': scope }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: bodyOf(route, route.body, convert) }),
    responses: merged(answersOf(route, convert), problemsOf(route, convert)),
  };
}

function bodyOf({ bodyType = 'application/json' }: Route, body: AnySchema, convert: Convert): Json {
  return { required: true, content: inTypes(bodyType, { schema: convert(body, 'input') }) };
}

function parametersOf({ params, query, headers = {} }: Route, convert: Convert): Json[] {
  const fields = (schema: AnySchema | undefined, place: 'path' | 'query'): Json[] => {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = convert(schema, 'input');
    if (!isObject(properties)) return [];
    return Object.entries(properties).map(([name, given]) => {
      const { description, default: usual, ...schema } = isObject(given) ? given : {};
      return {
        name,
        in: place,
        required: place === 'path' || (Array.isArray(required) && required.includes(name)),
        ...(description === undefined ? {} : { description }),
        schema: usual === undefined ? schema : { ...schema, default: ofType(schema['type'], usual) },
      };
    });
  };
  const named = Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }));
  return [...fields(params, 'path'), ...fields(query, 'query'), ...named];
}

/** A default is a text to us, as everything in a query is. */
const ofType = (type: Json | undefined, usual: Json): Json =>
  typeof usual === 'string' && type !== 'string' ? JSON.parse(usual) : usual;

function answersOf({ answers }: Route, convert: Convert): Responses {
  return Object.fromEntries(Object.entries(answers).map(([status, spec]) => [status, answerOf(spec, convert)]));
}

/** A status may come with an answer and with a problem: each in its content type. */
function merged(answers: Responses, problems: Responses): Responses {
  const all: Record<string, Response> = { ...answers };
  for (const [status, problem] of Object.entries(problems)) {
    const answer = answers[status];
    all[status] =
      answer === undefined
        ? problem
        : {
            description: `${answer.description}\n\n${problem.description}`,
            content: { ...answer.content, ...problem.content },
          };
  }
  return all;
}

// An interface would not be {@link Json} to the compiler: it may be extended elsewhere.
type Response = { readonly description: string; readonly content?: { readonly [type: string]: Json } };
type Responses = { readonly [status: string]: Response };

function answerOf({ description, schema, contentType }: AnswerSpec, convert: Convert): Response {
  if (schema !== undefined)
    return { description, content: inTypes(contentType ?? 'application/json', { schema: convert(schema, 'output') }) };
  return contentType === undefined ? { description } : { description, content: inTypes(contentType, {}) };
}

const inTypes = (types: string | readonly string[], content: { readonly [name: string]: Json }) =>
  Object.fromEntries((typeof types === 'string' ? [types] : types).map((type) => [type, content]));

/** One answer for each status, with the codes that may come with it. */
function problemsOf({ errors = [], body, scope, refusal }: Route, convert: Convert): Responses {
  const codes = new Set<ErrorCode>([...everywhere, ...errors]);
  if (body !== undefined) for (const code of ['media_type_unsupported', 'body_too_large'] as const) codes.add(code);
  if (scope !== null) codes.add('scope_missing');
  const { contentType = refusal === undefined ? 'application/problem+json' : 'application/json', schema } =
    refusal ?? {};
  const shape = refusal === undefined ? { $ref: '#/components/schemas/Problem' } : schema && convert(schema, 'output');
  const content = inTypes(contentType.split(';')[0] ?? '', shape === undefined ? {} : { schema: shape });
  const byStatus = Map.groupBy(codes, (code) => errorTable[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${errorTable[code].text}`).join('\n\n'),
        content,
      },
    ]),
  );
}

/** What {@link textRead} says of a schema. */
const overriding = (schema: object): JsonSchema | null =>
  'written' in schema && isObject(schema.written) ? schema.written : null;

/** As it is sent, without the mark of the dialect on each piece. */
function plain(schema: object): { readonly [name: string]: Json } {
  const { $schema: _, ...rest }: Record<string, Json> = JSON.parse(JSON.stringify(schema));
  return rest;
}

const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiOf } from '../../src/http/api/openapi.ts';
import { allowedBy, anything, type ValueSchema } from '../support/json-schema-values.ts';
import { type ApiHouse, openApiHouse } from '../support/api-house.ts';

/** Requests for each route: half of them as the document allows, half with something wrong. */
const requestsPerRoute = 40;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: ValueSchema;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: ValueSchema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

let house: ApiHouse;
let document: Document;
const answers = new Map<object, ValidateFunction>();
const ajv = new Ajv2020({ strict: false, validateFormats: false });

beforeAll(async () => {
  house = await openApiHouse();
  document = JSON.parse(JSON.stringify(await openApiOf(house.routes, { version: '1' })));
  ajv.addSchema({ $id: 'simloft', components: document.components });
});
afterAll(() => house.close());

/** One request: what goes where. */
interface Request {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function requestsOf({ parameters = [], requestBody }: Operation): fc.Arbitrary<Request> {
  const [contentType, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const placed = (place: Parameter['in'], wild: boolean) => {
    const mine = parameters.filter((one) => one.in === place);
    const fields = mine.map(({ name, schema }) => {
      const good = allowedBy(schema);
      return [name, wild ? fc.oneof(good, anything) : good] as const;
    });
    const required = mine.filter(({ required }) => required).map(({ name }) => name);
    return fc.record(Object.fromEntries(fields), { requiredKeys: place === 'path' || !wild ? required : [] });
  };
  const made = (wild: boolean): fc.Arbitrary<Request> => {
    const good = body === undefined ? fc.constant(undefined) : allowedBy(body.schema);
    const stray = fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), anything, { maxKeys: 1 });
    return fc.record({
      path: placed('path', wild),
      query: wild
        ? fc.tuple(placed('query', true), stray).map(([known, more]) => ({ ...more, ...known }))
        : placed('query', false),
      headers: fc.constant(contentType === undefined ? {} : { 'content-type': contentType }),
      body: wild && body !== undefined ? fc.oneof(good, anything) : good,
    });
  };
  return fc.oneof(made(false), made(true));
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
/** A dot or two are no name in a path: they are taken out of it before anybody is asked. */
const inPath = (value: unknown): string => encoded(value).replace(/^\.{0,2}$/, '%20');
// A lone half of a surrogate pair has no place in a URL.
const encoded = (value: unknown): string => encodeURIComponent(asText(value).toWellFormed());

function urlOf(path: string, { path: params, query }: Request): string {
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => inPath(params[name] ?? '1'));
  const search = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return search.length === 0 ? place : `${place}?${search.join('&')}`;
}

function check(operation: Operation, status: number, type: string, body: string): void {
  const spec = operation.responses[status];
  expect(spec, `${operation.operationId} answered ${status}, which the document does not name: ${body}`).toBeDefined();
  if (status >= 500) expect(operation.operationId, `${status}: ${body}`).toMatch(/^getReady$/);
  const media = type.split(';')[0] ?? '';
  const schema = spec?.content?.[media]?.schema;
  if (spec?.content !== undefined) expect(Object.keys(spec.content)).toContain(media);
  if (schema === undefined) return;
  const compiled =
    answers.get(schema) ??
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"simloft#/components')));
  answers.set(schema, compiled);
  compiled(JSON.parse(body));
  expect(compiled.errors ?? [], `${operation.operationId} ${status}: ${body.slice(0, 500)}`).toEqual([]);
}

describe('whatever is asked, the answer is one that the document names, and never a fault of ours', () => {
  it('for every route', { timeout: 120_000 }, async () => {
    let asked = 0;
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (house.endless.includes(operation.operationId)) continue;
        await fc.assert(
          fc.asyncProperty(requestsOf(operation), async (request) => {
            asked += 1;
            const { statusCode, contentType, payload } = await house.ask({
              method,
              url: urlOf(path, request),
              headers: request.headers,
              payload: request.body,
            });
            check(operation, statusCode, contentType, payload);
          }),
          { numRuns: requestsPerRoute, endOnFailure: true },
        );
      }
    }
    expect(asked).toBeGreaterThan(3_000);
  });
});

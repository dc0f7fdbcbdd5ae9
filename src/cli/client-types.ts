import { openApiOf } from '../http/api/openapi.ts';
import type { HttpDeps } from '../http/deps.ts';
import { routesOf } from '../http/server.ts';

/** What of an OpenAPI document types are made of. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Routes are declared without asking what they are built on; nothing of it is used before a request comes. */
function nothingBehind(): HttpDeps {
  const nothing: HttpDeps = new Proxy(Object.create(null), { get: () => nothing });
  return nothing;
}

/** The types of every request and answer of `/v1`, for the web page: made of the OpenAPI document. */
export async function clientTypes(): Promise<string> {
  const document: Document = JSON.parse(JSON.stringify(await openApiOf(routesOf(nothingBehind()), { version: '1' })));
  const entries = Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => entryOf(`${method.toUpperCase()} ${path}`, operation)),
    );
  return [
    '// Made of the OpenAPI document by `npm run docs`; a test holds it current.',
    '',
    '/** Every request under /v1, with what it takes and what it answers. */',
    'export interface Api {',
    ...entries,
    '}',
    '',
  ].join('\n');
}

function entryOf(name: string, { parameters = [], requestBody, responses }: Operation): string {
  const placed = (place: string) => {
    const mine = parameters.filter((one) => one.in === place);
    const fields = mine.map(
      ({ name, required, schema }) => `${JSON.stringify(name)}${required === true ? '' : '?'}: ${typeOf(schema)}`,
    );
    return `{ ${fields.join('; ')} }`;
  };
  const good = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  const body = schemaIn(requestBody);
  const answer = schemaIn(good);
  return [
    `  ${JSON.stringify(name)}: {`,
    `    params: ${placed('path')};`,
    `    query: ${placed('query')};`,
    `    body: ${body === undefined ? 'undefined' : typeOf(body)};`,
    `    answer: ${answer === undefined ? 'undefined' : typeOf(answer)};`,
    '  };',
  ].join('\n');
}

const schemaIn = (given: Content | undefined): Schema | undefined => given?.content?.['application/json']?.schema;

function typeOf(schema: Schema): string {
  const several = schema.anyOf ?? schema.oneOf;
  if (several !== undefined) return [...new Set(several.map(typeOf))].join(' | ');
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => typeOf({ ...schema, type })).join(' | ');
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `readonly (${schema.items === undefined ? 'unknown' : typeOf(schema.items)})[]`;
    case 'object':
      return objectOf(schema);
    default:
      return 'unknown';
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  );
  if (fields.length > 0) return `{ ${fields.join('; ')} }`;
  return typeof additionalProperties === 'object' ? `Readonly<Record<string, ${typeOf(additionalProperties)}>>` : '{}';
}

import { type Json, openApiOf } from './api/openapi.ts';
import { type Route, route } from './api/route.ts';
import { escapeHtml } from './home-page.ts';

/** `GET /docs`: the reference for people, made of the same document that programs read. No script, nothing from elsewhere. */
export const docsRoute = (routes: readonly Route[]): Route =>
  route({
    id: 'getDocs',
    method: 'GET',
    path: '/docs',
    tag: 'Reference',
    summary: 'The reference as a page',
    scope: null,
    answers: { 200: { description: 'The page', contentType: 'text/html' } },
    async run() {
      return {
        status: 200,
        raw: docsPage(await openApiOf(routes, { version: '1' })),
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        },
      };
    },
  });

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly spec: Json;
}

/** The page for an OpenAPI 3.1 document. */
export function docsPage(document: Json): string {
  const operations = entriesOf(fieldOf(document, 'paths')).flatMap(([path, methods]) =>
    entriesOf(methods).map(([method, spec]): Operation => ({ method: method.toUpperCase(), path, spec })),
  );
  const byTag = Map.groupBy(operations, ({ spec }) => textOf(itemsOf(fieldOf(spec, 'tags'))[0]));
  const contents = [...byTag].map(([tag, all]) => contentsOf(tag, all)).join('');
  const chapters = [...byTag].map(([tag, all]) => chapter(tag, all)).join('');
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Simloft: the API</title>
<style>${style}</style>
<h1>The API of Simloft</h1>
<p>${escapeHtml(textOf(fieldOf(fieldOf(document, 'info'), 'description')))}
For programs: <a href="/v1/openapi.json">openapi.json</a>. Moments under /v1 are ISO 8601; errors are
<code>application/problem+json</code> with a stable <code>code</code>; a list gives <code>items</code> and <code>next</code>, the cursor of its next page.</p>
<nav>${contents}</nav>
${chapters}
</html>
`;
}

const style = [
  'body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}',
  'h3{margin:2.5rem 0 .3rem;border-top:1px solid #8886;padding-top:1rem}code{font:.92em ui-monospace,monospace}',
  'table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0}',
  'b.method{display:inline-block;min-width:4.2em}details ul{margin:.2rem 0;padding-left:1.2rem}summary{cursor:pointer}',
].join('');

const anchorOf = ({ spec }: Operation): string => escapeHtml(textOf(fieldOf(spec, 'operationId')));

function contentsOf(tag: string, operations: readonly Operation[]): string {
  const links = operations
    .map((one) => `<li><a href="#${anchorOf(one)}">${escapeHtml(textOf(fieldOf(one.spec, 'summary')))}</a></li>`)
    .join('');
  return `<details><summary>${escapeHtml(tag)}</summary><ul>${links}</ul></details>`;
}

const chapter = (tag: string, operations: readonly Operation[]): string =>
  `<h2>${escapeHtml(tag)}</h2>${operations.map(section).join('')}`;

function section(operation: Operation): string {
  const { method, path, spec } = operation;
  const description = textOf(fieldOf(spec, 'description'));
  const scope = textOf(fieldOf(spec, 'x-scope'));
  return [
    `<h3 id="${anchorOf(operation)}"><b class="method">${method}</b> <code>${escapeHtml(path)}</code></h3>`,
    `<p>${escapeHtml(textOf(fieldOf(spec, 'summary')))}.${scope === '' ? '' : ` Needs the scope <code>${escapeHtml(scope)}</code>.`}</p>`,
    description === '' ? '' : `<p>${inline(description)}</p>`,
    parameters(itemsOf(fieldOf(spec, 'parameters'))),
    contents('Body', fieldOf(fieldOf(spec, 'requestBody'), 'content')),
    answers(entriesOf(fieldOf(spec, 'responses'))),
  ].join('');
}

function parameters(all: readonly Json[]): string {
  if (all.length === 0) return '';
  const rows = all.map((one) => {
    const schema = fieldOf(one, 'schema');
    const usual = fieldOf(schema, 'default');
    const words = [textOf(fieldOf(one, 'description')), usual === null ? '' : `${JSON.stringify(usual)} by default`];
    return `<tr><td><code>${escapeHtml(textOf(fieldOf(one, 'name')))}</code></td><td>${escapeHtml(textOf(fieldOf(one, 'in')))}${
      fieldOf(one, 'required') === true ? ', needed' : ''
    }</td><td>${escapeHtml(kindOf(schema))}</td><td>${inline(words.filter((word) => word !== '').join('; '))}</td></tr>`;
  });
  return `<table><tr><th>parameter<th>in<th>what<th></tr>${rows.join('')}</table>`;
}

function contents(title: string, content: Json): string {
  const [first] = entriesOf(content);
  if (first === undefined) return '';
  const types = entriesOf(content).map(([type]) => `<code>${escapeHtml(type)}</code>`);
  const schema = fieldOf(first[1], 'schema');
  return `<details open><summary>${title}: ${types.join(', ')} – ${escapeHtml(kindOf(schema))}</summary>${fields(schema, 0)}</details>`;
}

/** What answers; the errors, of which there are many, folded away. */
function answers(all: readonly (readonly [string, Json])[]): string {
  const problem = 'application/problem+json';
  const good = all.filter(
    ([, answer]) => !entriesOf(fieldOf(answer, 'content')).every(([type]) => type === problem) || isEmpty(answer),
  );
  const bad = all.filter(([, answer]) => entriesOf(fieldOf(answer, 'content')).some(([type]) => type === problem));
  const shown = good.map(([status, answer]) => {
    const content = entriesOf(fieldOf(answer, 'content')).filter(([type]) => type !== problem);
    const words = `${status}, ${textOf(fieldOf(answer, 'description')).split('\n')[0] ?? ''}`;
    if (content.length === 0) return `<p>${inline(words)}.</p>`;
    return contents(inline(words), Object.fromEntries(content));
  });
  const errors = bad.map(([status, answer]) => `<li>${status}: ${inline(textOf(fieldOf(answer, 'description')))}</li>`);
  return `${shown.join('')}${errors.length === 0 ? '' : `<details><summary>Errors</summary><ul>${errors.join('')}</ul></details>`}`;
}

const isEmpty = (answer: Json): boolean => entriesOf(fieldOf(answer, 'content')).length === 0;

const deepest = 4;

/** The fields of an object, or of the objects in a list. */
function fields(schema: Json, depth: number): string {
  if (depth > deepest) return '';
  const choices = choicesOf(schema);
  if (choices.length > 0) return choices.map((choice) => fields(choice, depth)).join('');
  if (fieldOf(schema, 'type') === 'array') return fields(fieldOf(schema, 'items'), depth + 1);
  const properties = entriesOf(fieldOf(schema, 'properties'));
  if (properties.length === 0) return '';
  const needed = itemsOf(fieldOf(schema, 'required'));
  const items = properties.map(([name, inner]) => {
    const words = textOf(fieldOf(inner, 'description'));
    const optional = needed.includes(name) ? '' : ', optional';
    return `<li><code>${escapeHtml(name)}</code>: ${escapeHtml(kindOf(inner))}${optional}${words === '' ? '' : `. ${inline(words)}`}${fields(inner, depth + 1)}</li>`;
  });
  return `<ul>${items.join('')}</ul>`;
}

/** A schema in a few words. */
function kindOf(schema: Json): string {
  const choices = choicesOf(schema);
  if (choices.length > 0) return [...new Set(choices.map(kindOf))].join(' or ');
  const listed = itemsOf(fieldOf(schema, 'enum'));
  if (listed.length > 0) return listed.map((value) => JSON.stringify(value)).join(' | ');
  const type = textOf(fieldOf(schema, 'type'));
  if (type === 'array') return `list of ${kindOf(fieldOf(schema, 'items'))}`;
  const format = textOf(fieldOf(schema, 'format'));
  const range = ['minimum', 'maximum'].map((name) => fieldOf(schema, name));
  const bounds = range.every((bound) => typeof bound === 'number') ? ` ${range.join(' to ')}` : '';
  return `${type === '' ? 'anything' : type}${format === '' ? '' : ` (${format})`}${bounds}`;
}

const choicesOf = (schema: Json): readonly Json[] => [
  ...itemsOf(fieldOf(schema, 'anyOf')),
  ...itemsOf(fieldOf(schema, 'oneOf')),
];

/** Escaped, with what stands between backticks as code. */
const inline = (text: string): string =>
  escapeHtml(text)
    .replaceAll('&#96;', '`')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll('\n\n', '<br>');

const fieldOf = (value: Json | undefined, name: string): Json =>
  isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null;
const entriesOf = (value: Json): [string, Json][] => (isObject(value) ? Object.entries(value) : []);
const itemsOf = (value: Json): readonly Json[] => (isList(value) ? value : []);
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

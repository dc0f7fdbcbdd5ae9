import { type GenericIssue, getDotPath, type InferOutput, safeParse } from 'valibot';
import { closest } from '../../core/closest.ts';
import { SimloftError } from '../../core/errors.ts';
import type { AnySchema } from './schema.ts';

/** Where a field stands, for the words of an error. */
export type Place = 'query' | 'body' | 'path' | 'header';

/**
 * Checks what a client sent, and says the first thing that is wrong with it.
 * @throws SimloftError `request_invalid`; its details name the field, the value and what is allowed.
 */
export function check<Schema extends AnySchema>(schema: Schema, given: unknown, place: Place): InferOutput<Schema> {
  const { success, output, issues } = safeParse(schema, given);
  if (success) return output;
  throw refusal(issues[0], place, schema);
}

const words: Readonly<Record<Place, string>> = {
  query: 'parameter',
  body: 'field',
  path: 'parameter',
  header: 'header',
};

function refusal(issue: GenericIssue, place: Place, schema: AnySchema): SimloftError {
  const field = getDotPath(issue);
  if (field === null)
    return invalid(`The body of the request must be ${allowedBy(issue)}.`, { field: '', allowed: allowedBy(issue) });
  const unknown = issue.type === 'strict_object' && issue.expected === 'never';
  return unknown ? unknownField(field, place, schema) : wrongField(issue, field, place);
}

function unknownField(field: string, place: Place, schema: AnySchema): SimloftError {
  const names = namesIn(schema, field.split('.').slice(0, -1));
  const near = closest(field.split('.').at(-1) ?? field, names);
  const what = words[place];
  const hint = near === null ? '' : ` Did you mean "${near}"?`;
  const allowed = names.length === 0 ? `no ${what}s` : names.join(', ');
  return invalid(`There is no ${what} "${field}".${hint} Allowed: ${allowed}.`, {
    field,
    allowed: names,
    ...(near === null ? {} : { closest: near }),
  });
}

function wrongField(issue: GenericIssue, field: string, place: Place): SimloftError {
  const value = issue.path?.at(-1)?.value;
  const allowed = allowedBy(issue);
  const said =
    value === undefined
      ? `The ${words[place]} "${field}" is missing`
      : `The ${words[place]} "${field}" cannot be ${place === 'query' && Array.isArray(value) ? 'given more than once' : shortened(value)}`;
  return invalid(`${said}; it must be ${allowed}.`, { field, value: value ?? null, allowed });
}

/** Our own schemas say what is allowed; for what a schema leaves unsaid the library's word for the type must do. */
const allowedBy = (issue: GenericIssue): string =>
  issue.message.startsWith('Invalid ') ? (issue.expected ?? 'something else') : issue.message;

/** A field may hold a whole message: nobody needs to read it twice. */
function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

/** The names of the fields at a path of objects. */
function namesIn(schema: AnySchema, path: readonly string[]): string[] {
  const entries = 'entries' in schema && isRecord(schema.entries) ? schema.entries : {};
  const [first, ...rest] = path;
  if (first === undefined) return Object.keys(entries);
  const inner = entries[first];
  return isSchema(inner) ? namesIn(inner, rest) : [];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isSchema = (value: unknown): value is AnySchema => isRecord(value) && value['kind'] === 'schema';

const invalid = (text: string, details: Readonly<Record<string, unknown>>): SimloftError =>
  new SimloftError('request_invalid', text, { details });

import type { z } from 'zod';
import { closest } from '../core/closest.ts';
import { SimloftError } from '../core/errors.ts';

/** Where a parameter stands, for the words of an error. */
export type ParameterPlace = 'query' | 'body' | 'path' | 'header';

/** A schema of one request, and for each of its fields in words what is allowed. */
export interface ParameterSchema<T> {
  readonly place: ParameterPlace;
  readonly schema: z.ZodType<T>;
  readonly allowed: Readonly<Record<string, string>>;
}

/**
 * Checks what a client sent.
 * @throws SimloftError `request_invalid`; its details name the field, the value and what is allowed.
 */
export function readParameters<T>(given: unknown, parameters: ParameterSchema<T>): T {
  if (!isRecord(given)) throw notAnObject(given);
  const names = Object.keys(parameters.allowed);
  for (const name of Object.keys(given))
    if (!names.includes(name)) throw unknownParameter(name, names, parameters.place);
  const read = parameters.schema.safeParse(given);
  if (read.success) return read.data;
  const field = String(read.error.issues[0]?.path[0] ?? '');
  throw wrongParameter({
    field,
    value: given[field],
    allowed: parameters.allowed[field] ?? '',
    place: parameters.place,
  });
}

function notAnObject(given: unknown): SimloftError {
  const allowed = 'a JSON object such as {"phone":"+79161234567","text":"Hello"}';
  return new SimloftError('request_invalid', `The body of the request must be ${allowed}.`, {
    details: { field: '', value: given ?? null, allowed },
  });
}

function unknownParameter(field: string, names: readonly string[], place: ParameterPlace): SimloftError {
  const near = closest(field, names);
  const what = words[place];
  const hint = near === null ? '' : ` Did you mean "${near}"?`;
  const allowed = names.length === 0 ? `no ${what}s` : names.join(', ');
  return new SimloftError('request_invalid', `There is no ${what} "${field}".${hint} Allowed: ${allowed}.`, {
    details: { field, allowed: names, ...(near === null ? {} : { closest: near }) },
  });
}

const words: Readonly<Record<ParameterPlace, string>> = {
  query: 'parameter',
  body: 'field',
  path: 'parameter',
  header: 'header',
};

interface Wrong {
  readonly field: string;
  readonly value: unknown;
  readonly allowed: string;
  readonly place: ParameterPlace;
}

function wrongParameter({ field, value, allowed, place }: Wrong): SimloftError {
  const what = words[place];
  const said =
    value === undefined
      ? `The ${what} "${field}" is missing`
      : `The ${what} "${field}" cannot be ${Array.isArray(value) ? 'given more than once' : JSON.stringify(value)}`;
  return new SimloftError('request_invalid', `${said}; it must be ${allowed}.`, {
    details: { field, value: value ?? null, allowed },
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import { closest } from '../core/closest.ts';
import { SimloftError } from '../core/errors.ts';

/** Where a parameter stands, for the words of an error. */
export type ParameterPlace = 'query' | 'body' | 'path' | 'header';

/** One field: what is allowed, in words, and how it is read. An absent field is given as undefined. */
export interface Field<T> {
  readonly allowed: string;
  /** Null for what is not allowed. */
  readonly read: (given: unknown) => { readonly value: T } | null;
}

/** The fields of one request. */
export interface ParameterSchema<T> {
  readonly place: ParameterPlace;
  readonly fields: { readonly [Name in keyof T & string]: Field<T[Name]> };
}

/**
 * Checks what a client sent.
 * @throws SimloftError `request_invalid`; its details name the field, the value and what is allowed.
 */
export function readParameters<T>(given: unknown, { place, fields }: ParameterSchema<T>): T {
  if (!isRecord(given)) throw notAnObject(given);
  const known = Object.entries<Field<unknown>>(fields);
  const names = known.map(([name]) => name);
  for (const name of Object.keys(given)) if (!names.includes(name)) throw unknownParameter(name, names, place);
  const values: Record<string, unknown> = {};
  for (const [name, { allowed, read }] of known) {
    const found = read(given[name]);
    if (found === null) throw wrongParameter({ field: name, value: given[name], allowed, place });
    values[name] = found.value;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each field of T has been read above, by its own reader.
  return values as T;
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

import { SimloftError } from '../../core/errors.ts';

/** Reads a value that came from outside as a T. @throws SimloftError `bus_message_invalid` with the path of what is wrong. */
export type Read<T> = (value: unknown, path: string) => T;

export function refuse(path: string, wanted: string): never {
  throw new SimloftError('bus_message_invalid', `${path} should be ${wanted}.`, { details: { path } });
}

export const text: Read<string> = (value, path) => (typeof value === 'string' ? value : refuse(path, 'a text'));

export const number: Read<number> = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? value : refuse(path, 'a number');

export const integer: Read<number> = (value, path) =>
  Number.isSafeInteger(value) ? number(value, path) : refuse(path, 'a whole number');

export const flag: Read<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : refuse(path, 'true or false');

export const nullable =
  <T>(read: Read<T>): Read<T | null> =>
  (value, path) =>
    value === null ? null : read(value, path);

export const list =
  <T>(read: Read<T>): Read<T[]> =>
  (value, path) =>
    Array.isArray(value) ? value.map((one, index) => read(one, `${path}[${index}]`)) : refuse(path, 'a list');

/** One of the given words. */
export const word =
  <const T extends string>(...words: readonly T[]): Read<T> =>
  (value, path) =>
    words.find((one) => one === value) ?? refuse(path, `one of ${words.join(', ')}`);

export type Fields = Readonly<Record<string, Read<unknown>>>;
type Values<F extends Fields> = { -readonly [Name in keyof F]: ReturnType<F[Name]> };

/** An object with these fields; others are left out, so that a newer version may add some. */
export const record =
  <F extends Fields>(fields: F): Read<Values<F>> =>
  (value, path) => {
    const given = objectOf(value, path);
    const read = Object.entries(fields).map(([name, field]) => [name, field(given[name], `${path}.${name}`)]);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- built field by field from the very table that its type is derived from.
    return Object.fromEntries(read) as Values<F>;
  };

/** The fields of which are present; absent ones stay absent. */
export const partial =
  <F extends Fields>(fields: F): Read<Partial<Values<F>>> =>
  (value, path) => {
    const given = objectOf(value, path);
    const present = Object.entries(fields).filter(([name]) => given[name] !== undefined);
    const read = record(Object.fromEntries(present))(value, path);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above, of those fields that are there.
    return read as Partial<Values<F>>;
  };

export function objectOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(path, 'an object');
  return Object.fromEntries(Object.entries(value));
}

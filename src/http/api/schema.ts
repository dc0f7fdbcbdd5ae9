import * as v from 'valibot';

/**
 * Pieces of which the schemas of the API are made. A schema is the one source of validation, types and the OpenAPI document.
 * Every check says in words what is allowed; {@link check} makes a sentence of them.
 */
export type AnySchema = v.GenericSchema<unknown, unknown>;

/** JSON Schema of what a client writes. */
export type Written = Readonly<Record<string, unknown>>;

/**
 * A value that a client writes as text and that is read by code of ours; null from `read` is what is not allowed.
 * The OpenAPI document tells `written` of it: in a query a number is a text to us and a number to who asks.
 */
export const textRead = <Value>(allowed: string, written: Written, read: (text: string) => Value | null) =>
  v.pipe(
    { ...v.string(allowed), written },
    v.rawTransform<string, Value>(({ dataset, addIssue, NEVER }) => {
      const value = read(dataset.value);
      if (value !== null) return value;
      addIssue({ message: allowed });
      return NEVER;
    }),
  );

/** A whole number in a query or a path, where everything is text. */
export const wholeNumber = (least: number, most: number, allowed = `a whole number from ${least} to ${most}`) =>
  textRead(allowed, { type: 'integer', minimum: least, maximum: most }, (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : null;
  });

/** `limit`: how many rows, 10 by default. */
export const limit = v.optional(wholeNumber(1, 1000), '10');

/** The id of a row in a path or a query. */
export const rowId = (allowed = 'the id of a row: a whole number') => wholeNumber(1, Number.MAX_SAFE_INTEGER, allowed);

/** `true` or `false` in a query. */
export const flag = textRead('true or false', { type: 'boolean' }, (text) =>
  text === 'true' ? true : text === 'false' ? false : null,
);

/** A text of so many characters (UTF-16 units, as the web counts). */
export const textOf = (least: number, most: number, allowed: string) =>
  v.pipe(v.string(allowed), v.minLength(least, allowed), v.maxLength(most, allowed));

/** A moment that a client names, in a query or a body: ISO 8601 with a zone. Epoch ms inside. */
export const instant = textRead(
  'a moment such as 2026-11-23T12:46:13Z or 2026-11-23T15:46:13+03:00',
  { type: 'string', format: 'date-time' },
  (text) => {
    const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
    return Number.isNaN(at) ? null : at;
  },
);

/** A moment in an answer: ISO 8601 in UTC. */
export const writtenInstant = { ...v.string(), written: { type: 'string', format: 'date-time' } };

/** As the answers of `/v1` write a moment. */
export const writeInstant = (at: number): string => new Date(at).toISOString();

/** A whole number in an answer or a body. */
export const integer = v.pipe(v.number('a whole number'), v.integer('a whole number'));

/** No parameters at all. */
export const nothing = v.strictObject({});

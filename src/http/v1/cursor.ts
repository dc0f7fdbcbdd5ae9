import { textRead } from '../api/schema.ts';

type Values = readonly (string | number)[];

/** Where the next page begins, in a form that says nothing to a client. */
export const writeCursor = (values: Values): string => Buffer.from(JSON.stringify(values)).toString('base64url');

/** A cursor in a query: `read` makes of its values what the page begins after, or null when they are not ours. */
export const cursor = <Place>(read: (values: Values) => Place | null) =>
  textRead('the "next" of an earlier answer', { type: 'string' }, (text) => {
    const values = valuesOf(text);
    return values === null ? null : read(values);
  });

function valuesOf(text: string): Values | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(values) && values.every((value) => typeof value === 'string' || Number.isSafeInteger(value))
      ? values
      : null;
  } catch {
    return null;
  }
}

/** Of two whole numbers: a moment and an id, as most lists have it. */
export const readAtAndId = ([at, id]: Values): { at: number; id: number } | null =>
  typeof at === 'number' && typeof id === 'number' ? { at, id } : null;

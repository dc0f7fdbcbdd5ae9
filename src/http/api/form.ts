import * as v from 'valibot';

/** Content type of an HTML form; only doors take it, since a page elsewhere can send one without asking. */
export const formType = 'application/x-www-form-urlencoded';

/** The fields of a form; what is given several times is a list. */
export function readForm(body: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const before = fields[name];
    fields[name] = before === undefined ? value : [...(typeof before === 'string' ? [before] : before), value];
  }
  return fields;
}

/** A text that a form or a query may leave out. */
export const words = (allowed: string) => v.optional(v.string(allowed));

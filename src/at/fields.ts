/** One parameter of an answer (V.250 §5.4.2): `"SM"` is quoted, `(0-3)` and `30` are not. */
export interface Field {
  /** Without the quotation marks and without the spaces around. Brackets are kept. */
  readonly text: string;
  readonly quoted: boolean;
}

/** How far a range such as `(1-255)` is written out; modems that claim more have not been heard of. */
const longestRange = 1024;

/**
 * Splits a parameter list at its commas, but not inside quotation marks or brackets. Unclosed quotes and brackets run to
 * the end. An empty list gives one empty field, as `+CREG: 2,,` gives three.
 */
export function splitFields(list: string): Field[] {
  const fields: Field[] = [];
  let start = 0;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at <= list.length; at += 1) {
    const char = list[at];
    if (char === undefined || (char === ',' && depth === 0 && !quoted)) {
      fields.push(toField(list.slice(start, at)));
      start = at + 1;
    } else if (char === '"') quoted = quoted ? !closesQuote(list, at) : true;
    else if (!quoted && char === '(') depth += 1;
    else if (!quoted && char === ')') depth = Math.max(0, depth - 1);
  }
  return fields;
}

/** A quotation mark inside a text is part of it: the closing one stands before a comma, a bracket or the end. */
function closesQuote(list: string, at: number): boolean {
  let next = at + 1;
  while (list[next] === ' ') next += 1;
  const char = list[next];
  return char === undefined || char === ',' || char === ')';
}

function toField(raw: string): Field {
  const text = raw.trim();
  if (!text.startsWith('"')) return { text, quoted: false };
  return { text: text.length > 1 && text.endsWith('"') ? text.slice(1, -1) : text.slice(1), quoted: true };
}

/** What stands after `prefix` (with its colon, `+CSQ:`), trimmed; null when the line begins otherwise. */
export function afterPrefix(line: string, prefix: string): string | null {
  return hasPrefix(line, prefix) ? line.slice(prefix.length).trim() : null;
}

export function hasPrefix(line: string, prefix: string): boolean {
  return line.length >= prefix.length && line.slice(0, prefix.length).toUpperCase() === prefix;
}

/** The fields of the first line that begins with `prefix`; null when there is none. */
export function fieldsAfter(lines: readonly string[], prefix: string): Field[] | null {
  for (const line of lines) {
    const rest = afterPrefix(line, prefix);
    if (rest !== null) return splitFields(rest);
  }
  return null;
}

/** A decimal number, null for anything else and for nothing. */
export function toInteger(field: Field | string | undefined): number | null {
  const text = typeof field === 'string' ? field : field?.text;
  return text !== undefined && /^[+-]?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A hexadecimal number of at most eight digits, null for anything else and for nothing. */
export function toHexInteger(field: Field | undefined): number | null {
  return field !== undefined && /^[0-9A-Fa-f]{1,8}$/.test(field.text) ? Number.parseInt(field.text, 16) : null;
}

/** The text of a field, null when it is absent or empty. */
export function toText(field: Field | undefined): string | null {
  return field === undefined || field.text === '' ? null : field.text;
}

/**
 * The values of a test answer (V.250 §5.7.3): `(0-2,5)` gives 0 1 2 5, `("SM","ME")` gives SM ME, and so do the forms
 * without brackets that some modems print. Ranges of numbers are written out, empty values are left out.
 */
export function listValues(text: string): string[] {
  const inner = text.startsWith('(') ? text.slice(1, text.endsWith(')') ? -1 : undefined) : text;
  return splitFields(inner).flatMap(({ text: value, quoted }) => {
    const range = quoted ? null : /^(\d{1,9})\s*-\s*(\d{1,9})$/.exec(value);
    if (range === null) return value === '' ? [] : value.startsWith('(') ? listValues(value) : [value];
    const low = Number(range[1]);
    const count = Math.min(Math.max(0, Number(range[2]) - low + 1), longestRange);
    return Array.from({ length: count }, (_, step) => String(low + step));
  });
}

/** The numbers among {@link listValues}. */
export function listNumbers(text: string): number[] {
  return listValues(text).flatMap((value) => toInteger(value) ?? []);
}

/** The contents of the bracketed groups at the outermost level: `("SM","ME"),("SM")` gives two. */
export function bracketGroups(text: string): string[] {
  return splitFields(text).flatMap(({ text: group }) =>
    group.startsWith('(') ? [group.slice(1, group.endsWith(')') ? -1 : undefined)] : [],
  );
}

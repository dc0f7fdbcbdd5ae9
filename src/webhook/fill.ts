import type { Pattern, Template } from './template.ts';

/** A value for each name; a name without one was left unset. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** What a JSON pattern becomes. */
export type Filled = string | number | boolean | readonly Filled[] | { readonly [name: string]: Filled };

/** The text with each name replaced once, whatever the values hold; null when one of them is unset. */
export function fillText(text: string, fields: Fields): string | null {
  let unset = false;
  const filled = text.replaceAll(/\{([\w.]+)\}/g, (_, name: string) => {
    const value = fields[name];
    if (value === undefined) unset = true;
    return value ?? '';
  });
  return unset ? null : filled;
}

/** As {@link fillText} with all texts of a value; what is unset is left out. */
export function fillPattern(pattern: Pattern, fields: Fields): Filled | null {
  if (typeof pattern === 'string') return fillLeaf(pattern, fields);
  if (typeof pattern !== 'object') return pattern;
  if (isList(pattern)) return pattern.map((one) => fillPattern(one, fields)).filter((one) => one !== null);
  const entries = Object.entries(pattern).flatMap(([name, one]) => {
    const filled = fillPattern(one, fields);
    return filled === null ? [] : [[name, filled] as const];
  });
  return Object.fromEntries(entries);
}

const isList = (pattern: Pattern): pattern is readonly Pattern[] => Array.isArray(pattern);

function fillLeaf(pattern: string, fields: Fields): string | number | null {
  if (!pattern.startsWith('#')) return fillText(pattern, fields);
  const text = fillText(pattern.slice(1), fields);
  return text === null ? null : Number(text);
}

/** The headers whose names are all set. */
export function fillHeaders(headers: Readonly<Record<string, string>>, fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, pattern]) => {
      const value = fillText(pattern, fields);
      return value === null ? [] : [[name, value] as const];
    }),
  );
}

const written: Readonly<Record<Template['escape'], Readonly<Record<string, string>>>> = {
  none: {},
  html: { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
  entities: { '&': '&amp;', '<': '&lt;', '>': '&gt;' },
};

/** Half of a pair, and controls that no text should hold: some services refuse the whole message for it. */
const unfit = /[\p{Cs}[\p{Cc}--[\n\r\t]]]/v;

export interface Writing {
  readonly escape: Template['escape'];
  readonly most: number;
  readonly unit: Template['longest']['unit'];
}

/** A text of a stranger as a service takes it: escaped, and cut with `…` where it is too long. */
export function writeText(text: string, { escape, most, unit }: Writing): string {
  const sizeOf = (piece: string) => (unit === 'octets' ? Buffer.byteLength(piece) : piece.length);
  const pieces: string[] = [];
  let size = 0;
  /** How many pieces there is room for with the `…` behind them. */
  let roomFor = 0;
  for (const character of text) {
    const piece = unfit.test(character) ? '\ufffd' : (written[escape][character] ?? character);
    size += sizeOf(piece);
    pieces.push(piece);
    if (size > most) return `${pieces.slice(0, roomFor).join('')}…`;
    if (size + sizeOf('…') <= most) roomFor = pieces.length;
  }
  return pieces.join('');
}

/** A title is one line. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

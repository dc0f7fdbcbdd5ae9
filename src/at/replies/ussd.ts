import { afterPrefix, toInteger } from '../fields.ts';

/** `+CUSD: <m>[,<str>[,<dcs>]]` (TS 27.007 §7.15). */
export interface UssdLine {
  /** 0 done, 1 an answer is expected, 2 ended by the network, 3 another client answered, 4 not supported, 5 time-out. */
  readonly status: number;
  /** As it came, between the outer quotation marks; null when there is none. */
  readonly text: string | null;
  /** TS 23.038 §5; null when the modem does not tell. */
  readonly dcs: number | null;
}

/** Texts hold quotation marks, commas and line ends: the text reaches to the last mark before `,<dcs>` or the end. */
export function readUssd(line: string): UssdLine | null {
  const rest = afterPrefix(line, '+CUSD:');
  const parts = rest === null ? null : /^(\d)\s*(?:,\s*([\s\S]*))?$/.exec(rest);
  const status = toInteger(parts?.[1]);
  if (status === null) return null;
  const tail = /^([\s\S]*?)(?:,\s*(\d{0,3}))?$/.exec(parts?.[2]?.trim() ?? '');
  const text = tail?.[1]?.trim() ?? '';
  return { status, text: text === '' ? null : unquote(text), dcs: toInteger(tail?.[2]) };
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  return text.length > 1 && text.endsWith('"') ? text.slice(1, -1) : text.slice(1);
}

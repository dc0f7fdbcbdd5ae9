import { cmeTexts } from './cme-table.ts';
import { cmsTexts } from './cms-table.ts';
import type { AtFailure, AtFailureKind } from './outcome.ts';

/** A line that ends a command (V.250 §5.7.1). */
export type FinalResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly error: AtFailure };

const callWords: Readonly<Record<string, AtFailureKind>> = {
  'NO CARRIER': 'NO CARRIER',
  BUSY: 'BUSY',
  'NO ANSWER': 'NO ANSWER',
  'NO DIALTONE': 'NO DIALTONE',
  'NO DIAL TONE': 'NO DIALTONE',
};

const errorWords: Readonly<Record<string, AtFailureKind>> = {
  ERROR: 'ERROR',
  ABORTED: 'ABORTED',
  'COMMAND NOT SUPPORT': 'UNSUPPORTED',
  'TOO MANY PARAMETERS': 'UNSUPPORTED',
};

/** Numbers of ATV0 (V.250 table 1), met only before the modem has been told to speak in words. */
const numericErrors: Readonly<Record<string, AtFailureKind>> = {
  '3': 'NO CARRIER',
  '4': 'ERROR',
  '6': 'NO DIALTONE',
  '7': 'BUSY',
  '8': 'NO ANSWER',
};

export interface FinalContext {
  /** A dial or an answer runs: only then the words about calls are its end. */
  readonly dials: boolean;
  /** Numbers (ATV0) count as well. */
  readonly numeric: boolean;
}

/** Reads a line as a final result code; null when it is none. */
export function readFinalResult(line: string, context: FinalContext): FinalResult | null {
  const word = line.trim().toUpperCase();
  if (word === 'OK' || (context.dials && /^CONNECT(?:$|[\s:])/.test(word))) return { ok: true, text: line };
  if (context.numeric && word === '0') return { ok: true, text: line };
  const coded = /^\+CM([ES]) ERROR:\s*(.*)$/i.exec(line.trim());
  if (coded !== null) {
    const kind = coded[1]?.toUpperCase() === 'S' ? 'CMS' : 'CME';
    return { ok: false, error: { kind, code: codeOf(kind, coded[2] ?? ''), text: line } };
  }
  const kind =
    errorWords[word] ??
    (context.dials ? callWords[word] : undefined) ??
    (context.numeric ? numericErrors[word] : undefined) ??
    (/^(?:MODEM|\+EXT) ERROR:\s*\d+$/.test(word) ? 'UNSUPPORTED' : undefined);
  return kind === undefined ? null : { ok: false, error: { kind, code: null, text: line } };
}

/** Whether the line is a final result code in whatever context, the words about calls apart. */
export function isFinalWord(line: string): boolean {
  return readFinalResult(line, { dials: false, numeric: false }) !== null;
}

/** Whether the line tells of a call that ended. */
export function isCallWord(line: string): boolean {
  return Object.hasOwn(callWords, line.trim().toUpperCase());
}

function codeOf(kind: 'CME' | 'CMS', text: string): number | null {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  const wanted = text.trim().toLowerCase();
  for (const [code, known] of Object.entries(kind === 'CME' ? cmeTexts : cmsTexts)) {
    if (known.toLowerCase() === wanted) return Number(code);
  }
  return null;
}

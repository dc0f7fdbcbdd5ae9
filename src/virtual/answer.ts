import type { Work } from './profile.ts';

/** How a command ends: V.250 §5.7.1, TS 27.005 §3.2.5, TS 27.007 §9.2. */
export type FinalCode =
  | 'OK'
  | 'ERROR'
  | 'NO CARRIER'
  | 'BUSY'
  | 'NO ANSWER'
  | 'CONNECT'
  | { readonly cme: number }
  | { readonly cms: number };

/** What a command does: it is answered, it opens the prompt, or it waits for something. */
export type Reply = Answer | Prompt | Pending;

export interface Answer {
  readonly kind: 'answer';
  readonly final: FinalCode;
  readonly lines: readonly string[];
  readonly work: Work;
  /** Happens when the final result code has been written. */
  readonly afterwards?: () => void;
}

export interface Prompt {
  readonly kind: 'prompt';
  /** Takes what was typed before Ctrl-Z. */
  readonly enter: (typed: string) => Reply;
}

export interface Pending {
  readonly kind: 'pending';
  /** What a person would call it. */
  readonly what: string;
  /** After so many ms without an end, a program may give up without being blamed. */
  readonly patienceMs: number;
  /** Begins; ends by calling `settle` once, or never. @returns what a character from the program does: V.250 §5.6.1. */
  readonly begin: (settle: (answer: Answer) => void) => () => void;
}

export const ok = (lines: string | readonly string[] = [], work: Work = 'quick'): Answer => ({
  kind: 'answer',
  final: 'OK',
  lines: typeof lines === 'string' ? [lines] : lines,
  work,
});

export const fail = (final: FinalCode, work: Work = 'quick'): Answer => ({ kind: 'answer', final, lines: [], work });
export const error: Answer = fail('ERROR');
/** Invalid values: TS 27.007 §9.2. */
export const invalid: Answer = fail({ cme: 50 });

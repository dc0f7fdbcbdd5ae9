import type { EvidenceReason } from './evidence.ts';
import { readText } from './reading.ts';
import { findValidity } from './validity.ts';
import { findWebOtp } from './web-otp.ts';
import { explain, type Weighed, weigh } from './weigh.ts';

/** How sure it is that a number is a one-time code. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** A one-time code found in a text. */
export interface FoundCode {
  /** As one types it: without blanks and dashes that only group, and without a prefix that the page shows already. */
  readonly code: string;
  /** As it stands in the text, at `start` up to but without `end` (UTF-16 units). */
  readonly shown: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: Confidence;
  /** The same as a number above 0 and up to 1. */
  readonly score: number;
  /** Stable; programs may compare it. */
  readonly reason: EvidenceReason;
  /** The reason as a sentence. */
  readonly why: string;
  /** The site that the text names in the form for browsers. */
  readonly domain?: string;
  /** How long the text says that the code is valid, in milliseconds. */
  readonly validForMs?: number;
}

/** A stretch of the text that has the form of a code, taken for one or not. */
export interface CodeCandidate {
  readonly code: string;
  readonly shown: string;
  readonly start: number;
  readonly end: number;
  /** From 0, which is no code, to 1. */
  readonly score: number;
  /** Why it is taken for a code, or the id of what disqualifies it. */
  readonly reason: string;
  readonly why: string;
}

/** Below `possible` a number is no code. */
const thresholds = { possible: 0.45, likely: 0.65, certain: 0.85 } as const;

function confidenceOf(score: number): Confidence {
  if (score >= thresholds.certain) return 'certain';
  return score >= thresholds.likely ? 'likely' : 'possible';
}

/**
 * Everything in the text that has the form of a code, the likeliest first, each with why it is taken for one or why
 * not. Takes time in proportion to the length of the text and never throws.
 */
export function findCodes(text: string, about: { readonly sender: string }): readonly CodeCandidate[] {
  const reading = readText(text, about.sender);
  return weigh(reading, findValidity(reading))
    .map(({ candidate: { code, start, end }, score, reason, why }) => {
      return { code, shown: text.slice(start, end), start, end, score, reason, why };
    })
    .toSorted((one, other) => other.score - one.score || one.start - other.start);
}

export type FindCode = typeof findCode;

/**
 * The one-time code in a text, or null where there is none. `sender` is the number or name that the text came from; it
 * is never taken for the code. Takes time in proportion to the length of the text and never throws.
 */
export function findCode(text: string, about: { readonly sender: string }): FoundCode | null {
  const reading = readText(text, about.sender);
  const validForMs = findValidity(reading);
  const valid = validForMs === undefined ? {} : { validForMs };
  const bound = findWebOtp(text);
  if (bound !== undefined) {
    const { code, domain, start, end } = bound;
    const certain = { confidence: 'certain', score: 1, reason: 'web-otp', why: explain('web-otp') } as const;
    return { code, shown: code, start, end, ...certain, domain, ...valid };
  }
  let best: Weighed | undefined;
  for (const one of weigh(reading, validForMs)) {
    if (one.score >= thresholds.possible && one.score > (best?.score ?? 0)) best = one;
  }
  if (best?.evidence === undefined) return null;
  const { score, evidence, why, candidate } = best;
  const { code, start, end } = candidate;
  const shown = text.slice(start, end);
  return { code, shown, start, end, confidence: confidenceOf(score), score, reason: evidence, why, ...valid };
}

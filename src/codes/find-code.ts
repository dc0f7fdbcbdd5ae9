import { type Candidate, findCandidates } from './candidates.ts';
import { disqualify } from './disqualifiers.ts';
import { type EvidenceReason, isAnnounced, isNamed, strongestEvidence } from './evidence.ts';
import { type Reading, readText } from './reading.ts';
import { findValidity } from './validity.ts';
import { findWebOtp } from './web-otp.ts';

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

/** Below this a number is no code, above the others it is likely and certain to be one. */
const thresholds = { possible: 0.45, likely: 0.65, certain: 0.85 } as const;

/** What the form of a candidate takes from its score. */
const formLoss: Readonly<Record<Candidate['form'], number>> = {
  digits: 0,
  grouped: 0,
  prefixed: 0,
  unsure: 0.12,
  mixed: 0.03,
  'small-mixed': 0.12,
  letters: 0.2,
};

/** Forms that are words or names more often than codes, and need a word for a code right beside them. */
const needsName: readonly Candidate['form'][] = ['unsure', 'small-mixed', 'letters'];

function confidenceOf(score: number): Confidence {
  if (score >= thresholds.certain) return 'certain';
  return score >= thresholds.likely ? 'likely' : 'possible';
}

function whyOf(reason: EvidenceReason, wording = ''): string {
  const words = `"${wording}"`;
  switch (reason) {
    case 'web-otp':
      return 'The text names it in the form that browsers read.';
    case 'letter-prefix':
      return 'It has the form of a code with a letter in front.';
    case 'right-after-wording':
      return `It stands right after ${words}.`;
    case 'right-before-wording':
      return `It stands right before ${words}.`;
    case 'after-wording':
      return `It comes after ${words} in the same sentence.`;
    case 'before-wording':
      return `It comes before ${words} in the same sentence.`;
    case 'other-sentence':
      return `It stands in the sentence next to ${words}.`;
    case 'asked-to-type':
      return `The text asks to type it by ${words}.`;
    case 'nothing-else':
      return 'The text holds nothing else.';
  }
}

/** A text that is one number, with at most the name of the sender. */
function standsAlone(reading: Reading, candidate: Candidate): boolean {
  const { folded, sender } = reading;
  const rest = folded.slice(0, candidate.start) + folded.slice(candidate.end);
  const bare = rest.replace(/[\s:.\-[\]()<>]/g, '');
  return /^\d{4,8}$/.test(candidate.code) && (bare === '' || bare === sender.replace(/[\s:.\-[\]()<>]/g, ''));
}

/** What all the wordings together say of a message: those of codes come with a purpose, a warning or a time. */
function support(reading: Reading, validForMs: number | undefined): number {
  const { purposes, warnings, sure } = reading.marks;
  const gain =
    (purposes.length > 0 ? 0.05 : 0) +
    (warnings.length > 0 ? 0.05 : 0) +
    (validForMs === undefined ? 0 : 0.05) +
    (sure.length > 0 ? 0.03 : 0);
  return Math.min(gain, 0.1);
}

interface Weighed extends CodeCandidate {
  readonly evidence?: EvidenceReason;
}

function weigh(reading: Reading, validForMs: number | undefined): readonly Weighed[] {
  const { folded, text } = reading;
  const candidates = findCandidates(text, folded);
  const judged = candidates.map((candidate) => ({
    candidate,
    refused: disqualify({
      reading,
      candidate,
      before: folded.slice(Math.max(0, candidate.start - 40), candidate.start),
      after: folded.slice(candidate.end, candidate.end + 40),
      named: isNamed(reading, candidate),
      announced: isAnnounced(reading, candidate),
    }),
  }));
  const survivors = judged.filter(({ refused }) => refused === undefined).map(({ candidate }) => candidate);
  const more = support(reading, validForMs);
  return judged.map(({ candidate, refused }) => {
    const { code, start, end, form } = candidate;
    const place = { code, start, end, shown: text.slice(start, end) };
    if (refused !== undefined) return { ...place, score: 0, reason: refused.id, why: refused.why };
    const found = strongestEvidence(reading, candidate, survivors);
    const score = (points: number) => Math.max(0, Math.min(1, points));
    if (form === 'prefixed' && found.score < 0.9 && /^[gG]|^[fF][bB]/.test(place.shown))
      return {
        ...place,
        score: found.score > 0 ? 0.95 : 0.6,
        reason: 'letter-prefix',
        evidence: 'letter-prefix',
        why: whyOf('letter-prefix'),
      };
    if (found.mark === undefined) {
      if (!standsAlone(reading, candidate))
        return { ...place, score: 0, reason: 'no-wording', why: 'No word for a code is near.' };
      return { ...place, score: 0.5, reason: 'nothing-else', evidence: 'nothing-else', why: whyOf('nothing-else') };
    }
    const named = found.reason.startsWith('right-');
    const lost = formLoss[form] + (code.length > 8 && form !== 'mixed' ? 0.1 : 0);
    const points = needsName.includes(form) && !named ? 0 : found.score - lost + more;
    const words = text.slice(found.mark.start, found.mark.end);
    return {
      ...place,
      score: score(points),
      reason: found.reason,
      evidence: found.reason,
      why: whyOf(found.reason, words),
    };
  });
}

/**
 * Everything in the text that has the form of a code, the likeliest first, each with why it is taken for one or why
 * not. Takes time in proportion to the length of the text and never throws.
 */
export function findCodes(text: string, about: { readonly sender: string }): readonly CodeCandidate[] {
  const reading = readText(text, about.sender);
  return weigh(reading, findValidity(reading))
    .map(({ evidence: _, ...candidate }) => candidate)
    .toSorted((one, other) => other.score - one.score || one.start - other.start);
}

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
    const why = whyOf('web-otp');
    return { code, shown: code, start, end, confidence: 'certain', score: 1, reason: 'web-otp', why, domain, ...valid };
  }
  let best: Weighed | undefined;
  for (const candidate of weigh(reading, validForMs)) {
    if (candidate.score >= thresholds.possible && candidate.score > (best?.score ?? 0)) best = candidate;
  }
  if (best?.evidence === undefined) return null;
  const { code, shown, start, end, score, why, evidence } = best;
  return { code, shown, start, end, confidence: confidenceOf(score), score, reason: evidence, why, ...valid };
}

import type { Candidate } from './candidates.ts';
import { announces, partingWords } from './link-words.ts';
import { countEndedBefore, type Mark } from './marks.ts';
import type { Reading } from './reading.ts';

/** Why a number is taken for a code. */
export type EvidenceReason =
  | 'web-otp'
  | 'letter-prefix'
  | 'right-after-wording'
  | 'right-before-wording'
  | 'after-wording'
  | 'before-wording'
  | 'other-sentence'
  | 'asked-to-type'
  | 'nothing-else';

/** How strongly a wording speaks for a number, from 0 to 1. */
export interface Evidence {
  readonly score: number;
  readonly reason: EvidenceReason;
  readonly mark?: Mark;
}

/** A wording for a code with how much it says by itself. */
interface Noun {
  readonly mark: Mark;
  readonly kind: 'sure' | 'plain' | 'act';
}

const nothing: Evidence = { score: 0, reason: 'nothing-else' };

/** Points by kind of noun: right beside the number, in its sentence, in another sentence. */
const points = {
  sure: { beside: 0.92, sentence: 0.78, other: 0.5 },
  plain: { beside: 0.8, sentence: 0.64, other: 0.42 },
  act: { beside: 0.62, sentence: 0.36, other: 0 },
} as const;

const farthest = 160;
const lossPerCharacter = 0.003;
const lossPerRival = 0.2;

/** The nouns next to `candidate` on both sides: those farther away have another number nearer. */
function nounsNear(reading: Reading, candidate: Candidate): readonly Noun[] {
  const near = (marks: readonly Mark[], kind: Noun['kind']) => {
    const count = countEndedBefore(marks, candidate.start);
    return marks.slice(Math.max(0, count - 3), count + 3).map((mark) => ({ mark, kind }));
  };
  const { sure, plain, acts } = reading.marks;
  return [...near(sure, 'sure'), ...near(plain, 'plain'), ...near(acts, 'act')].filter(
    ({ mark }) => mark.end <= candidate.start || mark.start >= candidate.end,
  );
}

/** Whether a warning stands before the noun in its sentence: "never share your code". */
function isWarned(reading: Reading, noun: Mark): boolean {
  const { warnings } = reading.marks;
  const warning = warnings[countEndedBefore(warnings, noun.end + 1) - 1];
  const after = warnings[countEndedBefore(warnings, noun.start)];
  const before =
    warning !== undefined &&
    noun.start - warning.end < 60 &&
    reading.sentenceOf(warning.start) === reading.sentenceOf(noun.start);
  const behind =
    after !== undefined &&
    after.start >= noun.start &&
    after.start - noun.end < 4 &&
    reading.sentenceOf(after.start) === reading.sentenceOf(noun.end);
  return before || behind;
}

/** What a noun says for a number that comes after it. */
function fromBefore(reading: Reading, noun: Noun, candidate: Candidate, rivals: number): Evidence {
  const gap = reading.folded.slice(noun.mark.end, candidate.start);
  if (gap.length > farthest) return nothing;
  const parting = partingWords(gap);
  const sentences = reading.sentenceOf(candidate.start) - reading.sentenceOf(noun.mark.end);
  const endsSentence = sentences > 0 && !/^[\s:.\-=>]*$/.test(gap) && !/:\s*$/.test(gap);
  const own = points[noun.kind];
  const warned = noun.kind !== 'act' && isWarned(reading, noun.mark);
  if (!endsSentence && parting === 0 && rivals === 0 && gap.length < 60)
    return { score: own.beside - (warned ? 0.06 : 0), reason: 'right-after-wording', mark: noun.mark };
  if (!endsSentence && noun.kind !== 'act' && announces(gap) && rivals === 0 && !warned)
    return { score: own.beside - 0.04 - gap.length * 0.001, reason: 'right-after-wording', mark: noun.mark };
  const loss = gap.length * lossPerCharacter + rivals * lossPerRival;
  const factor = warned ? 0.3 : 1;
  if (!endsSentence) return { score: (own.sentence - loss) * factor, reason: 'after-wording', mark: noun.mark };
  return { score: (own.other - loss - 0.1 * (sentences - 1)) * factor, reason: 'other-sentence', mark: noun.mark };
}

/** What a noun says for a number that comes before it: "123456 is your code". */
function fromBehind(reading: Reading, noun: Noun, candidate: Candidate, rivals: number, taken: boolean): Evidence {
  const gap = reading.folded.slice(candidate.end, noun.mark.start);
  if (gap.length > farthest) return nothing;
  const parting = partingWords(gap);
  const sentences = reading.sentenceOf(noun.mark.start) - reading.sentenceOf(candidate.end);
  const own = points[noun.kind];
  const warned = isWarned(reading, noun.mark);
  const loss = gap.length * lossPerCharacter + rivals * lossPerRival + (taken ? 0.35 : 0);
  if (noun.kind === 'act') {
    const spaceless = /[\u3040-\u9fff\uac00-\ud7af]/.test(reading.folded.charAt(noun.mark.start));
    return spaceless && sentences === 0
      ? { score: own.beside - loss, reason: 'asked-to-type', mark: noun.mark }
      : nothing;
  }
  if (sentences === 0 && parting <= 3 && gap.length < 50 && rivals === 0 && !gap.includes(':') && !warned && !taken)
    return { score: own.beside - parting * 0.03, reason: 'right-before-wording', mark: noun.mark };
  const factor = warned ? 0.7 : 1;
  if (sentences === 0) return { score: (own.sentence - loss) * factor, reason: 'before-wording', mark: noun.mark };
  return { score: (own.other - loss - 0.1 * (sentences - 1)) * factor, reason: 'other-sentence', mark: noun.mark };
}

/** Where the numbers that may be codes stand, in order; those disqualified are not among them. */
function rivalsBetween(starts: readonly number[], from: number, to: number): number {
  let count = 0;
  for (const start of starts) if (start >= from && start < to) count += 1;
  return count;
}

/** Whether a word for a code stands right beside the candidate, whatever else is said. */
export function isNamed(reading: Reading, candidate: Candidate): boolean {
  return nounsNear(reading, candidate).some((noun) => {
    if (noun.kind === 'act') return false;
    const evidence =
      noun.mark.end <= candidate.start
        ? fromBefore(reading, noun, candidate, 0)
        : fromBehind(reading, noun, candidate, 0, false);
    return evidence.reason.startsWith('right-');
  });
}

/** Whether a full wording announces the candidate with nothing but words of its own clause between. */
export function isAnnounced(reading: Reading, candidate: Candidate): boolean {
  return nounsNear(reading, candidate).some(({ mark, kind }) => {
    if (kind !== 'sure' || mark.end > candidate.start || candidate.start - mark.end > 60) return false;
    const gap = reading.folded.slice(mark.end, candidate.start);
    return !/[\d,.;!?*\n]/.test(gap) && announces(gap);
  });
}

/** Whether a number of the list stands right after the noun and so is what it speaks of. */
function isTaken(reading: Reading, noun: Noun, survivors: readonly Candidate[], candidate: Candidate): boolean {
  const next = survivors.find((other) => other.start >= noun.mark.end);
  if (next === undefined || next === candidate || next.start - noun.mark.end > 60) return false;
  return fromBefore(reading, noun, next, 0).reason === 'right-after-wording';
}

/** The strongest word for a candidate. `survivors` are the candidates that nothing disqualifies, in order. */
export function strongestEvidence(reading: Reading, candidate: Candidate, survivors: readonly Candidate[]): Evidence {
  const starts = survivors.filter((other) => other.end <= candidate.start || other.start >= candidate.end);
  const near = starts.filter((other) => Math.abs(other.start - candidate.start) <= farthest + 60);
  const places = near.map((other) => other.start);
  let best = nothing;
  for (const noun of nounsNear(reading, candidate)) {
    const evidence =
      noun.mark.end <= candidate.start
        ? fromBefore(reading, noun, candidate, rivalsBetween(places, noun.mark.end, candidate.start))
        : fromBehind(
            reading,
            noun,
            candidate,
            rivalsBetween(places, candidate.end, noun.mark.start),
            isTaken(reading, noun, near, candidate),
          );
    const weighed = { ...evidence, score: evidence.score * weightOf(reading, noun) };
    if (weighed.score > best.score) best = weighed;
  }
  return best;
}

/** In advertising a mere "code" is one of the shop. */
function weightOf(reading: Reading, noun: Noun): number {
  const { sure, promos, sales, purposes, warnings } = reading.marks;
  if (noun.kind === 'sure') return 1;
  if (promos.length > 0 && sure.length === 0) return 0;
  if (noun.kind === 'act') return sales.length > 0 || purposes.length === 0 ? 0.3 : 1;
  if (sales.length === 0) return 1;
  return purposes.length > 0 || warnings.length > 0 ? 0.9 : 0.4;
}

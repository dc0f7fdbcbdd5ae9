import type { Candidate } from './candidates.ts';
import { announces, namesMeans, partingWords } from './link-words.ts';
import { countEndedBefore, type Mark } from './marks.ts';
import { countUpTo } from './ordered.ts';
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
  readonly kind: 'sure' | 'plain' | 'act' | 'login';
}

const nothing: Evidence = { score: 0, reason: 'nothing-else' };

/** Points by kind of noun: right beside the number, in its sentence, in another sentence. */
const points = {
  sure: { beside: 0.92, sentence: 0.78, other: 0.5 },
  plain: { beside: 0.8, sentence: 0.64, other: 0.42 },
  act: { beside: 0.62, sentence: 0.36, other: 0 },
  login: { beside: 0.58, sentence: 0.3, other: 0 },
} as const;

const farthest = 160;
const lossPerCharacter = 0.003;
const lossPerRival = 0.2;

/** The nouns next to `candidate` on both sides: those farther away have another number nearer. */
function nounsNear(reading: Reading, candidate: Candidate): readonly Noun[] {
  const near = (marks: readonly Mark[], kind: Noun['kind']) => {
    const count = countEndedBefore(marks, candidate.start);
    return marks.slice(Math.max(0, count - 2), count + 2).map((mark) => ({ mark, kind }));
  };
  const { sure, plain, acts, logins } = reading.marks;
  const nouns = [...near(sure, 'sure'), ...near(plain, 'plain'), ...near(acts, 'act'), ...near(logins, 'login')];
  return nouns.filter(({ mark }) => mark.end <= candidate.start || mark.start >= candidate.end);
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

const rightAfter = (noun: Noun) => (noun.kind === 'act' ? 'asked-to-type' : 'right-after-wording');

/** What a noun says for a number that comes after it. */
function fromBefore(reading: Reading, noun: Noun, candidate: Candidate, rivals: number): Evidence {
  const gap = reading.folded.slice(noun.mark.end, candidate.start);
  if (gap.length > farthest) return nothing;
  const parting = rivals === 0 ? partingWords(gap) : Number.POSITIVE_INFINITY;
  const sentences = reading.sentenceOf(candidate.start) - reading.sentenceOf(noun.mark.end);
  const endsSentence = sentences > 0 && !/^[\s:.\-=>]*$/.test(gap) && !/:\s*$/.test(gap);
  const own = points[noun.kind];
  const named = noun.kind === 'sure' || noun.kind === 'plain';
  const warned = named && isWarned(reading, noun.mark);
  if (!endsSentence && parting === 0 && rivals === 0 && gap.length < 60)
    return { score: own.beside - (warned ? 0.06 : 0), reason: rightAfter(noun), mark: noun.mark };
  if (!endsSentence && announces(gap) && rivals === 0 && (named ? !warned : parting <= 2))
    return { score: own.beside - 0.04 - gap.length * 0.001, reason: rightAfter(noun), mark: noun.mark };
  if (!endsSentence && !named && rivals === 0 && parting <= 3 && namesMeans(gap))
    return { score: own.beside - 0.06, reason: rightAfter(noun), mark: noun.mark };
  // "Share this code with nobody: 123456" both warns and names.
  if (!endsSentence && warned && rivals === 0 && /:\s*$/.test(gap))
    return { score: own.beside - 0.2, reason: 'after-wording', mark: noun.mark };
  const loss = gap.length * lossPerCharacter + rivals * lossPerRival;
  const factor = warned ? 0.3 : 1;
  if (!endsSentence) return { score: (own.sentence - loss) * factor, reason: 'after-wording', mark: noun.mark };
  return { score: (own.other - loss - 0.1 * (sentences - 1)) * factor, reason: 'other-sentence', mark: noun.mark };
}

/** What a noun says for a number that comes before it: "123456 is your code". */
function fromBehind(reading: Reading, noun: Noun, candidate: Candidate, rivals: number, taken: boolean): Evidence {
  const gap = reading.folded.slice(candidate.end, noun.mark.start);
  if (gap.length > farthest) return nothing;
  const parting = rivals === 0 ? partingWords(gap) : Number.POSITIVE_INFINITY;
  const sentences = reading.sentenceOf(noun.mark.start) - reading.sentenceOf(candidate.end);
  const own = points[noun.kind];
  const warned = isWarned(reading, noun.mark);
  const loss = gap.length * lossPerCharacter + rivals * lossPerRival + (taken ? 0.35 : 0);
  // In many languages the verb comes last: "310274 giriniz".
  if (noun.kind === 'act' || noun.kind === 'login') {
    const near = sentences === 0 && rivals === 0 && !taken && parting <= (noun.kind === 'act' ? 0 : 1);
    if (!near || gap.length > 24 || gap.includes(':')) return nothing;
    return { score: own.beside - 0.02, reason: 'asked-to-type', mark: noun.mark };
  }
  if (sentences === 0 && parting <= 3 && gap.length < 50 && rivals === 0 && !gap.includes(':') && !warned && !taken)
    return { score: own.beside - parting * 0.03, reason: 'right-before-wording', mark: noun.mark };
  // "123456. Your code": the number is all of the sentence before.
  if (sentences === 1 && parting <= 1 && gap.length < 30 && rivals === 0 && !warned && !taken)
    return { score: own.beside - 0.18, reason: 'other-sentence', mark: noun.mark };
  const factor = warned ? 0.7 : 1;
  if (sentences === 0) return { score: (own.sentence - loss) * factor, reason: 'before-wording', mark: noun.mark };
  return { score: (own.other - loss - 0.1 * (sentences - 1)) * factor, reason: 'other-sentence', mark: noun.mark };
}

/** How many of the candidates, which are in order, start before `place`. */
function startedBefore(survivors: readonly Candidate[], place: number): number {
  return countUpTo(survivors.length, (index) => survivors[index]?.start ?? 0, place - 1);
}

/** Whether a word for a code stands right beside the candidate, whatever else is said. */
export function isNamed(reading: Reading, candidate: Candidate): boolean {
  return nounsNear(reading, candidate).some((noun) => {
    if (noun.kind === 'act' || noun.kind === 'login') return false;
    const gap = reading.folded.slice(
      Math.min(noun.mark.end, candidate.end),
      Math.max(noun.mark.start, candidate.start),
    );
    if (gap.length > farthest || /\d/.test(gap)) return false;
    const evidence =
      noun.mark.end <= candidate.start
        ? fromBefore(reading, noun, candidate, 0)
        : fromBehind(reading, noun, candidate, 0, false);
    return evidence.reason.startsWith('right-');
  });
}

/**
 * Whether a wording announces the candidate with nothing but words of its own clause between. A mere "code" must say
 * what it is for, or it is that of an order or a contract.
 */
export function isAnnounced(reading: Reading, candidate: Candidate): boolean {
  const { purposes } = reading.marks;
  return nounsNear(reading, candidate).some(({ mark, kind }) => {
    if ((kind !== 'sure' && kind !== 'plain') || mark.end > candidate.start || candidate.start - mark.end > 60)
      return false;
    const gap = reading.folded.slice(mark.end, candidate.start);
    if (/[\d,.;!?*\n]/.test(gap) || !announces(gap)) return false;
    const purpose = purposes[countEndedBefore(purposes, candidate.start) - 1];
    return kind === 'sure' || (purpose !== undefined && purpose.start >= mark.end);
  });
}

/** Whether another number of the list stands right after the noun and so is what it speaks of. */
function isTaken(reading: Reading, noun: Noun, survivors: readonly Candidate[]): boolean {
  const next = survivors[startedBefore(survivors, noun.mark.end)];
  if (next === undefined || next.start - noun.mark.end > 60) return false;
  return fromBefore(reading, noun, next, 0).reason === 'right-after-wording';
}

/** The strongest word for a candidate. `survivors` are the candidates that nothing disqualifies, in order. */
export function strongestEvidence(reading: Reading, candidate: Candidate, survivors: readonly Candidate[]): Evidence {
  const between = (from: number, to: number) => startedBefore(survivors, to) - startedBefore(survivors, from);
  let best = nothing;
  for (const noun of nounsNear(reading, candidate)) {
    const { start, end } = noun.mark;
    const evidence =
      end <= candidate.start
        ? fromBefore(reading, noun, candidate, between(end, candidate.start))
        : fromBehind(reading, noun, candidate, between(candidate.end, start), isTaken(reading, noun, survivors));
    const weighed = { ...evidence, score: evidence.score * weightOf(reading, noun, candidate) };
    if (weighed.score > best.score) best = weighed;
  }
  return best;
}

/** Shops like letters and years in their codes. */
const isPlainNumber = ({ code }: Candidate) => /^\d+$/.test(code) && !/^20\d\d$/.test(code);

/** In advertising a mere "code" is one of the shop, and what is to be typed is too. */
function weightOf(reading: Reading, noun: Noun, candidate: Candidate): number {
  const { sure, promos, sales, purposes, warnings } = reading.marks;
  if (noun.kind === 'sure') return 1;
  if (promos.length > 0 && sure.length === 0) return 0;
  const selling = sales.length > 0 || reading.hasDiscount;
  if (noun.kind === 'login') return selling ? 0.3 : 1;
  if (noun.kind === 'act' && selling) return 0.3;
  if (noun.kind === 'act') return purposes.length === 0 ? 0.75 : 1;
  if (!selling) return 1;
  return purposes.length > 0 || warnings.length > 0 ? 0.9 : isPlainNumber(candidate) ? 0.7 : 0.4;
}

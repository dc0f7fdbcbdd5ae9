import { type Candidate, findCandidates } from './candidates.ts';
import { type Disqualifier, disqualify } from './disqualifiers.ts';
import { type EvidenceReason, isAnnounced, isNamed, strongestEvidence } from './evidence.ts';
import type { Reading } from './reading.ts';

/** Why a stretch that has the form of a code was weighed as it was. */
export interface Weighed {
  readonly candidate: Candidate;
  /** From 0, which is no code, to 1. */
  readonly score: number;
  /** What speaks for it, where something does. */
  readonly evidence?: EvidenceReason;
  /** The id of the evidence, of the disqualifier, or `no-wording`. */
  readonly reason: string;
  readonly why: string;
}

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

/** Prefixes that well-known senders put before their codes; with one, no word for a code is needed. */
const knownPrefix = /^(?:g|fb)-/i;

/** Codes of more digits are rare. */
const usualDigits = 8;
const loneScore = 0.5;
const prefixedScore = 0.95;

/** The reason as a sentence; `wording` is the word for a code that it rests on. */
export function explain(reason: EvidenceReason, wording = ''): string {
  switch (reason) {
    case 'web-otp':
      return 'The text names it in the form that browsers read.';
    case 'letter-prefix':
      return 'It has the form of a code with a letter in front.';
    case 'right-after-wording':
      return `It stands right after "${wording}".`;
    case 'right-before-wording':
      return `It stands right before "${wording}".`;
    case 'after-wording':
      return `It comes after "${wording}" in the same sentence.`;
    case 'before-wording':
      return `It comes before "${wording}" in the same sentence.`;
    case 'other-sentence':
      return `It stands in the sentence next to "${wording}".`;
    case 'asked-to-type':
      return `The text asks to type it by "${wording}".`;
    case 'nothing-else':
      return 'The text holds nothing else.';
  }
}

/** A text that is one number with at most the name of the sender, or those two and how long it is valid. */
function standsAlone(reading: Reading, candidate: Candidate, valid: boolean): boolean {
  const bare = (part: string) => part.replace(/[\s:.\-[\]()<>]/g, '');
  const { folded, sender } = reading;
  const before = bare(folded.slice(0, candidate.start));
  const after = bare(folded.slice(candidate.end));
  if (!/^\d{4,8}$/.test(candidate.code)) return false;
  if (valid) return before === bare(sender);
  return before + after === '' || before + after === bare(sender);
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

interface Judged {
  readonly candidate: Candidate;
  readonly named: boolean;
  readonly refused: Disqualifier | undefined;
}

function judge(reading: Reading, candidate: Candidate): Judged {
  const { folded } = reading;
  const named = isNamed(reading, candidate);
  const refused = disqualify({
    reading,
    candidate,
    named,
    announced: isAnnounced(reading, candidate),
    before: folded.slice(Math.max(0, candidate.start - 40), candidate.start),
    after: folded.slice(candidate.end, candidate.end + 40),
  });
  return { candidate, named, refused };
}

function weighOne(
  reading: Reading,
  judged: Judged,
  survivors: readonly Candidate[],
  validForMs: number | undefined,
): Weighed {
  const { candidate, named, refused } = judged;
  const { form, code, start } = candidate;
  if (refused !== undefined) return { candidate, score: 0, reason: refused.id, why: refused.why };
  const taken = (evidence: EvidenceReason, score: number, wording?: string): Weighed => {
    const bounded = Math.max(0, Math.min(1, score));
    return { candidate, score: bounded, evidence, reason: evidence, why: explain(evidence, wording) };
  };
  const { mark, reason, score } = strongestEvidence(reading, candidate, survivors);
  if (form === 'prefixed' && knownPrefix.test(reading.folded.slice(start, start + 3)))
    return taken('letter-prefix', Math.max(prefixedScore, score));
  if (mark === undefined || (needsName.includes(form) && !named)) {
    if (standsAlone(reading, candidate, validForMs !== undefined)) return taken('nothing-else', loneScore);
    return { candidate, score: 0, reason: 'no-wording', why: 'No word for a code is near enough.' };
  }
  const long = form !== 'mixed' && code.length > usualDigits ? 0.1 : 0;
  return taken(
    reason,
    score - formLoss[form] - long + support(reading, validForMs),
    reading.text.slice(mark.start, mark.end),
  );
}

/** Everything in the text that has the form of a code, in order, each with how much speaks for it. */
export function weigh(reading: Reading, validForMs: number | undefined): readonly Weighed[] {
  const { text, folded } = reading;
  const wordings = [...reading.marks.sure, ...reading.marks.plain].toSorted((one, other) => one.start - other.start);
  const judged = findCandidates(text, folded, wordings).map((candidate) => judge(reading, candidate));
  const survivors = judged
    .filter(({ candidate, named, refused }) => refused === undefined && (named || !needsName.includes(candidate.form)))
    .map(({ candidate }) => candidate);
  return judged.map((one) => weighOne(reading, one, survivors, validForMs));
}

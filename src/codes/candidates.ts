import type { Mark } from './marks.ts';
import { tokenRun, tokensOf, type Token } from './tokens.ts';

/** A stretch of the text that has the form of a code; whether it is one is asked later. */
export interface Candidate {
  /** As one types it. */
  readonly code: string;
  readonly start: number;
  readonly end: number;
  /** `prefixed` is `G-123456`; `unsure` is a number in uneven groups, which may as well be two numbers. */
  readonly form: 'digits' | 'grouped' | 'unsure' | 'prefixed' | 'mixed' | 'small-mixed' | 'letters';
}

/** What stands at one token: the candidates in it, and how many tokens they use up. */
interface Finding {
  readonly candidates: readonly Candidate[];
  readonly used: number;
}

/** The place of the text that is looked at. */
interface Scan {
  readonly text: string;
  readonly folded: string;
  readonly tokens: readonly Token[];
  readonly index: number;
  readonly token: Token;
  /** True where the text has no small letters, so that capitals say nothing. */
  readonly shouting: boolean;
}

/** More groups than that are a telephone or a card. */
const mostGroups = 4;

const isNumber = (word: string) => /^\d+$/.test(word);
const isPiece = (word: string) => /^[a-z0-9]{2,5}$/.test(word);
const isLength = (word: string) => word.length >= 4 && word.length <= 10;
const joined = (run: readonly Token[]) => run.map((token) => token.word).join('');

function finding(run: readonly Token[], code: string, form: Candidate['form']): Finding {
  const candidate = { code, form, start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0 };
  return { candidates: [candidate], used: run.length };
}

/** "123-456". Two numbers that are too long together may be two things: an order and its part. */
function dashedDigits({ tokens, index, folded }: Scan): Finding | undefined {
  const run = tokenRun(tokens, index, folded, '-', isNumber);
  if (run.length < 2) return undefined;
  if (run.length <= mostGroups && isLength(joined(run))) return finding(run, joined(run), 'grouped');
  const parts = run.length === 2 ? run.filter((part) => isLength(part.word)) : [];
  return { candidates: parts.flatMap((part) => finding([part], part.word, 'digits').candidates), used: run.length };
}

/** "123 456", "90 21 44", "1 2 3 4": groups of one size. */
function spacedDigits({ tokens, index, folded }: Scan): Finding | undefined {
  const run = tokenRun(tokens, index, folded, ' ', isNumber);
  const code = joined(run);
  const size = run[0]?.word.length ?? 0;
  if (run.length < 2 || run.some((token) => token.word.length !== size)) return undefined;
  if (size === 1 ? code.length < 4 || code.length > 8 : run.length > mostGroups || size > 4 || code.length > 9)
    return undefined;
  return finding(run, code, 'grouped');
}

/** "7731 20." at the end of a clause; before a word the second number would be counting something. */
function unevenDigits({ tokens, index, folded }: Scan): Finding | undefined {
  const run = tokenRun(tokens, index, folded, ' ', isNumber);
  const end = run.at(-1)?.end ?? 0;
  if (run.length !== 2 || run.some((token) => token.word.length < 2 || token.word.length > 4)) return undefined;
  return /^(?:[.,!;)\n](?!\d)|$)/.test(folded.slice(end, end + 2)) ? finding(run, joined(run), 'unsure') : undefined;
}

/** `G-123456`: the letter is shown on the page already, what is typed comes after it. */
function prefixedDigits({ tokens, index, token, folded }: Scan): Finding | undefined {
  const next = tokens[index + 1];
  if (next === undefined || !/^(?:[a-z]|fb|ig)$/.test(token.word) || !/^\d{4,8}$/.test(next.word)) return undefined;
  if (next.start !== token.end + 1 || folded.charAt(token.end) !== '-') return undefined;
  return finding([token, next], next.word, 'prefixed');
}

/** `AB7-2XK`, `8f2k-99dq`: groups of letters and digits with dashes between. */
function dashedMixed({ tokens, index, folded, text }: Scan): Finding | undefined {
  const run = tokenRun(tokens, index, folded, '-', isPiece);
  const typed = joined(run);
  if (run.length < 2 || run.length > 3 || typed.length < 5 || typed.length > 12) return undefined;
  const shown = text.slice(run[0]?.start, run.at(-1)?.end).normalize('NFKC');
  if (/^[A-Z0-9-]+$/.test(shown)) return finding(run, typed.toUpperCase(), /\d/.test(typed) ? 'mixed' : 'letters');
  const small = run.every((token) => /\d/.test(token.word) && token.word.length > 2);
  return small && /^[a-z0-9-]+$/.test(shown) ? finding(run, typed, 'small-mixed') : undefined;
}

function single({ token, text, shouting }: Scan): Finding | undefined {
  if (!isLength(token.word)) return undefined;
  if (isNumber(token.word)) return finding([token], token.word, 'digits');
  const shown = text.slice(token.start, token.end).normalize('NFKC');
  const capitals = !/\p{Ll}/u.test(shown);
  if (/\d/.test(token.word)) return finding([token], shown, capitals ? 'mixed' : 'small-mixed');
  return !shouting && /^[A-Z]+$/.test(shown) ? finding([token], shown, 'letters') : undefined;
}

const readers = [dashedDigits, spacedDigits, unevenDigits, prefixedDigits, dashedMixed, single];

/**
 * Everything in the text that could be a code by its form, in order and without overlaps. `wordings` are the words for
 * codes in it: none of them is a code, and one may be written together with its code.
 */
export function findCandidates(text: string, folded: string, wordings: readonly Mark[]): readonly Candidate[] {
  const tokens = tokensOf(folded, wordings);
  const shouting = !/\p{Ll}/u.test(text);
  const found: Candidate[] = [];
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index];
    if (token === undefined) break;
    let used = 1;
    if (!token.isWording) {
      for (const reader of readers) {
        const finding = reader({ text, folded, tokens, index, token, shouting });
        if (finding === undefined) continue;
        found.push(...finding.candidates);
        used = finding.used;
        break;
      }
    }
    index += used;
  }
  return found;
}

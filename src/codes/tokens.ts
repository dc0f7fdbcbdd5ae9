import type { Mark } from './marks.ts';

/** A run of letters and digits of a folded text. */
export interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** Whether it is a word for a code, or part of one. */
  readonly isWording: boolean;
}

const tokenPattern = /[a-z0-9\u0400-\u04ff]+/g;

/** The tokens of a folded text, in order. A wording that is written together with a number is a token by itself: "otp123456". */
export function tokensOf(folded: string, wordings: readonly Mark[]): readonly Token[] {
  const tokens: Token[] = [];
  let next = 0;
  for (const match of folded.matchAll(tokenPattern)) {
    let start = match.index;
    const end = start + match[0].length;
    while ((wordings[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    const wording = wordings[next];
    if (wording !== undefined && wording.start <= start && wording.end > start) {
      const edge = Math.min(wording.end, end);
      tokens.push({ word: folded.slice(start, edge), start, end: edge, isWording: true });
      start = edge;
    }
    if (start < end) tokens.push({ word: folded.slice(start, end), start, end, isWording: false });
  }
  return tokens;
}

/**
 * The tokens from `first` on that `fits` and that one and the same separator holds together. It looks at no more of
 * them than a number that is far too long for a code has.
 */
export function tokenRun(
  tokens: readonly Token[],
  first: number,
  folded: string,
  separator: string,
  fits: (word: string) => boolean,
): readonly Token[] {
  const run: Token[] = [];
  for (const token of tokens.slice(first, first + 12)) {
    if (token.isWording || !fits(token.word)) break;
    const last = run.at(-1);
    if (last !== undefined && (token.start - last.end !== 1 || folded.charAt(last.end) !== separator)) break;
    run.push(token);
  }
  return run;
}

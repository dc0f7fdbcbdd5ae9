/** A stretch of the text that has the form of a code; whether it is one is asked later. */
export interface Candidate {
  /** As one types it. */
  readonly code: string;
  readonly start: number;
  readonly end: number;
  /** `prefixed` is `G-123456`; `unsure` is a number in uneven groups, which may as well be two numbers. */
  readonly form: 'digits' | 'grouped' | 'unsure' | 'prefixed' | 'mixed' | 'small-mixed' | 'letters';
}

interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const tokenPattern = /[a-z0-9\u0400-\u04ff]+/g;
const allDigits = /^\d+$/;

/** More groups than that are a telephone or a card. */
const mostGroups = 4;

function tokensOf(folded: string): readonly Token[] {
  return Array.from(folded.matchAll(tokenPattern), (match) => ({
    word: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The tokens from `first` on that one and the same separator holds together and that `fits`. */
function runFrom(
  tokens: readonly Token[],
  first: number,
  folded: string,
  separator: string,
  fits: (word: string) => boolean,
): readonly Token[] {
  const run: Token[] = [];
  for (let index = first; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || !fits(token.word)) break;
    const last = run.at(-1);
    if (last !== undefined && (token.start - last.end !== 1 || folded.charAt(last.end) !== separator)) break;
    run.push(token);
  }
  return run;
}

const joined = (run: readonly Token[]) => run.map((token) => token.word).join('');

function groupedByDash(run: readonly Token[]): boolean {
  const length = joined(run).length;
  return run.length >= 2 && run.length <= mostGroups && length >= 4 && length <= 10;
}

function groupedByBlank(run: readonly Token[]): boolean {
  const size = run[0]?.word.length ?? 0;
  const length = joined(run).length;
  const even = run.every((token) => token.word.length === size);
  if (size === 1) return even && length >= 4 && length <= 8;
  return even && run.length >= 2 && run.length <= mostGroups && size <= 4 && length <= 9;
}

/** "7731 20." at the end of a clause; before a word the second number would be counting something. */
function unevenPair(run: readonly Token[], folded: string): boolean {
  const [first, second] = run;
  if (run.length !== 2 || first === undefined || second === undefined) return false;
  const sizes = [first.word.length, second.word.length];
  return (
    sizes.every((size) => size >= 2 && size <= 4) &&
    /^(?:[.,!;)\n]|$)(?!\d)/.test(folded.slice(second.end, second.end + 2))
  );
}

/** One of these before a dash is shown on the page already; what is typed comes after it. */
const shownPrefix = /^(?:[a-z]|fb|ig)$/;

function mixedForm(shown: string): 'mixed' | 'small-mixed' {
  return /^[^\p{Ll}]+$/u.test(shown) ? 'mixed' : 'small-mixed';
}

/** Everything in the text that could be a code by its form, in order and without overlaps. */
export function findCandidates(text: string, folded: string): readonly Candidate[] {
  const tokens = tokensOf(folded);
  const found: Candidate[] = [];
  const shouting = !/\p{Ll}/u.test(text);
  const isNumber = (word: string) => allDigits.test(word);
  const isPiece = (word: string) => /^[a-z0-9]{2,5}$/.test(word);
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index];
    if (token === undefined) break;
    const add = (run: readonly Token[], code: string, form: Candidate['form']) =>
      found.push({ code, form, start: token.start, end: run.at(-1)?.end ?? token.end });
    const shown = text.slice(token.start, token.end);
    if (isNumber(token.word)) {
      const dashed = runFrom(tokens, index, folded, '-', isNumber);
      if (dashed.length > 1) {
        if (groupedByDash(dashed)) add(dashed, joined(dashed), 'grouped');
        else if (dashed.length === 2) {
          for (const part of dashed) {
            if (part.word.length >= 4 && part.word.length <= 10)
              found.push({ code: part.word, form: 'digits', start: part.start, end: part.end });
          }
        }
        index += dashed.length;
        continue;
      }
      const spaced = runFrom(tokens, index, folded, ' ', isNumber);
      if (groupedByBlank(spaced)) {
        add(spaced, joined(spaced), 'grouped');
        index += spaced.length;
        continue;
      }
      if (unevenPair(spaced, folded)) {
        add(spaced, joined(spaced), 'unsure');
        index += spaced.length;
        continue;
      }
      const plain = mixedNext(tokens, index, folded, text, isPiece);
      if (plain !== undefined) {
        add(plain, joined(plain).toUpperCase(), 'mixed');
        index += plain.length;
        continue;
      }
      if (token.word.length >= 4 && token.word.length <= 10) add([token], token.word, 'digits');
      index += 1;
      continue;
    }
    const next = tokens[index + 1];
    if (
      next !== undefined &&
      shownPrefix.test(token.word) &&
      next.start === token.end + 1 &&
      folded.charAt(token.end) === '-' &&
      /^\d{4,8}$/.test(next.word)
    ) {
      add([token, next], next.word, 'prefixed');
      index += 2;
      continue;
    }
    const pieces = mixedNext(tokens, index, folded, text, isPiece);
    if (pieces !== undefined) {
      const code = joined(pieces).toUpperCase();
      add(pieces, code, /\d/.test(code) ? 'mixed' : 'letters');
      index += pieces.length;
      continue;
    }
    if (token.word.length >= 4 && token.word.length <= 10) {
      if (/\d/.test(token.word)) add([token], latinCapitals(shown), mixedForm(shown));
      else if (!shouting && /^[A-Z]+$/.test(shown)) add([token], shown, 'letters');
    }
    index += 1;
  }
  return found;
}

/** Full-width letters are typed as plain ones. */
function latinCapitals(shown: string): string {
  return shown.normalize('NFKC');
}

/** `AB7-2XK`: groups of capitals and digits with dashes between. */
function mixedNext(
  tokens: readonly Token[],
  first: number,
  folded: string,
  text: string,
  isPiece: (word: string) => boolean,
): readonly Token[] | undefined {
  const run = runFrom(tokens, first, folded, '-', isPiece);
  const length = joined(run).length;
  if (run.length < 2 || run.length > 3 || length < 5 || length > 12) return undefined;
  const shown = text.slice(run[0]?.start, run.at(-1)?.end);
  return /^[A-Z0-9-]+$/.test(shown) && /[A-Z]/.test(shown) ? run : undefined;
}

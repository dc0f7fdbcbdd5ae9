import { foldText } from './folded-text.ts';
import { languages } from './languages/languages.ts';
import { countUpTo } from './ordered.ts';
import type { WordingRole } from './wording.ts';

/** A wording found in a text, from `start` up to but without `end`. */
export interface Mark {
  readonly start: number;
  readonly end: number;
}

/** The letters of languages with blanks between words, after folding. Plain ranges are many times quicker than scripts. */
const letter = 'a-z\u00df-\u024f\u0400-\u052f';
const hasSpacedLetter = new RegExp(`[${letter}]`);
const hasSpacelessLetter = /[\u0600-\u06ff\u3040-\u9fff\uac00-\ud7af]/;

const ending = `[${letter}]{0,15}`;

/** Endings and gaps have an upper bound: that keeps the search linear in whatever text comes. */
function phrasePattern(phrase: string): string {
  return foldText(phrase)
    .split(' ')
    .map((word) => {
      if (word === '*') return '[^\\s]{1,15}';
      const literal = word.replaceAll('*', '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      const front = word.startsWith('*') ? `[${letter}]{2,25}` : '';
      return `${front}${literal}${word.endsWith('*') ? ending : ''}`;
    })
    .join('[\\s-]{1,3}');
}

/** Longer wordings come first, so that "code postal" is not read as "code". */
function alternatives(phrases: readonly string[]): string {
  return phrases
    .toSorted((one, other) => other.length - one.length)
    .map(phrasePattern)
    .join('|');
}

interface Patterns {
  readonly spaced: RegExp;
  readonly spaceless: RegExp;
}

function pattern(role: WordingRole): Patterns {
  const phrases = (spaceless: boolean) =>
    languages.filter((wording) => (wording.spaceless ?? false) === spaceless).flatMap((wording) => wording[role]);
  return {
    spaced: new RegExp(`(?<![${letter}])(?:${alternatives(phrases(false))})(?![${letter}])`, 'g'),
    spaceless: new RegExp(alternatives(phrases(true)), 'g'),
  };
}

const patterns: Readonly<Record<WordingRole, Patterns>> = {
  sure: pattern('sure'),
  plain: pattern('plain'),
  acts: pattern('acts'),
  others: pattern('others'),
  promos: pattern('promos'),
  sales: pattern('sales'),
  purposes: pattern('purposes'),
  logins: pattern('logins'),
  warnings: pattern('warnings'),
  links: pattern('links'),
  sums: pattern('sums'),
  cards: pattern('cards'),
  papers: pattern('papers'),
  phones: pattern('phones'),
  replies: pattern('replies'),
  places: pattern('places'),
  dates: pattern('dates'),
  units: pattern('units'),
  valid: pattern('valid'),
  seconds: pattern('seconds'),
  minutes: pattern('minutes'),
  hours: pattern('hours'),
};

function marksOf(folded: string, search: RegExp): readonly Mark[] {
  return Array.from(folded.matchAll(search), (match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** All wordings of `role` in a folded text, in order of their ends and without overlaps. */
export function findMarks(folded: string, role: WordingRole): readonly Mark[] {
  const { spaced, spaceless } = patterns[role];
  const one = hasSpacedLetter.test(folded) ? marksOf(folded, spaced) : [];
  const other = hasSpacelessLetter.test(folded) ? marksOf(folded, spaceless) : [];
  if (one.length === 0 || other.length === 0) return one.length === 0 ? other : one;
  const both = [...one, ...other].toSorted((first, second) => first.start - second.start);
  return both.filter((mark, index) => mark.start >= (both[index - 1]?.end ?? 0));
}

/** How many of `marks`, which are in order, end at or before `place`. */
export function countEndedBefore(marks: readonly Mark[], place: number): number {
  return countUpTo(marks.length, (index) => marks[index]?.end ?? 0, place);
}

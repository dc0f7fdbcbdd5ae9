import { foldText } from './folded-text.ts';
import { languages } from './languages/languages.ts';
import { countUpTo } from './ordered.ts';
import type { WordingRole } from './wording.ts';

/** A wording found in a text, from `start` up to but without `end`. */
export interface Mark {
  readonly start: number;
  readonly end: number;
}

const letter = '\\p{Script=Latin}\\p{Script=Cyrillic}';

/** Endings and gaps have an upper bound: that keeps the search linear in whatever text comes. */
function phrasePattern(phrase: string): string {
  return foldText(phrase)
    .split(' ')
    .map((word) => {
      if (word === '*') return '[^\\s]{1,15}';
      const literal = word.replaceAll('*', '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      const front = word.startsWith('*') ? '\\p{L}{2,25}' : '';
      return `${front}${literal}${word.endsWith('*') ? '\\p{L}{0,15}' : ''}`;
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

function pattern(role: WordingRole): RegExp {
  const phrases = (spaceless: boolean) =>
    languages.filter((wording) => (wording.spaceless ?? false) === spaceless).flatMap((wording) => wording[role]);
  const spaced = alternatives(phrases(false));
  return new RegExp(`(?<![${letter}])(?:${spaced})(?![${letter}])|${alternatives(phrases(true))}`, 'gu');
}

const patterns: Readonly<Record<WordingRole, RegExp>> = {
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

/** All wordings of `role` in a folded text, in order and without overlaps. */
export function findMarks(folded: string, role: WordingRole): readonly Mark[] {
  return Array.from(folded.matchAll(patterns[role]), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** How many of `marks`, which are in order, end at or before `place`. */
export function countEndedBefore(marks: readonly Mark[], place: number): number {
  return countUpTo(marks.length, (index) => marks[index]?.end ?? 0, place);
}

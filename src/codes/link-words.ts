import { foldText } from './folded-text.ts';
import { languages } from './languages/languages.ts';

const words = new Set(languages.flatMap((wording) => wording.links.flatMap((link) => foldText(link).split(' '))));
const spaceless = languages
  .filter((wording) => wording.spaceless === true)
  .flatMap((wording) => wording.links.map(foldText))
  .toSorted((one, other) => other.length - one.length);

/** Verbs and marks after which the code itself must come. */
const announcements = new Set(
  [
    'is',
    'es',
    'est',
    'ist',
    'lautet',
    'e',
    'это',
    'це',
    'to',
    'jest',
    'brzmi',
    'sera',
    'luidt',
    'are',
    'как',
    'it',
    's',
  ].map(foldText),
);

function isLink(word: string): boolean {
  if (words.has(word)) return true;
  let rest = word;
  while (rest !== '' && rest.length <= 16) {
    const head = spaceless.find((link) => rest.startsWith(link));
    if (head === undefined) return false;
    rest = rest.slice(head.length);
  }
  return rest === '';
}

const wordsOf = (gap: string) => gap.match(/[\p{L}\p{N}]+/gu) ?? [];

/** How many words stand in a gap that part two things, those such as "is" and "your" not counted. */
export function partingWords(gap: string): number {
  return wordsOf(gap).filter((word) => !isLink(word)).length;
}

/** Whether a gap ends so that what comes next is what it speaks of: by a colon, or by "is". */
export function announces(gap: string): boolean {
  const trimmed = gap
    .trimEnd()
    .replace(/["'«“„([【「『]+$/u, '')
    .trimEnd();
  if (/[:=>]$| -$/.test(trimmed)) return true;
  if (/[是为為はは는은]$/u.test(trimmed)) return true;
  const last = wordsOf(trimmed).at(-1);
  return last !== undefined && trimmed.endsWith(last) && announcements.has(last);
}

const means = new Set(['with', 'using', 'by', 'mit', 'con', 'avec', 'com', 'met', 'через'].map(foldText));

/** Whether a gap ends in "with": what comes next is what to do it with. */
export function namesMeans(gap: string): boolean {
  return means.has(wordsOf(gap).at(-1) ?? '') && !gap.includes(',');
}

import { foldText } from './folded-text.ts';
import { findMarks, type Mark } from './marks.ts';
import { countUpTo } from './ordered.ts';
import { findLinks, findPhoneRuns, type Span } from './spans.ts';
import type { WordingRole } from './wording.ts';

/** A text as the search reads it: folded, with everything found in it that says what a number is. */
export interface Reading {
  readonly text: string;
  readonly folded: string;
  readonly sender: string;
  readonly marks: Readonly<Record<Exclude<WordingRole, 'links' | 'seconds' | 'minutes' | 'hours'>, readonly Mark[]>>;
  readonly urls: readonly Span[];
  readonly phones: readonly Span[];
  /** Whether a percentage or a sum with a minus stands in the text, as in advertising. */
  readonly hasDiscount: boolean;
  /** How many sentences end before the place in question. */
  readonly sentenceOf: (place: number) => number;
}

const sentenceEnds = /[.!?؟。！？…;；](?=[\s"»”)\]】」]|$)|[。！？；]|[.!?](?=[^\s\d.,!?])|\n/gu;

function readSentences(folded: string): (place: number) => number {
  const ends = Array.from(folded.matchAll(sentenceEnds), (match) => match.index);
  return (place) => countUpTo(ends.length, (index) => ends[index] ?? 0, place - 1);
}

/** Wordings that are part of a longer one of another kind: the "code" of "promo code". */
function without(marks: readonly Mark[], stronger: readonly (readonly Mark[])[]): readonly Mark[] {
  const taken = stronger.flat();
  if (taken.length === 0) return marks;
  const edges = taken.toSorted((one, other) => one.start - other.start);
  let next = 0;
  let reach: Mark = { start: -1, end: -1 };
  return marks.filter((mark) => {
    for (let edge = edges[next]; edge !== undefined && edge.start < mark.end; edge = edges[next]) {
      if (edge.end > reach.end) reach = edge;
      next += 1;
    }
    return reach.end <= mark.start;
  });
}

/** The part of each mark that is longer than those of `rivals` that it meets. */
function longerThan(marks: readonly Mark[], rivals: readonly Mark[]): readonly Mark[] {
  let next = 0;
  return marks.filter((mark) => {
    while ((rivals[next]?.end ?? Number.POSITIVE_INFINITY) <= mark.start) next += 1;
    const rival = rivals[next];
    return rival === undefined || rival.start >= mark.end || mark.end - mark.start > rival.end - rival.start;
  });
}

/** Reads a text once for all questions about it. Takes time in proportion to its length. */
export function readText(text: string, sender: string): Reading {
  const folded = foldText(text);
  const others = findMarks(folded, 'others');
  const promos = findMarks(folded, 'promos');
  const sure = longerThan(longerThan(findMarks(folded, 'sure'), others), promos);
  return {
    text,
    folded,
    sender: foldText(sender),
    marks: {
      sure,
      others,
      promos,
      plain: without(findMarks(folded, 'plain'), [sure, others, promos]),
      acts: findMarks(folded, 'acts'),
      sales: findMarks(folded, 'sales'),
      purposes: findMarks(folded, 'purposes'),
      logins: findMarks(folded, 'logins'),
      warnings: findMarks(folded, 'warnings'),
      sums: findMarks(folded, 'sums'),
      cards: findMarks(folded, 'cards'),
      papers: findMarks(folded, 'papers'),
      phones: findMarks(folded, 'phones'),
      replies: findMarks(folded, 'replies'),
      places: findMarks(folded, 'places'),
      dates: findMarks(folded, 'dates'),
      units: findMarks(folded, 'units'),
      valid: findMarks(folded, 'valid'),
    },
    urls: findLinks(folded),
    phones: findPhoneRuns(folded),
    hasDiscount: /\d ?[%٪]|(?<![a-z0-9])-[$£]?\d{1,4} ?[€$£₽₺]/.test(folded),
    sentenceOf: readSentences(folded),
  };
}

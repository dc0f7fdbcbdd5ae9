import { countUpTo } from './ordered.ts';

/** A stretch of a text, from `start` up to but without `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const links = /(?:https?:\/\/|www\.)[!-~]+|(?<![a-z0-9.-])[a-z0-9][a-z0-9.-]*\.[a-z]{2,12}(?![a-z0-9])(?:\/[!-~]*)?/g;
const mails = /(?<![a-z0-9_.+*-])[a-z0-9_.+*-]+@[a-z0-9.-]+/g;
const numberRuns = /\+?(?:\(\d+\)|\d+)(?:[ -]?(?:\(\d+\)|(?<!\d)\d+))*/g;

/** Links and e-mail addresses in a folded text. "482913.do" is the end of a sentence and no address. */
export function findLinks(folded: string): readonly Span[] {
  const spans: Span[] = [];
  for (const search of [links, mails]) {
    for (const match of folded.matchAll(search)) {
      if (/^\d+\.[a-z]+$/.test(match[0])) continue;
      spans.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  return spans.toSorted((one, other) => one.start - other.start);
}

/** Numbers of nine digits and more that are written in groups or with a plus, as telephones are. */
export function findPhoneRuns(folded: string): readonly Span[] {
  const spans: Span[] = [];
  for (const match of folded.matchAll(numberRuns)) {
    const digits = match[0].replace(/\D/g, '').length;
    const written = match[0].startsWith('+') || /\d[^\d]+\d/.test(match[0]);
    if (written && digits >= 9) spans.push({ start: match.index, end: match.index + match[0].length });
  }
  return spans;
}

/** The span that holds all of `start`…`end`, if there is one. */
export function spanAround(spans: readonly Span[], start: number, end: number): Span | undefined {
  const found = spans[countUpTo(spans.length, (index) => spans[index]?.start ?? 0, start) - 1];
  return found !== undefined && found.end >= end ? found : undefined;
}

import { type SeptetIndex, septetsOfUnit } from './gsm-text.ts';

/** How a text is measured: by septets of a pair of tables, or by UTF-16 units. */
export interface Measure {
  /** Null counts UTF-16 units. */
  readonly index: SeptetIndex | null;
  /** Septets or units that a message of one part has room for. */
  readonly single: number;
  /** Septets or units that each part of a set has room for. */
  readonly each: number;
}

/** One piece of a text and the septets or UTF-16 units that it takes. */
export interface Segment {
  readonly text: string;
  readonly units: number;
}

/**
 * Cuts a text into as few parts as hold it. An ESC pair and a surrogate pair are never torn; what a reader sees as one
 * character (a letter with its accents, an emoji of several, a flag) is only torn when keeping it whole would cost a part
 * more.
 */
export function segmentText(text: string, measure: Measure): Segment[] {
  const units = countUnits(text, measure.index);
  if (units <= measure.single) return [{ text, units }];
  const plain = cut(text, { ...measure, starts: null });
  if (!mayHaveClusters(text)) return plain;
  const whole = cut(text, { ...measure, starts: clusterStarts(text) });
  return whole.length > plain.length ? plain : whole;
}

/** Septets or UTF-16 units of a text whose characters the tables have. */
export function countUnits(text: string, index: SeptetIndex | null): number {
  if (index === null) return text.length;
  let count = 0;
  for (let at = 0; at < text.length; at += 1) count += septetsOfUnit(text.charCodeAt(at), index);
  return count;
}

interface Cutting extends Measure {
  /** Where a part may begin; null for everywhere. */
  readonly starts: ReadonlySet<number> | null;
}

function cut(text: string, cutting: Cutting): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  while (start < text.length) {
    const end = pieceEnd(text, start, cutting);
    const piece = text.slice(start, end);
    segments.push({ text: piece, units: countUnits(piece, cutting.index) });
    start = end;
  }
  return segments;
}

/** Where the piece that begins at `start` ends: as late as its room allows, at a character that may begin the next one. */
function pieceEnd(text: string, start: number, { index, each, starts }: Cutting): number {
  let end = start;
  let used = 0;
  while (end < text.length) {
    const size = index === null ? 1 : septetsOfUnit(text.charCodeAt(end), index);
    if (used + size > each) break;
    used += size;
    end += 1;
  }
  if (end === text.length) return end;
  const best = starts === null ? start : lastStart(starts, start, end);
  if (best > start) return best;
  return tearsPair(text, end) ? end - 1 : end;
}

/** The last start of a cluster up to `end`; `start` when the piece is within one cluster. */
function lastStart(starts: ReadonlySet<number>, start: number, end: number): number {
  let at = end;
  while (at > start && !starts.has(at)) at -= 1;
  return at;
}

function tearsPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** Characters of which a cluster may consist: marks, joiners, variation selectors, emoji with modifiers, flags, Hangul. */
const clusterSigns = /[\p{M}\p{Regional_Indicator}\u200d\u1100-\u11ff\u{e0020}-\u{e007f}]|\p{Emoji_Modifier}|\r\n/u;

/** Dividing into clusters is slow, and needless for most texts. */
function mayHaveClusters(text: string): boolean {
  return clusterSigns.test(text);
}

function clusterStarts(text: string): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const { index } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) starts.add(index);
  return starts;
}

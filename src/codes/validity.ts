import { countEndedBefore, findMarks, type Mark } from './marks.ts';
import type { Reading } from './reading.ts';
import type { WordingRole } from './wording.ts';

const units: readonly (readonly [WordingRole, number])[] = [
  ['seconds', 1_000],
  ['minutes', 60_000],
  ['hours', 3_600_000],
];

/** A code is not valid for longer than this; what lasts longer is an offer. */
const longestMs = 72 * 3_600_000;

/** The point of "15 min. valid" ends no sentence. */
function isOneSentence(reading: Reading, valid: Mark, unit: Mark): boolean {
  if (valid.start >= unit.end && valid.start - unit.end <= 2) return true;
  return reading.sentenceOf(valid.start) === reading.sentenceOf(unit.start);
}

/**
 * How long the code is valid, in milliseconds, when the text says so as a number of seconds, minutes or hours in a
 * sentence with a word such as "valid" or "expires". Undefined where it does not.
 */
export function findValidity(reading: Reading): number | undefined {
  const { folded, marks } = reading;
  for (const [role, unitMs] of units) {
    for (const unit of findMarks(folded, role)) {
      const written = /(\d{1,3})[ -]{0,2}$/.exec(folded.slice(Math.max(0, unit.start - 6), unit.start));
      if (written === null) continue;
      const head = folded.slice(Math.max(0, unit.start - 12), unit.start - written[0].length);
      if (/\d$|(?:^|\D)\d{1,2}[.,:]$/.test(head)) continue;
      const amount = Number(written[1]);
      const count = countEndedBefore(marks.valid, unit.end + 40);
      const near = marks.valid
        .slice(Math.max(0, count - 6), count)
        .some((mark) => isOneSentence(reading, mark, unit) && mark.start - unit.end < 40 && unit.start - mark.end < 60);
      const ms = amount * unitMs;
      if (near && ms > 0 && ms <= longestMs) return ms;
    }
  }
  return undefined;
}

import type { Candidate } from './candidates.ts';
import { countEndedBefore, type Mark } from './marks.ts';
import type { Reading } from './reading.ts';
import { spanAround } from './spans.ts';

/** A number and what stands around it, for the question whether it is something else than a code. */
export interface Place {
  readonly reading: Reading;
  readonly candidate: Candidate;
  /** Up to 40 folded characters before it, and after it. */
  readonly before: string;
  readonly after: string;
  /** Whether a word for a code stands right beside it. */
  readonly named: boolean;
  /** Whether a full wording announces it by a colon or "is", whatever word stands last: "verification code for the order: 1234". */
  readonly announced: boolean;
}

/** One reason for which a number is no code. */
export interface Disqualifier {
  /** Stable; programs may compare it. */
  readonly id: string;
  readonly why: string;
  /** Which word for a code is believed more: one right beside the number, one that announces it, or none. */
  readonly yieldsTo: 'named' | 'announced' | 'nothing';
  readonly holds: (place: Place) => boolean;
}

const fillers =
  /^(?:[\s:.#№*()\-'"=°º/]|\b(?:is|are|no|nr|n|num|number|numero|nummer|of|in|on|mit|ist|lautet|est|es|e|now|with|la|el|du|de|der|the|a|your|to|us|at|az)\b|номер|номером|№|на|по|вашей|ваша|ваш|за|составляет|своей|為|为|是|は|번호는|는|은|이|ب|ـ|هو|رقم)*$/;

/** Whether a wording of the list stands right before the number, with at most a colon and a small word between. */
function standsBefore(place: Place, marks: readonly Mark[]): boolean {
  const { candidate, reading } = place;
  const count = countEndedBefore(marks, candidate.start);
  const mark = marks[count - 1];
  if (mark === undefined || candidate.start - mark.end > 20) return false;
  const gap = reading.folded.slice(mark.end, candidate.start);
  return !gap.includes('\n') && !/[.!?] /.test(gap.replace(/^\. /, '')) && fillers.test(gap);
}

/** Whether a wording of the list stands right after the number. */
function standsAfter(place: Place, marks: readonly Mark[]): boolean {
  const { candidate, reading } = place;
  const count = countEndedBefore(marks, candidate.end);
  const mark = marks[count];
  if (mark === undefined || mark.start < candidate.end || mark.start - candidate.end > 2) return false;
  return /^[ -]{0,2}$/.test(reading.folded.slice(candidate.end, mark.start));
}

const isNumber = (candidate: Candidate) => /^\d+$/.test(candidate.code);
const currencySign = '[$€£¥₽₺₴₸₹₩₪฿￥]';
const currencyBefore = new RegExp(
  `(?:${currencySign}|(?<![a-z])(?:rub|usd|eur|gbp|inr|rs|try|tl|uah|kzt|pln|cny|rmb|krw|jpy|chf|sar|aed|egp|brl|mxn|ars|cop|clp|czk|sek|nok|dkk)\\.?) ?$`,
);
const currencyAfter = new RegExp(`^ ?${currencySign}`);
const unitEnding = /^(\d+)([a-z\u0400-\u04ff]+)$/;

function countsSomething(place: Place): boolean {
  const { candidate, reading } = place;
  if (currencyBefore.test(place.before) || currencyAfter.test(place.after)) return true;
  if (standsAfter(place, reading.marks.units)) return true;
  const word = reading.folded.slice(candidate.start, candidate.end);
  const parts = unitEnding.exec(word);
  const unit = parts?.[2];
  if (unit === undefined) return false;
  const start = candidate.end - unit.length;
  const mark = reading.marks.units[countEndedBefore(reading.marks.units, candidate.end) - 1];
  return mark !== undefined && mark.start === start && mark.end === candidate.end;
}

/** The table, in the order in which it is asked; the first that holds is the reason. */
export const disqualifiers: readonly Disqualifier[] = [
  {
    id: 'sender',
    why: 'It is the sender.',
    yieldsTo: 'nothing',
    holds: ({ candidate, reading }) =>
      reading.sender.replace(/[^a-z0-9]/g, '') === candidate.code.toLowerCase() ||
      (candidate.code.length >= 7 && isNumber(candidate) && reading.sender.replace(/\D/g, '').endsWith(candidate.code)),
  },
  {
    id: 'link',
    why: 'It is part of a link or an e-mail address.',
    yieldsTo: 'nothing',
    holds: ({ candidate, reading, after }) =>
      spanAround(reading.urls, candidate.start, candidate.end) !== undefined || /^@[a-z]/.test(after),
  },
  {
    id: 'app-hash',
    why: 'It is the mark at the end by which an app recognises its message.',
    yieldsTo: 'nothing',
    holds: ({ candidate, reading }) => {
      const hash = /(?:^|\s)([A-Za-z0-9+/]{11})\s*$/.exec(reading.text.slice(-40));
      const mark = hash?.[1];
      if (mark === undefined || !/\d/.test(mark) || !/[a-z]/.test(mark)) return false;
      return candidate.start >= reading.text.trimEnd().length - 11;
    },
  },
  {
    id: 'decimal',
    why: 'It is part of a number with a point or of a date.',
    yieldsTo: 'nothing',
    holds: ({ before, after }) =>
      /\d[.,/:]$/.test(before) || (/^[.,/:]\d/.test(after) && !/^,\d{1,2} ?(?:分|小|秒|min|мин)/.test(after)),
  },
  {
    id: 'percent',
    why: 'It is a percentage.',
    yieldsTo: 'nothing',
    holds: ({ after }) => /^ ?[%％٪]/.test(after),
  },
  {
    id: 'date',
    why: 'It is a date.',
    yieldsTo: 'nothing',
    holds: ({ candidate, reading }) => {
      const shown = reading.folded.slice(candidate.start, candidate.end);
      return /^(?:(?:19|20)\d\d-[01]\d-[0-3]\d|[0-3]\d-[01]\d-(?:19|20)?\d\d)$/.test(shown);
    },
  },
  {
    id: 'ussd',
    why: 'It is part of a short command to dial.',
    yieldsTo: 'nothing',
    holds: ({ before, after }) =>
      (/\*[\d*]*$/.test(before) || /^[*#]/.test(after)) && /^[\d*]*#/.test(after) && /[*#][\d*]*$/.test(before),
  },
  {
    id: 'card',
    why: 'It is the end of a card or account number.',
    yieldsTo: 'announced',
    holds: (place) =>
      (place.candidate.code.length <= 5 &&
        !place.after.startsWith('*') &&
        /(?:[*•·∙●…]|\.\.|(?<![a-z])[xх]{1,8}) ?-?$/.test(place.before)) ||
      /^(?:[xх*]{1,8}|visa|ecmc|mir|мир|maes|mc|счет|счёт|карта|mastercard|amex)\d{4}$/.test(
        place.reading.folded.slice(place.candidate.start, place.candidate.end),
      ) ||
      (place.candidate.form !== 'grouped' && standsBefore(place, place.reading.marks.cards)),
  },
  { id: 'amount', why: 'It is an amount.', yieldsTo: 'nothing', holds: countsSomething },
  {
    id: 'phone',
    why: 'It is a telephone number.',
    yieldsTo: 'announced',
    holds: (place) =>
      spanAround(place.reading.phones, place.candidate.start, place.candidate.end) !== undefined ||
      /\+\(?$/.test(place.before) ||
      standsBefore(place, place.reading.marks.phones),
  },
  {
    id: 'reply-number',
    why: 'It is a number to write to.',
    yieldsTo: 'nothing',
    holds: (place) => !place.before.endsWith(' with ') && standsBefore(place, place.reading.marks.replies),
  },
  {
    id: 'sum',
    why: 'It is a sum.',
    yieldsTo: 'named',
    holds: (place) => standsBefore(place, place.reading.marks.sums),
  },
  {
    id: 'paper',
    why: 'It is the number of an order, a contract, a parcel or a trip.',
    yieldsTo: 'announced',
    holds: (place) =>
      standsBefore(place, place.reading.marks.papers) ||
      (standsAfter(place, place.reading.marks.papers) && /^ ?(?:nolu|numarali|номер)/.test(place.after)),
  },
  {
    id: 'numbered',
    why: 'A number sign stands before it.',
    yieldsTo: 'named',
    holds: ({ before }) => /(?:[#№]|n[°º]) ?$/.test(before),
  },
  {
    id: 'place',
    why: 'It is a house, a room, a gate or a locker.',
    yieldsTo: 'announced',
    holds: (place) => place.candidate.code.length <= 5 && standsBefore(place, place.reading.marks.places),
  },
  {
    id: 'other-code',
    why: 'It is a code of another kind, such as a postal or promotion code.',
    yieldsTo: 'nothing',
    holds: (place) =>
      standsBefore(place, place.reading.marks.others) ||
      standsBefore(place, place.reading.marks.promos) ||
      standsAfter(place, place.reading.marks.others) ||
      standsAfter(place, place.reading.marks.promos),
  },
  {
    id: 'year-or-time',
    why: 'It is a year or a time of day.',
    yieldsTo: 'named',
    holds: (place) =>
      /^(?:19|20)\d\d$|^(?:[01]\d|2[0-3])[0-5]\d$|^20[0-4]\d[01]\d[0-3]\d$/.test(place.candidate.code) &&
      (standsBefore(place, place.reading.marks.dates) || standsAfter(place, place.reading.marks.dates)),
  },
];

/** The first reason for which the candidate is no code, or undefined. */
export function disqualify(place: Place): Disqualifier | undefined {
  return disqualifiers.find((row) => {
    if (row.yieldsTo === 'named' && place.named) return false;
    if (row.yieldsTo === 'announced' && place.announced) return false;
    return row.holds(place);
  });
}

import { currencyAfter, currencyBefore, kopecksAfter } from './balance-currency.ts';

/** An amount that was found in the operator's answer. */
export interface Balance {
  /** Hundredths of the currency; negative for a debt. */
  readonly minor: number;
  /** ISO 4217 where the text names it; null otherwise. */
  readonly currency: string | null;
  /** 0.5 to 1: how much in the text speaks for this number. */
  readonly confidence: number;
}

/** Below this score a number is rather an advertisement than the balance: no number is better than a wrong one. */
const enough = 4;
const certain = 8;

/** Words right before which a number is a balance, and words before which it is something else. */
const balanceWords =
  /баланс|остат|на счет[еу]|ваш счет|доступно|рахунк|залишок|balans|balance|ostatok|saldo|guthaben|kontostand|solde|stan konta/g;
const otherWords =
  /лимит|кредит|порог|бонус|списан|плат[её]?ж|плата|тариф|пополн|обещан|скидк|стоимост|подписк|акци|приз|limit|credit|bonus|tarif|fee|price/g;
const debtWords = /(?:минус|minus|задолженност\p{L}*|долг|debt)(?:\s*(?:составляет|is))?[\s:=-]*$/u;
const dateWords = /(?:^|[^\p{L}])(?:до|по|с|от|на|until|till|from|by|on)\s*$/u;

/** What follows a number that counts something else: data, minutes, messages, days, per cent, a price by the day. */
const otherUnit =
  /^\s*(?:[гмк]б|[gmk]i?b(?![a-z])|мин|min|sms|смс|шт|%|дн|день|дня|сут|час|ч(?!\p{L})|балл|коп|(?:руб\p{L}*|р)?\.?\s*\/|(?:руб\p{L}*|р)\.?\s*в\s+(?:день|сут|мес|нед))/u;

const amountPattern =
  /(?<![\d*#]|\d[.,:/])(?:\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?|\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:,\d{3})+\.\d{1,2}|\d+(?:[.,]\d{1,2})?)(?![.,:]?\d|[*#])/g;

/**
 * Reads the balance out of an operator's answer, whatever advertisement surrounds it. Pure.
 * @param pattern the user's own pattern with one group around the number; then nothing is guessed.
 * @returns null when no number is clearly the balance.
 */
export function readBalance(text: string, pattern?: RegExp): Balance | null {
  if (pattern !== undefined) return readByPattern(text, pattern);
  const plain = normalise(text);
  let best: { balance: Balance; score: number } | null = null;
  let previousEnd = 0;
  let first = true;
  for (const match of plain.matchAll(amountPattern)) {
    const candidate = { plain, digits: match[0], start: match.index, previousEnd };
    previousEnd = match.index + match[0].length;
    if (isSomethingElse(candidate)) continue;
    const scored = weigh(candidate, first);
    first = false;
    if (best === null || scored.score > best.score) best = scored;
  }
  return best !== null && best.score >= enough ? best.balance : null;
}

interface Candidate {
  readonly plain: string;
  readonly digits: string;
  readonly start: number;
  /** Where the number before this one ended: its words are not ours. */
  readonly previousEnd: number;
}

function readByPattern(text: string, pattern: RegExp): Balance | null {
  const plain = normalise(pattern.exec(text)?.[1] ?? '').trim();
  const digits = plain.match(/\d[\d ]*(?:[.,]\d+)*/)?.[0];
  if (digits === undefined) return null;
  const amount = toMinor(digits.trim());
  const negative = plain.startsWith('-');
  return { minor: negative ? -amount : amount, currency: currencyAfter(plain.split(digits)[1] ?? ''), confidence: 1 };
}

function weigh({ plain, digits, start, previousEnd }: Candidate, first: boolean): { balance: Balance; score: number } {
  const before = plain.slice(0, start);
  const after = plain.slice(start + digits.length);
  const words = before.slice(previousEnd);
  const debt = debtWords.test(words);
  const minus = /-\s*$/.test(before);
  const currency = currencyAfter(after) ?? currencyBefore(before);
  const kopecks = kopecksAfter(after);
  let score = first ? 1 : 0;
  score += wordScore(words);
  if (currency !== null) score += 2;
  if (/[.,]\d{1,2}$/.test(digits) || kopecks !== null) score += 1;
  if (debt) score += 2;
  if (/^[\s-]*$/.test(before)) score += 1;
  // "Баланс - 100 р": a dash or a minus? Nobody can tell, so the text is shown as it is.
  if (!debt && /\p{L}\s+-\s+$/u.test(before)) score -= 9;
  const minor = toMinor(digits) + (kopecks ?? 0);
  const balance = {
    minor: (debt || minus) && minor !== 0 ? -minor : minor,
    currency,
    confidence: Math.min(1, score / certain),
  };
  return { balance, score };
}

/** The nearest word before the number decides what the number is. */
function wordScore(words: string): number {
  const balance = lastEnd(words, balanceWords);
  const other = lastEnd(words, otherWords);
  if (balance === null && other === null) return 0;
  if ((other ?? -1) > (balance ?? -1)) return -3;
  return /^[\p{L}]*[\s:=(-]*$/u.test(words.slice(balance ?? 0)) ? 4 : 3;
}

function lastEnd(text: string, pattern: RegExp): number | null {
  const last = [...text.matchAll(pattern)].at(-1);
  return last === undefined ? null : last.index + last[0].length;
}

function isSomethingElse({ plain, digits, start }: Candidate): boolean {
  const before = plain.slice(0, start);
  const after = plain.slice(start + digits.length);
  if (digits.replace(/\D/g, '').length >= 10) return true;
  if (/[\p{L}_]$/u.test(before) || /\d\s*-\s*$/.test(before)) return true;
  if (/^\s*-\s*\d/.test(after) && !/[.,]/.test(digits)) return true;
  if (otherUnit.test(after)) return true;
  const menuItem =
    /(?:^|\n)\s*$/.test(before) && /^\d{1,2}$/.test(digits) && /^(?:\s*[>)]|\s*[.:-]\s*\p{L})/u.test(after);
  return menuItem || isDate(before, digits, after);
}

/** `до 31.12`, `на 05.11`: a day and a month after a word that announces a date. */
function isDate(before: string, digits: string, after: string): boolean {
  const [, day, month] = /^(\d{1,2})\.(\d{2})$/.exec(digits) ?? [];
  if (day === undefined || month === undefined || currencyAfter(after) !== null) return false;
  return dateWords.test(before) && Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;
}

/** `1 234,50`, `1.234,50` and `1,234.50` alike: the last separator with one or two digits after it is the decimal one. */
function toMinor(digits: string): number {
  const decimals = /[.,](\d{1,2})$/.exec(digits)?.[1] ?? '';
  const whole = (decimals === '' ? digits : digits.slice(0, -decimals.length - 1)).replace(/\D/g, '');
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
}

/** `+7 916 123-45-67`, `8 (800) 250-08-90`: groups of its digits must not pass for an amount. */
const phoneNumber = /(?:\+\d{1,3}|(?<!\d)8)[ (-]*\d{3}[ )-]*\d{3}[ -]*\d{2}[ -]*\d{2}(?!\d)/g;

/** Lower case, plain spaces and minus signs, and Cyrillic words free of the Latin letters that look the same. */
function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\r\n?/g, '\n')
    .replace(phoneNumber, '_')
    .replaceAll('ё', 'е')
    .replace(/\p{L}+/gu, (word) => (/[\u0400-\u04ff]/.test(word) || word === 'p' ? toCyrillic(word) : word));
}

const latin = 'aeopcxykmtbh';
const cyrillic = 'аеорсхукмтвн';

function toCyrillic(word: string): string {
  return word.replace(/[a-z]/g, (letter) => cyrillic[latin.indexOf(letter)] ?? letter);
}

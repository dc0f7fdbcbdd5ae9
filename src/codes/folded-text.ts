/** The first digit of each row of ten that people write numbers with; each row stands for 0 to 9 in order. */
const digitRows = [
  0x0660, // Arabic-Indic
  0x06f0, // Persian
  0x07c0, // N'Ko
  0x0966, // Devanagari
  0x09e6, // Bengali
  0x0e50, // Thai
  0xff10, // full-width
];

const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/;
const blanks = /[\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]/;

/** Hangul and kana would fall apart into pieces that no longer are the letters of the word. */
const lastFoldedLetter = 0x1fff;

function foldUnit(unit: string): string {
  const point = unit.charCodeAt(0);
  if (point < 0x80) return unit.toLowerCase();
  for (const zero of digitRows) {
    if (point >= zero && point < zero + 10) return String(point - zero);
  }
  // A full-width comma parts clauses and never stands inside a number.
  if (unit === '，') return '、';
  if (point > 0xff00 && point < 0xff5f) return String.fromCharCode(point - 0xfee0).toLowerCase();
  if (dashes.test(unit)) return '-';
  if (blanks.test(unit)) return ' ';
  if (unit === '’' || unit === '‘' || unit === 'ʼ') return "'";
  if (unit === 'ı') return 'i';
  if (unit === 'ł' || unit === 'Ł') return 'l';
  if (unit === 'ø' || unit === 'Ø') return 'o';
  const lower = unit.toLowerCase().charAt(0);
  return point > lastFoldedLetter ? lower : lower.normalize('NFD').charAt(0);
}

/**
 * The text in the form in which it is searched: small letters, no accents, plain digits, dashes and blanks. It has
 * exactly the length of `text`, so that a place in one is the same place in the other.
 */
export function foldText(text: string): string {
  let folded = '';
  for (let index = 0; index < text.length; index += 1) folded += foldUnit(text.charAt(index));
  return folded;
}

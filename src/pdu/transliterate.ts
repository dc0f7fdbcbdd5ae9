import { countSeptets } from './gsm-text.ts';

/** Look-alikes in the GSM alphabet for characters that often force a text into UCS-2 without need. */
const lookAlikes: Readonly<Record<string, string>> = {
  // Greek capitals that look like Latin ones are not in the GSM alphabet, which has the other ten.
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
  ç: 'Ç',
  '`': "'",
  '´': "'",
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '‹': "'",
  '›': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '…': '...',
  '•': '*',
  '·': '.',
  '×': 'x',
  '№': 'No',
  '\u00a0': ' ',
  '\u2002': ' ',
  '\u2003': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u200b': '',
  '\ufeff': '',
  '\t': ' ',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  ı: 'i',
  œ: 'oe',
  Œ: 'OE',
};

/**
 * Writes what the GSM alphabet lacks with characters that look alike: quotation marks, dashes, spaces, Greek capitals,
 * Latin letters without their accents. What has no look-alike stays. The text changes, so only on request.
 */
export function transliterate(text: string): string {
  let written = '';
  for (const character of text.normalize('NFC')) written += transliterateOne(character);
  return written;
}

function transliterateOne(character: string): string {
  if (countSeptets(character) !== null) return character;
  const alike = lookAlikes[character];
  if (alike !== undefined) return alike;
  const base = character.normalize('NFD').replace(/\p{M}/gu, '');
  return base !== '' && countSeptets(base) !== null ? base : character;
}

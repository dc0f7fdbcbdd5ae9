import { decodeSeptets, encodeSeptets } from './gsm-text.ts';
import { decodeDataCoding } from './data-coding.ts';
import { readOctets, readUtf8 } from './octet-text.ts';
import { fromHex, toHex } from './octets.ts';
import { packUssdSeptets, unpackUssdSeptets } from './septets.ts';
import type { Alphabet } from './tpdu.ts';
import { textOfUcs2, unitsOfOctets } from './utf16.ts';

/** GSM 7-bit with a language in front, and UCS-2 with one (TS 23.038 §5). */
const gsmWithLanguage = 0x10;
const ucs2WithLanguage = 0x11;

/** The alphabet of a cell broadcast or USSD coding (TS 23.038 §5); what is reserved is GSM 7-bit. */
export function ussdAlphabet(dcs: number): Alphabet {
  if (dcs === ucs2WithLanguage) return 'ucs2';
  const group = dcs >> 4;
  if (group >= 0x4 && group <= 0x7) return decodeDataCoding(dcs & 0x0c).alphabet;
  if (group === 0x9) return decodeDataCoding(dcs & 0x0c).alphabet;
  return group === 0xf && dcs & 0x04 ? '8bit' : 'gsm7';
}

/** A text packed for USSD, as upper-case hex (TS 23.038 §6.1.2.3); null when the GSM alphabet lacks a character. */
export function packUssd(text: string): string | null {
  const septets = encodeSeptets(text);
  return septets === null ? null : toHex(packUssdSeptets(septets));
}

/**
 * The text of a USSD answer as the modem gave it between its quotation marks. Whether it is plain, packed GSM or UCS-2
 * in hex is told by what it looks like: many modems state a coding that is not the one they use.
 * @param dcs the coding that the modem states; null when it states none
 */
export function decodeUssd(text: string, dcs: number | null): string {
  const digits = text.trim();
  const shortest = 4;
  if (digits.length < shortest || !/^(?:[0-9A-F]+|[0-9a-f]+)$/.test(digits)) return plainText(text);
  const stated = dcs === null ? null : ussdAlphabet(dcs);
  const ucs2 = readUcs2(dcs === ucs2WithLanguage ? withoutLanguage(digits) : digits, stated === 'ucs2');
  if (ucs2 !== null) return ucs2;
  const packed = readPacked(digits);
  if (packed !== null) return dcs === gsmWithLanguage ? packed.replace(/^[a-z]{2}\r/i, '') : packed;
  return stated === '8bit' && digits.length % 2 === 0 ? readOctets(fromHex(digits)) : text;
}

/** The two letters of the language are packed into the first two octets (TS 23.038 §5). */
function withoutLanguage(digits: string): string {
  return plausible(Number.parseInt(digits.slice(0, 4), 16)) ? digits : digits.slice(4);
}

function readUcs2(digits: string, stated: boolean): string | null {
  const units = unitsOfOctets(fromHex(digits));
  if (units.length < 2 && !(stated && plausible(units[0] ?? 0))) return null;
  if (stated) return textOfUcs2(units);
  // Only a firmware that cuts UCS-2 off leaves part of a unit, and only a coding that is stated shows that it is one.
  if (digits.length % 4 !== 0) return null;
  const likely = units.reduce((count, unit) => count + (plausible(unit) ? 1 : 0), 0);
  return likely >= units.length * leastLikely ? textOfUcs2(units) : null;
}

const leastLikely = 0.8;

/** Latin, Greek, Cyrillic, general punctuation, currencies and signs such as the numero. */
function plausible(unit: number): boolean {
  if (unit < 0x20) return unit === 0x0a || unit === 0x0d;
  return unit <= 0x24f || (unit >= 0x370 && unit <= 0x4ff) || (unit >= 0x2000 && unit <= 0x214f);
}

/** Characters that stand in no answer: most of the septets that a text gives which was not packed are such. */
const strange = /[\u0394\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e¤¡¿§\f\ufffd]/g;

function readPacked(digits: string): string | null {
  // A plain answer such as 2500 is all digits; a word such as FACE has none.
  if (digits.length % 2 !== 0 || !/\d/.test(digits) || (!/[a-f]/i.test(digits) && digits.length < 24)) return null;
  const text = decodeSeptets(unpackUssdSeptets(fromHex(digits)));
  const found = text.match(strange)?.length ?? 0;
  return found * 10 <= text.length ? text : null;
}

/** Plain text came as bytes, one a character: where they are UTF-8 they are put together. */
function plainText(text: string): string {
  let high = 0;
  for (let at = 0; at < text.length; at += 1) high = Math.max(high, text.charCodeAt(at));
  if (high < 0x80 || high > 0xff) return text;
  return readUtf8(Uint8Array.from(text, (character) => character.charCodeAt(0))) ?? text;
}

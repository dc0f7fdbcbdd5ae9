import { defaultTable, escapeSeptet } from './gsm-table.ts';
import { decodeSeptets, type GsmTables } from './gsm-text.ts';
import { type PackedRange, unpackSeptets } from './septets.ts';
import { charactersOf } from './utf16.ts';

/** Marks a septet that cannot be read alone or is not ASCII. */
const special = 0x80;

/** The default alphabet where it is ASCII: nearly all of nearly every text. */
const ascii = Uint8Array.from(defaultTable, (unit, septet) =>
  unit >= special || septet === escapeSeptet ? special : unit,
);

/** No TP-UD has more septets. */
const mostSeptets = 255;

/** To work in: filled from its start in each call, and copied out at its end. */
const scratch = new Uint8Array(mostSeptets);

const decoder = new TextDecoder();

/** Up to so many characters putting them together is quicker than calling a decoder. */
const shortText = 16;

/**
 * Reads packed septets as text in one go where they are all ASCII, without arrays between; other texts are read septet
 * by septet.
 * @param range `count` is at most 255
 */
export function readPackedText(octets: Uint8Array, range: Required<PackedRange>, tables: GsmTables): string {
  const { start, fillBits, count } = range;
  if (tables.locking !== defaultTable) return decodeSeptets(unpackSeptets(octets, range), tables);
  let bit = start * 8 + fillBits;
  let seen = 0;
  let out = 0;
  // Septets and octets meet again at every eighth septet: from there on, seven octets give eight characters.
  while (out < count && bit % 8 !== 0) {
    seen |= scratch[out] = asciiAt(octets, bit);
    bit += 7;
    out += 1;
  }
  let at = bit >> 3;
  for (; out + 8 <= count; out += 8) {
    const low = (octets[at] ?? 0) | ((octets[at + 1] ?? 0) << 8) | ((octets[at + 2] ?? 0) << 16);
    const high = (octets[at + 3] ?? 0) | ((octets[at + 4] ?? 0) << 8) | ((octets[at + 5] ?? 0) << 16);
    const last = octets[at + 6] ?? 0;
    seen |= scratch[out] = ascii[low & 0x7f] ?? special;
    seen |= scratch[out + 1] = ascii[(low >> 7) & 0x7f] ?? special;
    seen |= scratch[out + 2] = ascii[(low >> 14) & 0x7f] ?? special;
    seen |= scratch[out + 3] = ascii[((low >> 21) | (high << 3)) & 0x7f] ?? special;
    seen |= scratch[out + 4] = ascii[(high >> 4) & 0x7f] ?? special;
    seen |= scratch[out + 5] = ascii[(high >> 11) & 0x7f] ?? special;
    seen |= scratch[out + 6] = ascii[((high >> 18) | (last << 6)) & 0x7f] ?? special;
    seen |= scratch[out + 7] = ascii[last >> 1] ?? special;
    at += 7;
  }
  for (bit = at * 8; out < count; bit += 7) {
    seen |= scratch[out] = asciiAt(octets, bit);
    out += 1;
  }
  if (seen & special) return decodeSeptets(unpackSeptets(octets, range), tables);
  return count > shortText ? decoder.decode(scratch.subarray(0, count)) : charactersOf(scratch, count);
}

function asciiAt(octets: Uint8Array, bit: number): number {
  const pair = (octets[bit >> 3] ?? 0) | ((octets[(bit >> 3) + 1] ?? 0) << 8);
  return ascii[(pair >> (bit & 7)) & 0x7f] ?? special;
}

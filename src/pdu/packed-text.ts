import { defaultTable, escapeSeptet, noCharacter } from './gsm-table.ts';
import { decodeSeptets, type GsmTables } from './gsm-text.ts';
import { type PackedRange, unpackSeptets } from './septets.ts';
import { textOfUnits } from './utf16.ts';

/** The default alphabet with a mark in the cell of the escape. */
const plain = defaultTable.slice();
plain[escapeSeptet] = noCharacter;

/** No character of the default alphabet has this bit, the mark has. */
const special = 0x8000;

/** No TP-UD has more septets. */
const mostSeptets = 255;

/** To work in: filled from its start in each call, and copied out at its end. */
const scratch = new Uint16Array(mostSeptets + 8);

/**
 * Reads packed septets as text in one go. Most texts are in the default alphabet and have no ESC: they take one pass and no
 * arrays between; the others are read septet by septet.
 * @param range `count` is at most 255
 */
export function readPackedText(octets: Uint8Array, range: Required<PackedRange>, tables: GsmTables): string {
  const { start, fillBits, count } = range;
  if (count === 0) return '';
  if (tables.locking !== defaultTable) return decodeSeptets(unpackSeptets(octets, range), tables);
  let bit = start * 8 + fillBits;
  let seen = 0;
  let out = 0;
  // Septets and octets meet again at every eighth septet: from there on, seven octets give eight characters.
  while (out < count && bit % 8 !== 0) {
    seen |= scratch[out] = unitAt(octets, bit);
    bit += 7;
    out += 1;
  }
  let at = bit >> 3;
  for (; out + 8 <= count; out += 8) {
    const low = (octets[at] ?? 0) | ((octets[at + 1] ?? 0) << 8) | ((octets[at + 2] ?? 0) << 16);
    const high = (octets[at + 3] ?? 0) | ((octets[at + 4] ?? 0) << 8) | ((octets[at + 5] ?? 0) << 16);
    const last = octets[at + 6] ?? 0;
    seen |= scratch[out] = plain[low & 0x7f] ?? noCharacter;
    seen |= scratch[out + 1] = plain[(low >> 7) & 0x7f] ?? noCharacter;
    seen |= scratch[out + 2] = plain[(low >> 14) & 0x7f] ?? noCharacter;
    seen |= scratch[out + 3] = plain[((low >> 21) | (high << 3)) & 0x7f] ?? noCharacter;
    seen |= scratch[out + 4] = plain[(high >> 4) & 0x7f] ?? noCharacter;
    seen |= scratch[out + 5] = plain[(high >> 11) & 0x7f] ?? noCharacter;
    seen |= scratch[out + 6] = plain[((high >> 18) | (last << 6)) & 0x7f] ?? noCharacter;
    seen |= scratch[out + 7] = plain[last >> 1] ?? noCharacter;
    at += 7;
  }
  for (bit = at * 8; out < count; bit += 7) {
    seen |= scratch[out] = unitAt(octets, bit);
    out += 1;
  }
  if (seen & special) return decodeSeptets(unpackSeptets(octets, range), tables);
  return textOfUnits(scratch.subarray(0, count));
}

function unitAt(octets: Uint8Array, bit: number): number {
  const pair = (octets[bit >> 3] ?? 0) | ((octets[(bit >> 3) + 1] ?? 0) << 8);
  return plain[(pair >> (bit & 7)) & 0x7f] ?? noCharacter;
}

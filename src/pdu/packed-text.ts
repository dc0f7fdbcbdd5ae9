import { escapeSeptet, noCharacter } from './gsm-table.ts';
import { decodeSeptets, type GsmTables } from './gsm-text.ts';
import { type PackedRange, unpackSeptets } from './septets.ts';
import { textOfUnits } from './utf16.ts';

/** No character of a table is above: the escape and cells without a character are. */
const special = 0x8000;

/**
 * Reads packed septets as text in one go. Most texts have no ESC: they take one pass and no arrays between; the others
 * are read again, septet by septet.
 */
export function readPackedText(octets: Uint8Array, range: Required<PackedRange>, tables: GsmTables): string {
  const { start, fillBits, count } = range;
  const units = new Uint16Array(count);
  const { locking } = tables;
  let at = start;
  let bits = count > 0 ? (octets[at] ?? 0) >> fillBits : 0;
  let held = 8 - fillBits;
  let seen = 0;
  for (let out = 0; out < count; out += 1) {
    if (held < 7) {
      at += 1;
      bits |= (octets[at] ?? 0) << held;
      held += 8;
    }
    const septet = bits & 0x7f;
    const unit = septet === escapeSeptet ? noCharacter : (locking[septet] ?? noCharacter);
    units[out] = unit;
    seen |= unit;
    bits >>= 7;
    held -= 7;
  }
  if (seen & special) return decodeSeptets(unpackSeptets(octets, range), tables);
  return textOfUnits(units);
}

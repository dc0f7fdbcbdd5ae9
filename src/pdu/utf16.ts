// Without `stream` a decoder keeps nothing from one call to the next.
const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A text of UTF-16 units. A surrogate without its partner becomes U+FFFD, so that the text can be stored and sent on. */
export function textOfUnits(units: Uint16Array): string {
  if (units.length <= shortText) return textOfFew(units);
  if (littleEndian) return decoder.decode(units);
  let text = '';
  for (const unit of units) text += String.fromCharCode(unit);
  return text.toWellFormed();
}

/** Up to so many units putting characters together is quicker than calling a decoder. */
const shortText = 24;

function textOfFew(units: Uint16Array): string {
  const text = charactersOf(units, units.length);
  return text.isWellFormed() ? text : text.toWellFormed();
}

/** The first `count` units as they are, eight with each call: a call costs more than the characters that it makes. */
export function charactersOf(units: Uint16Array | Uint8Array, count: number): string {
  const of = String.fromCharCode;
  const u = (at: number): number => units[at] ?? 0;
  let text = '';
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    text += of(u(i), u(i + 1), u(i + 2), u(i + 3), u(i + 4), u(i + 5), u(i + 6), u(i + 7));
  }
  for (; i < count; i += 1) text += of(u(i));
  return text;
}

/** The UTF-16 units of octets, high octet first, as TP-UD has them; an odd octet at the end is left out. */
export function unitsOfOctets(octets: Uint8Array, start = 0, end = octets.length): Uint16Array<ArrayBuffer> {
  const units = new Uint16Array(Math.max(0, end - start) >> 1);
  for (let at = 0; at < units.length; at += 1) {
    const from = start + 2 * at;
    units[at] = ((octets[from] ?? 0) << 8) | (octets[from + 1] ?? 0);
  }
  return units;
}

/** Whether octets of UCS-2 text hold whole characters only: no odd octet, no surrogate without its partner. */
export function isWholeUcs2(octets: Uint8Array): boolean {
  if (octets.length % 2 === 1) return false;
  const units = unitsOfOctets(octets);
  return charactersOf(units, units.length).isWellFormed();
}

const byteOrderMark = 0xfeff;
const swappedMark = 0xfffe;

/**
 * Units as text. A byte order mark at the start is obeyed and left out; without one, units that are all plausible only
 * with their octets swapped (0x1004 for U+0410) are swapped: some centres send low octets first.
 */
export function textOfUcs2(units: Uint16Array): string {
  const first = units[0];
  if (first === byteOrderMark) return textOfUnits(units.subarray(1));
  if (first === swappedMark) return textOfUnits(swapped(units.subarray(1)));
  return textOfUnits(looksSwapped(units) ? swapped(units) : units);
}

function swapped(units: Uint16Array): Uint16Array {
  return units.map((unit) => ((unit & 0xff) << 8) | (unit >> 8));
}

/** Fewer units may be a real text in any script. */
const fewestSwapped = 4;

/**
 * Swapped Cyrillic and Latin end in the octets 04 and 00 and have a space of 0x2000 or the like; no text of one script
 * holds four such units and nothing else.
 */
function looksSwapped(units: Uint16Array): boolean {
  if (units.length < fewestSwapped) return false;
  let letters = 0;
  for (const unit of units) {
    const low = unit & 0xff;
    if (low !== 0x04 && low !== 0x00) return false;
    if (unit >> 8 !== 0x00) letters += 1;
  }
  return letters === units.length && !uniform(units);
}

function uniform(units: Uint16Array): boolean {
  return units.every((unit) => unit === units[0]);
}

/** Octets from `start` up to `end` as {@link textOfUcs2} reads their units. */
export function readUcs2(octets: Uint8Array, start: number, end: number): string {
  const count = Math.max(0, end - start) >> 1;
  if (count > scratch.length) return textOfUcs2(unitsOfOctets(octets, start, end));
  for (let at = 0; at < count; at += 1) {
    const from = start + 2 * at;
    scratch[at] = ((octets[from] ?? 0) << 8) | (octets[from + 1] ?? 0);
  }
  return textOfUcs2(scratch.subarray(0, count));
}

/** To work in, for all that TP-UD can hold: filled from its start in each call, and copied out at its end. */
const scratch = new Uint16Array(128);

/** A text as octets, two for each UTF-16 unit, high octet first (TS 23.038 §6.2.3). */
export function encodeUcs2(text: string): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    octets[2 * at] = unit >> 8;
    octets[2 * at + 1] = unit & 0xff;
  }
  return octets;
}

/** Octets of UCS-2 text as {@link textOfUcs2} reads them. */
export function decodeUcs2(octets: Uint8Array): string {
  return textOfUcs2(unitsOfOctets(octets));
}

import { defaultAlphabet, escapeSeptet, extensionAlphabet } from './gsm7-table.ts';

/** Septets of one character: one, two with the extension, null when GSM 7-bit does not have it. */
export function septetsOfCharacter(character: string): readonly number[] | null {
  const plain = character === '\u001b' ? -1 : defaultAlphabet.indexOf(character);
  if (plain >= 0) return [plain];
  for (const [septet, extended] of extensionAlphabet) if (extended === character) return [escapeSeptet, septet];
  return null;
}

/** @returns null when a character is outside GSM 7-bit. */
export function septetsOf(text: string): number[] | null {
  const septets: number[] = [];
  for (const character of text) {
    const found = septetsOfCharacter(character);
    if (found === null) return null;
    septets.push(...found);
  }
  return septets;
}

/** @returns null when an escape is the last septet or begins a pair that the extension does not have. */
export function textOfSeptets(septets: readonly number[]): string | null {
  let text = '';
  for (let at = 0; at < septets.length; at += 1) {
    const septet = septets[at] ?? 0;
    if (septet !== escapeSeptet) {
      text += defaultAlphabet[septet] ?? '';
      continue;
    }
    at += 1;
    const extended = extensionAlphabet.get(septets[at] ?? -1);
    if (extended === undefined) return null;
    text += extended;
  }
  return text;
}

/** Packs septets after `fillBits` zero bits, lowest bits first (TS 23.038 §6.1.2.1). */
export function packSeptets(septets: readonly number[], fillBits = 0): Uint8Array {
  const packed = new Uint8Array(Math.ceil((fillBits + septets.length * 7) / 8));
  septets.forEach((septet, index) => {
    const bit = fillBits + index * 7;
    const shifted = septet << (bit % 8);
    const octet = bit >> 3;
    packed[octet] = (packed[octet] ?? 0) | (shifted & 0xff);
    if (octet + 1 < packed.length) packed[octet + 1] = (packed[octet + 1] ?? 0) | (shifted >> 8);
  });
  return packed;
}

/** The reverse: `count` septets after `fillBits` bits. */
export function unpackSeptets(packed: Uint8Array, count: number, fillBits = 0): number[] {
  return Array.from({ length: count }, (_, index) => {
    const bit = fillBits + index * 7;
    const pair = (packed[bit >> 3] ?? 0) | ((packed[(bit >> 3) + 1] ?? 0) << 8);
    return (pair >> (bit % 8)) & 0x7f;
  });
}

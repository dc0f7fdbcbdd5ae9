/** Longer than any PDU that a modem shows; longer ones get arrays of their own. */
const longest = 512;

/**
 * Arrays to work in. An array of more than 64 octets costs more to make than to fill, and a message would need several;
 * so they are made once. Nothing that a caller sees lies in them: each use begins by filling them and ends by copying out.
 */
const characters = new Uint8Array(2 * longest);
const pairs = new Uint16Array(characters.buffer);
const octetsRead = new Uint8Array(longest);
const encoder = new TextEncoder();

const notHex = 0x100;

/** The octet of each pair of characters, as the machine reads the two as one number; `notHex` for all other pairs. */
const octetOfPair = new Uint16Array(0x10000).fill(notHex);
for (let octet = 0; octet < 256; octet += 1) {
  const hex = octet.toString(16).padStart(2, '0').toUpperCase();
  encoder.encodeInto(hex, characters);
  octetOfPair[pairs[0] ?? 0] = octet;
}

/** Octets that were read, valid until the next reading. */
export interface HexRead {
  readonly octets: Uint8Array;
  /** How many of them belong to the text: all, or those in front of the first pair that is no hex. */
  readonly count: number;
}

/** Reads upper-case hex; half an octet at the end is left out. */
export function readHex(hex: string): HexRead {
  const size = hex.length >> 1;
  if (size > longest) return readLongHex(hex, size);
  encoder.encodeInto(hex, characters);
  let seen = 0;
  for (let at = 0; at < size; at += 1) {
    const octet = octetOfPair[pairs[at] ?? 0] ?? notHex;
    octetsRead[at] = octet;
    seen |= octet;
  }
  return { octets: octetsRead, count: seen & notHex ? countHex(size) : size };
}

function countHex(size: number): number {
  let at = 0;
  while (at < size && (octetOfPair[pairs[at] ?? 0] ?? notHex) !== notHex) at += 1;
  return at;
}

/** Piece by piece, into an array of its own. */
function readLongHex(hex: string, size: number): HexRead {
  const octets = new Uint8Array(size);
  for (let start = 0; start < size; start += longest) {
    const piece = readHex(hex.slice(2 * start, 2 * Math.min(size, start + longest)));
    octets.set(piece.octets.subarray(0, piece.count), start);
    if (piece.count < Math.min(longest, size - start)) return { octets, count: start + piece.count };
  }
  return { octets, count: size };
}

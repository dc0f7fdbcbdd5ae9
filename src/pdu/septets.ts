/**
 * Packing of 7-bit characters into octets, lowest bit first (TS 23.038 §6.1.2). A septet stands alone in an octet of a
 * `Uint8Array`, its top bit 0.
 */

/** How many septets have room in so many octets behind the fill bits. */
export function septetRoom(octets: number, fillBits = 0): number {
  return Math.max(0, Math.floor((octets * 8 - fillBits) / 7));
}

/** Fill bits, 0 to 6, that bring the text behind a header of so many octets (UDHL included) to a septet boundary. */
export function fillBitsAfter(headerOctets: number): number {
  return (7 - ((headerOctets * 8) % 7)) % 7;
}

/** Packs septets behind 0 to 7 zero bits (TS 23.038 §6.1.2.1.1). Bits left over at the end are 0. */
export function packSeptets(septets: Uint8Array, fillBits = 0): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array((septets.length * 7 + fillBits + 7) >> 3);
  let bits = 0;
  let held = fillBits;
  let out = 0;
  for (const septet of septets) {
    bits |= (septet & 0x7f) << held;
    held += 7;
    if (held >= 8) {
      octets[out] = bits & 0xff;
      out += 1;
      bits >>= 8;
      held -= 8;
    }
  }
  if (held > 0) octets[out] = bits;
  return octets;
}

/** Where packed septets stand: `start` is an octet, `fillBits` (0 to 7) are passed over, `count` septets are read. */
export interface PackedRange {
  readonly start?: number;
  readonly fillBits?: number;
  readonly count: number;
}

/** Reads `count` septets, or as many as are there. */
export function unpackSeptets(octets: Uint8Array, range: PackedRange): Uint8Array<ArrayBuffer> {
  const { start = 0, fillBits = 0, count } = range;
  const room = septetRoom(octets.length - start, fillBits);
  const septets = new Uint8Array(Math.min(count, room));
  let at = start;
  let bits = septets.length > 0 ? (octets[at] ?? 0) >> fillBits : 0;
  let held = 8 - fillBits;
  for (let out = 0; out < septets.length; out += 1) {
    if (held < 7) {
      at += 1;
      bits |= (octets[at] ?? 0) << held;
      held += 8;
    }
    septets[out] = bits & 0x7f;
    bits >>= 7;
    held -= 7;
  }
  return septets;
}

const carriageReturn = 0x0d;

/**
 * Packs for USSD and cell broadcast (TS 23.038 §6.1.2.3.1). Where seven bits would be left over they hold a CR, so that
 * nobody takes them for an `@`; and a text that ends in CR exactly on an octet boundary gets a second one.
 */
export function packUssdSeptets(septets: Uint8Array, fillBits = 0): Uint8Array<ArrayBuffer> {
  const bits = septets.length * 7 + fillBits;
  const needsFill = bits % 8 === 1 || (bits % 8 === 0 && septets.at(-1) === carriageReturn);
  if (!needsFill || septets.length === 0) return packSeptets(septets, fillBits);
  const filled = new Uint8Array(septets.length + 1);
  filled.set(septets);
  filled[septets.length] = carriageReturn;
  return packSeptets(filled, fillBits);
}

/**
 * Unpacks what {@link packUssdSeptets} makes: all septets there is room for, without the one CR that fills the last
 * octet (TS 23.038 §6.1.2.3.1).
 */
export function unpackUssdSeptets(octets: Uint8Array, fillBits = 0): Uint8Array<ArrayBuffer> {
  const count = septetRoom(octets.length, fillBits);
  const septets = unpackSeptets(octets, { fillBits, count });
  const endsOnBoundary = (count * 7 + fillBits) % 8 === 0;
  return endsOnBoundary && septets.at(-1) === carriageReturn ? septets.subarray(0, -1) : septets;
}

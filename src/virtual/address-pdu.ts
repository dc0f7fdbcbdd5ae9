import { hexOf } from './octets.ts';
import { packSeptets, septetsOf } from './septets.ts';

const digitOrder = '0123456789*#abc';

/** The service centre of this network, as it stands in front of each PDU that it delivers. */
export const serviceCentrePrefix = '07919761989901F0';
export const serviceCentreNumber = '+79168999100';

/** TP-OA, TP-RA: TS 23.040 §9.1.2.5, in hex. Names of up to 11 characters are packed as septets. */
export function addressHex(address: string): string {
  const international = /^\+(\d+)$/.exec(address);
  if (international?.[1] !== undefined) return digitsHex(international[1], 0x91);
  if (/^[\d*#abc]+$/.test(address)) return digitsHex(address, 0x81);
  const septets = (septetsOf(address) ?? []).slice(0, 11);
  return hexOf([Math.ceil((septets.length * 7) / 4), 0xd0, ...packSeptets(septets)]);
}

function digitsHex(digits: string, typeOfAddress: number): string {
  const nibbles = Array.from(digits, (digit) => digitOrder.indexOf(digit));
  return hexOf([nibbles.length, typeOfAddress, ...swappedPairs(nibbles)]);
}

function swappedPairs(nibbles: readonly number[]): number[] {
  const octets: number[] = [];
  for (let at = 0; at < nibbles.length; at += 2) octets.push((nibbles[at] ?? 0) | ((nibbles[at + 1] ?? 0xf) << 4));
  return octets;
}

/**
 * Digits of semi-octets, the lower nibble first. @returns null when one is no digit, or the filler is missing where the number of digits is
 * odd (TS 23.040 §9.1.2.3).
 */
export function digitsOfSemiOctets(octets: Uint8Array, count: number): string | null {
  let digits = '';
  for (let at = 0; at < octets.length * 2; at += 1) {
    const nibble = ((octets[at >> 1] ?? 0) >> (at % 2 === 0 ? 0 : 4)) & 0xf;
    const digit = digitOrder[nibble];
    if (at >= count) {
      if (nibble !== 0xf) return null;
    } else if (digit === undefined) return null;
    else digits += digit;
  }
  return digits;
}

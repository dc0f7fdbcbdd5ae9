import { defaultIndex, defaultTables, encodeSeptets } from './gsm-text.ts';
import { SimloftError } from '../core/errors.ts';
import { concatOctets, octetAt, toHex } from './octets.ts';
import { digitsAreSound, readDigits, writeDigits } from './semi-octets.ts';
import { readPackedText } from './packed-text.ts';
import { packSeptets } from './septets.ts';
import type { Address } from './tpdu.ts';

/** Types of number (TS 23.040 §9.1.2.5). */
const international = 1;
const alphanumericType = 5;

/** The type-of-address octet of a number that begins with `+`, of any other number, and of a name. */
const toaInternational = 0x91;
const toaUnknown = 0x81;
const toaName = 0xd0;

/** What an address was read from, and what was wrong with it. */
export interface AddressRead {
  /** As it is shown, with `+` where it is international. */
  readonly number: string;
  readonly typeOfAddress: number;
  /** The octet behind the field. */
  readonly next: number;
  /** The address has fewer octets than its length says. */
  readonly short: boolean;
  /** A digit or the fill stands where it may not. */
  readonly unsound: boolean;
  /** The length of a name took in the padding behind it, which was left out. */
  readonly padded: boolean;
}

/**
 * Reads TP-OA, TP-DA or TP-RA at `start`: its length counts half octets (TS 23.040 §9.1.2.5). A field that runs beyond
 * `end` is read as far as it goes.
 */
export function readAddress(octets: Uint8Array, start: number, end: number): AddressRead {
  const stated = octetAt(octets, start);
  const value = start + 2;
  const room = Math.max(0, end - value) * 2;
  const count = Math.min(stated, room);
  const next = Math.min(end, value + ((count + 1) >> 1));
  const typeOfAddress = octetAt(octets, start + 1);
  const short = stated > room || end < value;
  if (((typeOfAddress >> 4) & 7) === alphanumericType) {
    const { name, padded } = readName(octets, value, count);
    return { number: name, typeOfAddress, next, short, unsound: false, padded };
  }
  const digits = readDigits(octets, value, count);
  const unsound = !digitsAreSound(octets, value, { count, found: digits.length });
  const number = shown(digits, typeOfAddress);
  return { number, typeOfAddress, next, short, unsound, padded: false };
}

/** Reads the service centre's address at `start`: its length counts octets, digits only (TS 24.011 §8.2.5.1); null for `00`. */
export function readServiceCentre(octets: Uint8Array, start: number, end: number): AddressRead | null {
  const stated = octetAt(octets, start);
  if (stated === 0) return null;
  const next = Math.min(end, start + 1 + stated);
  const typeOfAddress = octetAt(octets, start + 1);
  const room = Math.max(0, (next - start - 2) * 2);
  const count = room > 0 && octetAt(octets, next - 1) >> 4 === 0xf ? room - 1 : room;
  const digits = readDigits(octets, start + 2, count);
  const unsound = !digitsAreSound(octets, start + 2, { count, found: digits.length });
  const number = shown(digits, typeOfAddress);
  return { number, typeOfAddress, next, short: end < start + 1 + stated, unsound, padded: false };
}

/** The number with `+` in front when its type says international. */
function shown(digits: string, toa: number): string {
  return ((toa >> 4) & 7) === international && digits !== '' ? `+${digits}` : digits;
}

/** The address that was read, `hex` being the whole field as it stands in the PDU. */
export function addressOf({ number, typeOfAddress }: AddressRead, hex: string): Address {
  const typeOfNumber = (typeOfAddress >> 4) & 7;
  const alphanumeric = typeOfNumber === alphanumericType;
  return { number, typeOfAddress, typeOfNumber, numberingPlan: typeOfAddress & 0xf, alphanumeric, hex };
}

/** A name has as many characters as find room; where eight do, the last may be the padding of seven. */
function readName(octets: Uint8Array, start: number, halfOctets: number): { name: string; padded: boolean } {
  const count = Math.floor((halfOctets * 4) / 7);
  const name = readPackedText(octets, { start, fillBits: 0, count }, defaultTables);
  const padded = count > 0 && count % 8 === 0 && /[@\n\r]$/.test(name);
  return { name: padded ? name.slice(0, -1) : name, padded };
}

/** Reads digits or a name behind a type-of-address octet, without a length in front. */
export function decodeTypedAddress(octets: Uint8Array): Address {
  const toa = octetAt(octets, 0);
  const name = ((toa >> 4) & 7) === alphanumericType;
  const count = (octets.length - 1) * 2;
  const odd = !name && octetAt(octets, octets.length - 1) >> 4 === 0xf;
  return decodeAddress(concatOctets([odd ? count - 1 : count], octets));
}

/**
 * An address field of a TPDU that stands alone, read strictly: nothing may be missing from it.
 * @throws SimloftError `pdu_invalid`
 */
export function decodeAddress(octets: Uint8Array): Address {
  if (octets.length < 2) throw invalidAddress('is cut off before its type', octets.length);
  return strict(readAddress(octets, 0, octets.length), octets);
}

/**
 * A service centre address that stands alone, read strictly; null for `00`, none.
 * @throws SimloftError `pdu_invalid`
 */
export function decodeServiceCentre(octets: Uint8Array): Address | null {
  if (octets.length === 0) throw invalidAddress('has no octet', 0);
  const read = readServiceCentre(octets, 0, octets.length);
  return read && strict(read, octets);
}

function strict(read: AddressRead, octets: Uint8Array): Address {
  if (read.short) throw invalidAddress('has fewer octets than its length says', read.next);
  if (read.unsound) throw invalidAddress('has its fill in the wrong place', read.next);
  return addressOf(read, toHex(octets, 0, read.next));
}

function invalidAddress(what: string, offset: number): SimloftError {
  return new SimloftError('pdu_invalid', `The address ${what}.`, { details: { path: 'ADDRESS', offset, read: {} } });
}

/**
 * Writes TP-DA or TP-OA. Without `typeOfAddress` a number with `+` is international, other digits are of unknown type,
 * and everything else is a name in the GSM alphabet (TS 23.040 §9.1.2.5).
 * @throws SimloftError `number_invalid` when the number has characters that its type cannot have, or too many.
 */
export function encodeAddress(number: string, typeOfAddress?: number): Uint8Array<ArrayBuffer> {
  const bare = number.startsWith('+') ? number.slice(1) : number;
  const digits = writeDigits(bare);
  const toa = typeOfAddress ?? (digits === null ? toaName : number.startsWith('+') ? toaInternational : toaUnknown);
  if (((toa >> 4) & 7) === alphanumericType) return encodeName(number, toa);
  if (digits === null || bare.length > mostDigits) throw unencodable(number);
  return concatOctets([bare.length, toa], digits);
}

/** TP-DA has room for ten octets of digits, a name for eleven characters. */
const mostDigits = 20;
const mostCharacters = 11;

function encodeName(name: string, toa: number): Uint8Array<ArrayBuffer> {
  const septets = encodeSeptets(name, defaultIndex);
  if (septets === null || septets.length > mostCharacters) throw unencodable(name);
  return concatOctets([Math.ceil((septets.length * 7) / 4), toa], packSeptets(septets));
}

/**
 * Writes the service centre's address as its own layer; the empty text gives `00`, the one that the SIM holds.
 * @param typeOfAddress where the number's own form does not tell it
 * @throws SimloftError `number_invalid`
 */
export function encodeServiceCentre(number: string, typeOfAddress?: number): Uint8Array<ArrayBuffer> {
  if (number === '') return Uint8Array.of(0);
  const digits = writeDigits(number.startsWith('+') ? number.slice(1) : number);
  if (digits === null || digits.length === 0 || digits.length > mostDigits / 2) throw unencodable(number);
  const toa = typeOfAddress ?? (number.startsWith('+') ? toaInternational : toaUnknown);
  return concatOctets([digits.length + 1, toa], digits);
}

function unencodable(number: string): SimloftError {
  const details = { field: 'number', length: number.length };
  return new SimloftError(
    'number_invalid',
    `A number of ${number.length} characters does not fit an address field: allowed are up to ${mostDigits} digits, * and #, with + in front, or a name of up to ${mostCharacters} characters.`,
    { details },
  );
}

/** Whether a person could dial it: digits, `*`, `#` and `a` to `c`, with at most a `+` in front. */
export function isDialable(number: string): boolean {
  const bare = number.startsWith('+') ? number.slice(1) : number;
  return bare !== '' && writeDigits(bare) !== null;
}

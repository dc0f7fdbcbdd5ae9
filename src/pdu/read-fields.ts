import { type AddressRead, addressOf, readAddress } from './address.ts';
import { type PduCursor, shownOctet } from './cursor.ts';
import { decodeDataCoding } from './data-coding.ts';
import { octetAt } from './octets.ts';
import { readTimestamp, timestampOctets } from './timestamp.ts';
import type { Address, DataCoding, Timestamp, ValidityPeriod } from './tpdu.ts';
import { readValidity, validityFormat, validityOctets } from './validity-period.ts';

/** Reads TP-OA, TP-DA or TP-RA at the cursor; an address that is cut off cannot be followed by anything. */
export function takeAddress(cursor: PduCursor, path: string): Address {
  const offset = cursor.at;
  cursor.need(2, path);
  const read = readAddress(cursor.octets, offset, cursor.end);
  const address = addressOf(read, cursor.hex(offset, read.next));
  cursor.read.address = address;
  if (read.short) cursor.need(2 + ((octetAt(cursor.octets, offset) + 1) >> 1), path);
  cursor.at = read.next;
  noteAddress(cursor, { path, offset, read });
  return address;
}

/** Notes what was wrong with an address and read all the same. */
export function noteAddress(cursor: PduCursor, found: { path: string; offset: number; read: AddressRead }): void {
  const { path, offset, read } = found;
  if (read.unsound) {
    const text = 'The half octet F, which fills up a number, stands in the wrong place: it was passed over.';
    cursor.note(path, offset, { code: 'address_coding', text });
  }
  if (read.padded) {
    const text = 'The length of the name takes in its padding, which was left out.';
    cursor.note(path, offset, { code: 'address_padding', text });
  }
}

/** Reads TP-DCS at the cursor, noting a coding that has no meaning yet and one that stays closed. */
export function takeDataCoding(cursor: PduCursor): DataCoding {
  const offset = cursor.at;
  const coding = decodeDataCoding(cursor.octet('DCS'));
  cursor.read.dataCoding = coding;
  if (coding.reserved) {
    const text = `The data coding ${shownOctet(coding.octet)} is reserved: the text was read in the GSM 7-bit alphabet.`;
    cursor.note('DCS', offset, { code: 'dcs_reserved', text });
  }
  if (coding.compressed) {
    const text = `The data coding ${shownOctet(coding.octet)} says that the text is compressed: it was left as it is.`;
    cursor.note('DCS', offset, { code: 'dcs_compressed', text });
  }
  return coding;
}

/** Reads TP-SCTS or TP-DT at the cursor, noting one that is no moment. */
export function takeTimestamp(cursor: PduCursor, path: string): Timestamp {
  const offset = cursor.at;
  cursor.need(timestampOctets, path);
  const timestamp = readTimestamp(cursor.octets, offset, cursor.hex(offset, offset + timestampOctets));
  cursor.at += timestampOctets;
  if (!timestamp.valid) {
    const text = `${timestamp.raw} is no moment of the calendar: it was kept as it is.`;
    cursor.note(path, offset, { code: 'timestamp_invalid', text });
  }
  return timestamp;
}

/** Reads TP-VP in the format that the first octet of an SMS-SUBMIT names. */
export function takeValidity(cursor: PduCursor, firstOctet: number): ValidityPeriod | null {
  const format = validityFormat(firstOctet);
  const octets = validityOctets(format);
  cursor.need(octets, 'VP');
  const period = readValidity(cursor.octets, cursor.at, format);
  cursor.at += octets;
  return period;
}

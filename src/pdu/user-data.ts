import type { PduCursor } from './cursor.ts';
import { readPackedText } from './packed-text.ts';
import { tablesOfHeader } from './national.ts';
import { fromHex, octetAt } from './octets.ts';
import { fillBitsAfter, septetRoom, unpackSeptets } from './septets.ts';
import type { DataCoding, InformationElement, UserData } from './tpdu.ts';
import { readElements } from './user-data-header.ts';
import { readUcs2 } from './utf16.ts';

const noElements: readonly InformationElement[] = Object.freeze([]);

/** Reads TP-UDL and TP-UD (TS 23.040 §9.2.3.16, §9.2.3.24). What is cut off is read as far as it goes, with a note. */
export function readUserData(cursor: PduCursor, coding: DataCoding, hasHeader: boolean): UserData {
  const lengthAt = cursor.at;
  const length = cursor.octet('UDL');
  const start = cursor.at;
  const packed = coding.alphabet === 'gsm7' && !coding.compressed;
  const stated = packed ? (length * 7 + 7) >> 3 : length;
  const size = Math.min(stated, cursor.left);
  if (size < stated) noteShort(cursor, lengthAt, { stated, size });
  const end = start + size;
  cursor.at = end;
  const hex = cursor.hex(start, end);
  const headerOctets = hasHeader && size > 0 ? Math.min(octetAt(cursor.octets, start) + 1, size) : 0;
  const header = headerOctets === 0 ? noElements : readHeader(cursor, start, size);
  const body = start + headerOctets;
  if (packed) {
    const range = { start: body, ...packedRange(length, headerOctets, end - body) };
    const text = readPackedText(cursor.octets, range, tablesOfHeader(header));
    return { header, headerOctets, text, data: null, length, hex };
  }
  if (coding.alphabet !== 'ucs2' || coding.compressed) {
    return { header, headerOctets, text: null, data: cursor.octets.slice(body, end), length, hex };
  }
  if ((end - body) % 2 === 1) noteOdd(cursor);
  return { header, headerOctets, text: readUcs2(cursor.octets, body, end), data: null, length, hex };
}

/** Where the septets behind a header stand in octets of which there are `room`, and how many there are. */
function packedRange(length: number, headerOctets: number, room: number): { fillBits: number; count: number } {
  const fillBits = fillBitsAfter(headerOctets);
  const count = length - (headerOctets * 8 + fillBits) / 7;
  return { fillBits, count: Math.max(0, Math.min(count, septetRoom(room, fillBits))) };
}

function readHeader(cursor: PduCursor, start: number, size: number): readonly InformationElement[] {
  const stated = octetAt(cursor.octets, start) + 1;
  if (stated > size) {
    const text = `The header says it has ${stated} octets, but the user data has ${size}: it was read as far as it goes.`;
    cursor.note('UD.UDH', start, { code: 'header_invalid', text });
  }
  const { elements, brokenAt } = readElements(cursor.octets, start + 1, start + Math.min(stated, size));
  if (brokenAt !== null) {
    const text = 'This element runs beyond the end of the header and was left out.';
    cursor.note('UD.UDH', brokenAt, { code: 'header_element_invalid', text });
  }
  return elements;
}

function noteShort(cursor: PduCursor, offset: number, { stated, size }: { stated: number; size: number }): void {
  const text = `TP-UDL stands for ${stated} octets, but there are ${size}: the text was read as far as it goes.`;
  cursor.note('UDL', offset, { code: 'user_data_short', text });
}

function noteOdd(cursor: PduCursor): void {
  const text = 'UCS-2 text has two octets for each unit: the single octet at the end was left out.';
  cursor.note('UD', cursor.at - 1, { code: 'user_data_odd', text });
}

/** What the body of a part is read from: TP-UDL and TP-UD. */
export type RawUserData = Pick<UserData, 'header' | 'headerOctets' | 'length' | 'hex'>;

/** The octets of TP-UD behind its header. */
export function bodyOctets({ hex, headerOctets }: RawUserData): Uint8Array<ArrayBuffer> {
  return fromHex(hex.slice(2 * headerOctets));
}

/** The septets of TP-UD behind its header, one an element. */
export function bodySeptets(userData: RawUserData): Uint8Array<ArrayBuffer> {
  const octets = bodyOctets(userData);
  return unpackSeptets(octets, packedRange(userData.length, userData.headerOctets, octets.length));
}

/** The body of TP-UD as upper-case hex. */
export function bodyHex({ hex, headerOctets }: RawUserData): string {
  return hex.slice(2 * headerOctets);
}

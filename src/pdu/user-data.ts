import type { PduCursor } from './cursor.ts';
import { decodeSeptets } from './gsm-text.ts';
import { tablesOfHeader } from './national.ts';
import { octetAt } from './octets.ts';
import { fillBitsAfter, septetRoom, unpackSeptets } from './septets.ts';
import type { DataCoding, InformationElement, UserData } from './tpdu.ts';
import { readElements } from './user-data-header.ts';
import { textOfUcs2, unitsOfOctets } from './utf16.ts';

const noElements: readonly InformationElement[] = Object.freeze([]);

/** Reads TP-UDL and TP-UD (TS 23.040 §9.2.3.16, §9.2.3.24). What is cut off is read as far as it goes, with a note. */
export function readUserData(cursor: PduCursor, coding: DataCoding, hasHeader: boolean): UserData {
  const lengthAt = cursor.at;
  const length = cursor.octet('UDL');
  const start = cursor.at;
  const septets = coding.alphabet === 'gsm7' && !coding.compressed;
  const stated = septets ? (length * 7 + 7) >> 3 : length;
  const size = Math.min(stated, cursor.left);
  if (size < stated) noteShort(cursor, lengthAt, { stated, size });
  cursor.at = start + size;
  const octets = cursor.octets.subarray(start, start + size);
  const header = hasHeader && size > 0 ? readHeader(cursor, start, size) : { elements: noElements, octetCount: 0 };
  const { elements, octetCount } = header;
  if (septets) {
    const packed = { length, octetCount, tables: tablesOfHeader(elements) };
    return { header: elements, ...gsmText(octets, packed), data: null, length, octets };
  }
  const data = octetCount === 0 ? octets : octets.subarray(octetCount);
  const ucs2 = coding.alphabet === 'ucs2' && !coding.compressed;
  if (ucs2 && data.length % 2 === 1) noteOdd(cursor);
  const text = ucs2 ? textOfUcs2(unitsOfOctets(data)) : null;
  return { header: elements, text, data, septets: null, length, octets };
}

interface PackedText {
  /** TP-UDL: septets, those that the header takes up included. */
  readonly length: number;
  readonly octetCount: number;
  readonly tables: ReturnType<typeof tablesOfHeader>;
}

function gsmText(octets: Uint8Array, { length, octetCount, tables }: PackedText): Pick<UserData, 'text' | 'septets'> {
  const fillBits = fillBitsAfter(octetCount);
  const count = length - (octetCount * 8 + fillBits) / 7;
  const room = septetRoom(octets.length - octetCount, fillBits);
  const septets = unpackSeptets(octets, { start: octetCount, fillBits, count: Math.max(0, Math.min(count, room)) });
  return { text: decodeSeptets(septets, tables), septets };
}

function readHeader(
  cursor: PduCursor,
  start: number,
  size: number,
): { elements: readonly InformationElement[]; octetCount: number } {
  const stated = octetAt(cursor.octets, start) + 1;
  if (stated > size) {
    const text = `The header says it has ${stated} octets, but the user data has ${size}: it was read as far as it goes.`;
    cursor.note('UD.UDH', start, { code: 'header_invalid', text });
  }
  const octetCount = Math.min(stated, size);
  const { elements, brokenAt } = readElements(cursor.octets, start + 1, start + octetCount);
  if (brokenAt !== null) {
    const text = 'This element runs beyond the end of the header and was left out.';
    cursor.note('UD.UDH', brokenAt, { code: 'header_element_invalid', text });
  }
  return { elements, octetCount };
}

function noteShort(cursor: PduCursor, offset: number, { stated, size }: { stated: number; size: number }): void {
  const text = `TP-UDL stands for ${stated} octets, but there are ${size}: the text was read as far as it goes.`;
  cursor.note('UDL', offset, { code: 'user_data_short', text });
}

function noteOdd(cursor: PduCursor): void {
  const text = 'UCS-2 text has two octets for each unit: the single octet at the end was left out.';
  cursor.note('UD', cursor.at - 1, { code: 'user_data_odd', text });
}

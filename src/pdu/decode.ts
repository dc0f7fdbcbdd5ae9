import { addressOf, readServiceCentre } from './address.ts';
import { PduCursor } from './cursor.ts';
import { readHex } from './hex-reader.ts';
import { octetAt } from './octets.ts';
import { noteAddress } from './read-fields.ts';
import { readTpdu } from './read-tpdu.ts';
import type { Address, DecodedPdu } from './tpdu.ts';

export interface DecodeOptions {
  /**
   * `from-network` reads type 0 as SMS-DELIVER; `to-network` allows SMS-SUBMIT only. Without it, the type alone
   * decides, which is right for everything that lies in a modem.
   */
  readonly direction?: 'from-network' | 'to-network';
  /** Octets of the TPDU as the modem states them (TS 27.005 §4.1); octets behind them are padding. */
  readonly tpduLength?: number | null;
  /** Whether the service centre's address stands in front, as AT commands have it. True unless given. */
  readonly serviceCentre?: boolean;
}

/**
 * Reads a PDU. It is tolerant: what phones read all the same (a wrong length, a reserved coding, an impossible time) is
 * read and noted.
 * @param hex in either case; white space around it is allowed
 * @throws SimloftError `pdu_invalid`. Its `details` have `path` (the field), `offset` (octets from the start) and `read`
 *   (the fields that stand in front of the fault).
 */
export function decodePdu(hex: string, options: DecodeOptions = {}): DecodedPdu {
  const cursor = openPdu(hex);
  const serviceCentre = options.serviceCentre === false ? null : takeServiceCentre(cursor);
  limitToTpdu(cursor, options.tpduLength ?? null);
  const tpdu = readTpdu(cursor, options.direction ?? null);
  noteTail(cursor);
  return { serviceCentre, tpdu, notes: cursor.notes };
}

function openPdu(hex: string): PduCursor {
  // Modems write upper case without spaces: what is written otherwise fails at first, and is read once more.
  let digits = hex;
  let { octets, count } = readHex(digits);
  if (count < digits.length / 2) {
    digits = hex.trim().toUpperCase();
    ({ octets, count } = readHex(digits));
  }
  const cursor = new PduCursor(octets, count, digits);
  if (count < digits.length >> 1) {
    const message = `The PDU is no hex from octet ${count} on: only 0 to 9 and A to F may stand there.`;
    throw cursor.invalid('PDU', count, message);
  }
  if (digits.length % 2 === 1) {
    const text = 'The PDU ends in half an octet, which was left out.';
    cursor.note('PDU', count, { code: 'tail_ignored', text });
  }
  return cursor;
}

function takeServiceCentre(cursor: PduCursor): Address | null {
  const start = cursor.at;
  cursor.need(1 + octetAt(cursor.octets, start), 'SCA');
  const read = readServiceCentre(cursor.octets, start, cursor.end);
  cursor.octet('SCA');
  if (read === null) return null;
  cursor.at = read.next;
  noteAddress(cursor, { path: 'SCA', offset: start, read });
  const address = addressOf(read, cursor.hex(start, read.next));
  cursor.read.serviceCentre = address;
  return address;
}

/** Cuts off what stands behind the stated length, or notes that less is there. */
function limitToTpdu(cursor: PduCursor, length: number | null): void {
  if (length === null || length === cursor.left) return;
  const stated = `The modem states a TPDU of ${length} octets, but there are ${cursor.left}`;
  if (length > cursor.left || length < shortestTpdu) {
    cursor.note('PDU', cursor.at, { code: 'tpdu_length_wrong', text: `${stated}: the statement was passed over.` });
    return;
  }
  cursor.note('PDU', cursor.at + length, { code: 'tail_ignored', text: `${stated}: those behind were left out.` });
  cursor.end = cursor.at + length;
}

/** No TPDU read here is shorter; a smaller statement is a slip. */
const shortestTpdu = 7;

function noteTail(cursor: PduCursor): void {
  if (cursor.left === 0) return;
  const text = `${cursor.left} octets stand behind the end of the message: they were left out.`;
  cursor.note('PDU', cursor.at, { code: 'tail_ignored', text });
}

import { SimloftError } from '../core/errors.ts';
import { octetAt, octetHex } from './octets.ts';
import type { Address, DataCoding, DecodeNote, DecodeNoteCode, Timestamp, Tpdu } from './tpdu.ts';

/** What was read of a PDU so far; undefined stands for what was not. */
export interface FieldsRead {
  serviceCentre: Address | undefined;
  type: Tpdu['type'] | undefined;
  messageReference: number | undefined;
  address: Address | undefined;
  protocolIdentifier: number | undefined;
  dataCoding: DataCoding | undefined;
  timestamp: Timestamp | undefined;
  dischargeTime: Timestamp | undefined;
  status: number | undefined;
}

/**
 * Walks through the octets of one PDU. It keeps what was read by name, so that an error can hand over all that stood in
 * front of it, and the notes on what was tolerated.
 */
export class PduCursor {
  readonly octets: Uint8Array;
  readonly notes: DecodeNote[] = [];
  /** By the names that the decoded PDU has. All are there from the start, because objects that grow are slow. */
  readonly read: FieldsRead = {
    serviceCentre: undefined,
    type: undefined,
    messageReference: undefined,
    address: undefined,
    protocolIdentifier: undefined,
    dataCoding: undefined,
    timestamp: undefined,
    dischargeTime: undefined,
    status: undefined,
  };
  /** The octet that is read next. */
  at = 0;
  /** The octet behind the last one that belongs to the PDU. */
  end: number;

  readonly #hex: string;

  /**
   * @param octets the PDU and perhaps more behind it, not to be kept
   * @param count octets of the PDU
   * @param hex the PDU in upper case
   */
  constructor(octets: Uint8Array, count: number, hex: string) {
    this.octets = octets;
    this.end = count;
    this.#hex = hex;
  }

  /** Octets from `start` up to `end` as they stand in the PDU. */
  hex(start: number, end: number): string {
    return this.#hex.slice(2 * start, 2 * end);
  }

  get left(): number {
    return this.end - this.at;
  }

  /** Takes one octet. */
  octet(path: string): number {
    this.need(1, path);
    const octet = octetAt(this.octets, this.at);
    this.at += 1;
    return octet;
  }

  /** Refuses to go on when fewer than `count` octets are left. */
  need(count: number, path: string): void {
    if (this.left >= count) return;
    const missing = `${path} needs ${count} ${count === 1 ? 'octet' : 'octets'} from octet ${this.at} on`;
    throw this.invalid(path, this.at, `The PDU is cut off: ${missing}, but there are ${Math.max(0, this.left)}.`);
  }

  note(path: string, offset: number, what: { readonly code: DecodeNoteCode; readonly text: string }): void {
    this.notes.push({ path, offset, code: what.code, text: what.text });
  }

  invalid(path: string, offset: number, message: string): SimloftError {
    const read = Object.fromEntries(Object.entries(this.read).filter(([, value]) => value !== undefined));
    return new SimloftError('pdu_invalid', message, { details: { path, offset, read } });
  }
}

/** `0x1F` for sentences. */
export function shownOctet(octet: number): string {
  return `0x${octetHex(octet)}`;
}

import { SimloftError } from '../core/errors.ts';
import { octetAt } from './octets.ts';
import type { InformationElement, UserData } from './tpdu.ts';

/** Identifiers of elements with a meaning here (TS 23.040 §9.2.3.24). */
export const iei = {
  concatenation8: 0x00,
  specialIndication: 0x01,
  ports8: 0x04,
  ports16: 0x05,
  concatenation16: 0x08,
  singleShift: 0x24,
  lockingShift: 0x25,
} as const;

/** The elements of a header and where their reading stopped. */
export interface HeaderRead {
  readonly elements: readonly InformationElement[];
  /** Offset of an element that runs beyond the header; null when all fit. */
  readonly brokenAt: number | null;
}

/** Reads elements from `start` to `end`, behind the length octet (TS 23.040 §9.2.3.24). */
export function readElements(octets: Uint8Array, start: number, end: number): HeaderRead {
  const elements: InformationElement[] = [];
  let at = start;
  while (at < end) {
    const next = at + 2 + octetAt(octets, at + 1);
    if (at + 1 >= end || next > end) return { elements, brokenAt: at };
    elements.push({ iei: octetAt(octets, at), data: octets.slice(at + 2, next) });
    at = next;
  }
  return { elements, brokenAt: null };
}

/**
 * A header that stands alone, UDHL first, read strictly.
 * @returns the elements and how many octets they took, UDHL included
 * @throws SimloftError `pdu_invalid`
 */
export function decodeHeader(octets: Uint8Array): { elements: readonly InformationElement[]; octetsUsed: number } {
  const end = 1 + octetAt(octets, 0);
  if (octets.length < end || octets.length === 0) throw invalid('is shorter than its length says', octets.length);
  const { elements, brokenAt } = readElements(octets, 1, end);
  if (brokenAt !== null) throw invalid('has an element that runs beyond its end', brokenAt);
  return { elements, octetsUsed: end };
}

function invalid(what: string, offset: number): SimloftError {
  const details = { path: 'UD.UDH', offset, read: {} };
  return new SimloftError('pdu_invalid', `The user data header ${what}.`, { details });
}

/**
 * Writes a header, UDHL first; nothing for no elements.
 * @throws SimloftError `pdu_unencodable` when it would be longer than TP-UD.
 */
export function encodeHeader(elements: readonly InformationElement[]): Uint8Array<ArrayBuffer> {
  if (elements.length === 0) return new Uint8Array(0);
  const length = elements.reduce((sum, { data }) => sum + 2 + data.length, 0);
  if (length > mostHeaderOctets)
    throw new SimloftError(
      'pdu_unencodable',
      `A user data header of ${length} octets leaves no room: at most ${mostHeaderOctets} fit.`,
    );
  const octets = new Uint8Array(1 + length);
  octets[0] = length;
  let at = 1;
  for (const element of elements) {
    octets.set([element.iei, element.data.length], at);
    octets.set(element.data, at + 2);
    at += 2 + element.data.length;
  }
  return octets;
}

const mostHeaderOctets = 139;

/** Place of a message in a set (TS 23.040 §9.2.3.24.1, §9.2.3.24.8). */
export interface Concatenation {
  /** 0 to 255, or to 65535 with 16 bits. The two widths are different number spaces. */
  readonly reference: number;
  readonly bits: 8 | 16;
  /** 1 to 255. */
  readonly total: number;
  /** 1 to `total`. */
  readonly seq: number;
}

/**
 * Place in a set; null when the message is none of a set. An element without sense (total 0, number 0 or above the total,
 * a wrong length) counts as absent, and of several the last one counts (TS 23.040 §9.2.3.24).
 */
export function concatenation(userData: Pick<UserData, 'header'>): Concatenation | null {
  let found: Concatenation | null = null;
  for (const element of userData.header) found = readConcatenation(element) ?? found;
  return found;
}

function readConcatenation({ iei: id, data }: InformationElement): Concatenation | null {
  const wide = id === iei.concatenation16 && data.length === 4;
  if (!wide && !(id === iei.concatenation8 && data.length === 3)) return null;
  const first = octetAt(data, 0);
  const reference = wide ? (first << 8) | octetAt(data, 1) : first;
  const total = octetAt(data, wide ? 2 : 1);
  const seq = octetAt(data, wide ? 3 : 2);
  return total === 0 || seq === 0 || seq > total ? null : { reference, bits: wide ? 16 : 8, total, seq };
}

export function concatenationElement({ reference, bits, total, seq }: Concatenation): InformationElement {
  if (bits === 8) return { iei: iei.concatenation8, data: Uint8Array.of(reference, total, seq) };
  return { iei: iei.concatenation16, data: Uint8Array.of(reference >> 8, reference, total, seq) };
}

/** Application ports (TS 23.040 §9.2.3.24.3, §9.2.3.24.4). */
export interface Ports {
  readonly destination: number;
  readonly source: number;
  readonly bits: 8 | 16;
}

/** The ports that the message is for; null when it is for none. The last element counts. */
export function ports(userData: Pick<UserData, 'header'>): Ports | null {
  let found: Ports | null = null;
  for (const { iei: id, data } of userData.header) {
    const [a = 0, b = 0, c = 0, d = 0] = data;
    if (id === iei.ports8 && data.length === 2) found = { destination: a, source: b, bits: 8 };
    if (id === iei.ports16 && data.length === 4) found = { destination: (a << 8) | b, source: (c << 8) | d, bits: 16 };
  }
  return found;
}

export function portsElement({ destination, source, bits }: Ports): InformationElement {
  if (bits === 8) return { iei: iei.ports8, data: Uint8Array.of(destination, source) };
  return { iei: iei.ports16, data: Uint8Array.of(destination >> 8, destination, source >> 8, source) };
}

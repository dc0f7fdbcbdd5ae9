import { SimloftError } from '../core/errors.ts';
import { capacity, mostParts } from './text-plan.ts';
import type { InformationElement } from './tpdu.ts';
import { type Concatenation, concatenationElement, encodeHeader } from './user-data-header.ts';

/** Octets to be sent as 8-bit data. */
export interface OctetsRequest {
  readonly octets: Uint8Array;
  /** Number of the set when there are several parts. */
  readonly concatReference: number;
  /** 8 unless given. */
  readonly concatBits?: 8 | 16;
  /** Elements that each part carries besides its place, such as ports. */
  readonly header?: readonly InformationElement[];
}

/** One part: its elements, and its octets behind them. */
export interface OctetPart {
  readonly header: readonly InformationElement[];
  readonly octets: Uint8Array;
}

/**
 * Cuts octets into parts of 140, or of 134 and 133 in a set with an 8-bit and 16-bit reference (TS 23.040 §9.2.3.24).
 * @throws SimloftError `text_too_long` when they need more than 255 parts
 */
export function splitOctets(request: OctetsRequest): OctetPart[] {
  const { octets, concatReference: reference, concatBits: bits = 8, header = [] } = request;
  const single = capacity('8bit', encodeHeader(header).length);
  if (octets.length <= single) return [{ header, octets }];
  const place: Concatenation = { reference, bits, total: 1, seq: 1 };
  const each = capacity('8bit', encodeHeader([concatenationElement(place), ...header]).length);
  const total = Math.ceil(octets.length / each);
  if (total > mostParts) {
    const details = { parts: total, allowed: mostParts };
    throw new SimloftError('text_too_long', `The data need ${total} parts, and ${mostParts} are allowed.`, { details });
  }
  return Array.from({ length: total }, (_, index) => ({
    header: [concatenationElement({ ...place, total, seq: index + 1 }), ...header],
    octets: octets.subarray(index * each, (index + 1) * each),
  }));
}

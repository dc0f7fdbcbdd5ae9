import { SimloftError } from '../core/errors.ts';
import { encodeAddress } from './address.ts';
import { concatOctets } from './octets.ts';
import { fillBitsAfter, packSeptets } from './septets.ts';
import type { InformationElement } from './tpdu.ts';
import { encodeHeader } from './user-data-header.ts';
import { encodeValidity, type ValidityRequest, validityFormatBits } from './validity-period.ts';

/** What TP-UD carries behind its header: septets to be packed, or octets. */
export type Content =
  | { readonly alphabet: 'gsm7'; readonly septets: Uint8Array }
  | { readonly alphabet: 'octets'; readonly octets: Uint8Array };

/** Writes TP-UD and the count for TP-UDL: septets with the header's, or octets (TS 23.040 §9.2.3.16, §9.2.3.24). */
export function encodeUserData(
  header: readonly InformationElement[],
  content: Content,
): { readonly length: number; readonly octets: Uint8Array } {
  const head = encodeHeader(header);
  if (content.alphabet === 'octets') {
    const octets = concatOctets(head, content.octets);
    return { length: octets.length, octets };
  }
  const fillBits = fillBitsAfter(head.length);
  const length = (head.length * 8 + fillBits) / 7 + content.septets.length;
  return { length, octets: concatOctets(head, packSeptets(content.septets, fillBits)) };
}

/** The fields of an SMS-SUBMIT. */
export interface SubmitFields {
  readonly recipient: string;
  /** TP-DA's type octet, where the number's own form does not tell it. */
  readonly typeOfAddress?: number;
  readonly messageReference: number;
  readonly protocolIdentifier?: number;
  readonly dataCoding: number;
  readonly validity?: ValidityRequest | null;
  readonly statusReport?: boolean;
  readonly rejectDuplicates?: boolean;
  readonly replyPath?: boolean;
  readonly header: readonly InformationElement[];
  readonly content: Content;
}

const submitType = 1;

/**
 * Writes an SMS-SUBMIT (TS 23.040 §9.2.2.2), without the service centre's address.
 * @throws SimloftError `number_invalid`; `pdu_unencodable` when TP-UD would be longer than 140 octets.
 */
export function encodeSubmit(fields: SubmitFields): Uint8Array {
  const { octets, length } = encodeUserData(fields.header, fields.content);
  if (octets.length > 140)
    throw new SimloftError('pdu_unencodable', `A part of ${octets.length} octets does not fit: 140 do.`);
  const validity = fields.validity ?? null;
  const firstOctet =
    submitType |
    validityFormatBits(validity?.format ?? 'none') |
    (fields.rejectDuplicates ? 0x04 : 0) |
    (fields.statusReport ? 0x20 : 0) |
    (fields.header.length > 0 ? 0x40 : 0) |
    (fields.replyPath ? 0x80 : 0);
  return concatOctets(
    [firstOctet, fields.messageReference & 0xff],
    encodeAddress(fields.recipient, fields.typeOfAddress),
    [fields.protocolIdentifier ?? 0, fields.dataCoding],
    validity === null ? [] : encodeValidity(validity),
    [length],
    octets,
  );
}

/** The fields of an SMS-DELIVER, for programs that play the network. */
export interface DeliverFields {
  readonly sender: string;
  readonly typeOfAddress?: number;
  readonly protocolIdentifier?: number;
  readonly dataCoding: number;
  /** The seven octets of TP-SCTS. */
  readonly timestamp: Uint8Array;
  readonly moreMessagesToSend?: boolean;
  readonly header: readonly InformationElement[];
  readonly content: Content;
}

/** Writes an SMS-DELIVER (TS 23.040 §9.2.2.1), without the service centre's address. */
export function encodeDeliver(fields: DeliverFields): Uint8Array {
  const { octets, length } = encodeUserData(fields.header, fields.content);
  const firstOctet = (fields.moreMessagesToSend ? 0 : 0x04) | (fields.header.length > 0 ? 0x40 : 0);
  return concatOctets(
    [firstOctet],
    encodeAddress(fields.sender, fields.typeOfAddress),
    [fields.protocolIdentifier ?? 0, fields.dataCoding],
    fields.timestamp,
    [length],
    octets,
  );
}

/** The fields of an SMS-STATUS-REPORT, for programs that play the network. */
export interface StatusReportFields {
  readonly messageReference: number;
  readonly recipient: string;
  readonly timestamp: Uint8Array;
  readonly dischargeTime: Uint8Array;
  readonly status: number;
}

/** Writes an SMS-STATUS-REPORT (TS 23.040 §9.2.2.3) without its optional fields. */
export function encodeStatusReport(fields: StatusReportFields): Uint8Array {
  const head = [0x06, fields.messageReference & 0xff];
  const recipient = encodeAddress(fields.recipient);
  return concatOctets(head, recipient, fields.timestamp, fields.dischargeTime, [fields.status]);
}

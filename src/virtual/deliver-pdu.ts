import { addressHex, serviceCentrePrefix } from './address-pdu.ts';
import { hexOf, ucs2Of } from './octets.ts';
import { packSeptets, septetsOf } from './septets.ts';

export interface DeliverPart {
  readonly from: string;
  readonly pid: number;
  readonly dcs: number;
  /** TP-SCTS in hex. */
  readonly scts: string;
  /** Text in the alphabet of `dcs`, or octets as they are. */
  readonly content: { readonly gsm7: string } | { readonly ucs2: string } | { readonly octets: Uint8Array };
  readonly part?: ConcatPart;
}

export interface ConcatPart {
  readonly reference: number;
  readonly referenceBits: 8 | 16;
  readonly total: number;
  /** 1-based. */
  readonly number: number;
}

/** SMS-DELIVER, TS 23.040 §9.2.2.1, with the service-centre address in front, in hex. */
export function deliverPdu({ from, pid, dcs, scts, content, part }: DeliverPart): string {
  const header = part === undefined ? [] : userDataHeader(part);
  const noMoreToSend = 0x04;
  const first = noMoreToSend | (header.length > 0 ? 0x40 : 0);
  return `${serviceCentrePrefix}${hexOf([first])}${addressHex(from)}${hexOf([pid, dcs])}${scts}${userData(content, header)}`;
}

/** TP-UDL and TP-UD; for GSM 7-bit the length counts septets, header and fill bits among them (§9.2.3.16). */
function userData(content: DeliverPart['content'], header: readonly number[]): string {
  if ('gsm7' in content) {
    const septets = septetsOf(content.gsm7) ?? [];
    const headerSeptets = Math.ceil((header.length * 8) / 7);
    const fillBits = headerSeptets * 7 - header.length * 8;
    return hexOf([headerSeptets + septets.length, ...header, ...packSeptets(septets, fillBits)]);
  }
  const octets = 'ucs2' in content ? ucs2Of(content.ucs2) : content.octets;
  return hexOf([header.length + octets.length, ...header, ...octets]);
}

/** §9.2.3.24.1 (8-bit reference), §9.2.3.24.8 (16-bit). */
function userDataHeader({ reference, referenceBits, total, number }: ConcatPart): number[] {
  return referenceBits === 8
    ? [0x05, 0x00, 0x03, reference & 0xff, total, number]
    : [0x06, 0x08, 0x04, (reference >> 8) & 0xff, reference & 0xff, total, number];
}

import { encodeDeliver, encodeStatusReport } from '../../../src/pdu/encode-tpdu.ts';
import { encodeSeptets } from '../../../src/pdu/gsm-text.ts';
import { toHex } from '../../../src/pdu/octets.ts';
import { encodeTimestamp } from '../../../src/pdu/timestamp.ts';
import { concatenationElement } from '../../../src/pdu/user-data-header.ts';
import { encodeUcs2 } from '../../../src/pdu/utf16.ts';

export interface MadeDeliver {
  readonly sender?: string;
  readonly text?: string;
  /** When the service centre took it, epoch ms; its clock runs three hours ahead of UTC. */
  readonly at?: number;
  /** Place in a set. */
  readonly part?: { readonly reference: number; readonly total: number; readonly seq: number };
  readonly protocolIdentifier?: number;
  readonly flash?: boolean;
  readonly octets?: Uint8Array;
  /** The seven octets of an impossible time. */
  readonly rawTime?: Uint8Array;
}

/** An SMS-DELIVER as a modem gives it. */
export function deliverPdu(made: MadeDeliver): string {
  const { sender = '+79161234567', text = '', at = Date.UTC(2026, 0, 1), part, octets } = made;
  const septets = octets === undefined ? encodeSeptets(text) : null;
  const alphabet = septets !== null ? 0x00 : octets === undefined ? 0x08 : 0x04;
  const tpdu = encodeDeliver({
    sender,
    protocolIdentifier: made.protocolIdentifier ?? 0,
    dataCoding: made.flash === true ? alphabet | 0x10 : alphabet,
    timestamp: made.rawTime ?? encodeTimestamp(at, 180),
    header: part === undefined ? [] : [concatenationElement({ ...part, bits: 8 })],
    content:
      septets === null ? { alphabet: 'octets', octets: octets ?? encodeUcs2(text) } : { alphabet: 'gsm7', septets },
  });
  return `00${toHex(tpdu)}`;
}

/** Cuts a text into PDUs of a set, `size` characters each. */
export function deliverParts(text: string, size: number, made: MadeDeliver & { readonly reference: number }): string[] {
  const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  return pieces.map((piece, index) =>
    deliverPdu({
      ...made,
      text: piece,
      part: { reference: made.reference, total: pieces.length, seq: index + 1 },
    }),
  );
}

export function reportPdu(made: { reference: number; recipient: string; status: number; at?: number }): string {
  const at = made.at ?? Date.UTC(2026, 0, 1);
  const tpdu = encodeStatusReport({
    messageReference: made.reference,
    recipient: made.recipient,
    timestamp: encodeTimestamp(at, 180),
    dischargeTime: encodeTimestamp(at + 5_000, 180),
    status: made.status,
  });
  return `00${toHex(tpdu)}`;
}

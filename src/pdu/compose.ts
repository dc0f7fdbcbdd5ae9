import { SimloftError } from '../core/errors.ts';
import { encodeServiceCentre, isDialable } from './address.ts';
import { type Content, encodeSubmit } from './encode-tpdu.ts';
import { encodeSeptets } from './gsm-text.ts';
import { toHex } from './octets.ts';
import { mostParts, planText, type TextPlan, type TextPlanRequest } from './text-plan.ts';
import type { MessageClass } from './tpdu.ts';
import { concatenationElement } from './user-data-header.ts';
import { encodeUcs2 } from './utf16.ts';
import type { ValidityRequest } from './validity-period.ts';

/** A message to be sent. */
export interface ComposeRequest extends TextPlanRequest {
  /** `+79161234567`, a short code such as `900`, or a national number: digits, `*` and `#`. */
  readonly recipient: string;
  readonly text: string;
  /** Number of the set when there are several parts: 0 to 255, or to 65535 with `concatBits` 16. */
  readonly concatReference: number;
  /** Class 0: shown at once and not kept. The same as `messageClass: 0`. */
  readonly flash?: boolean;
  readonly messageClass?: MessageClass;
  /** Ask the service centre for a report of each part. */
  readonly statusReport?: boolean;
  /** How long the service centre tries, in ms, rounded up to a relative TP-VP: 5 minutes to 63 weeks. */
  readonly validForMs?: number;
  /** TP-VP in a form of its own, instead of `validForMs`. */
  readonly validity?: ValidityRequest;
  /** TP-MR of the first part, 0 to 255; 0 unless given. The following parts have the following numbers. */
  readonly messageReference?: number;
  /** The service centre has to drop a second message with the same TP-MR and recipient. */
  readonly rejectDuplicates?: boolean;
  /** TP-PID; 0 unless given. */
  readonly protocolIdentifier?: number;
  /** The service centre's number; the one that the SIM holds unless given. */
  readonly serviceCentre?: string;
  /** The type octet of the recipient's address, where its own form does not tell it. */
  readonly typeOfAddress?: number;
  /** How many parts are allowed, 255 unless given. */
  readonly maxParts?: number;
}

/** One SMS-SUBMIT. */
export interface ComposedPart {
  /** 1 to `total`. */
  readonly seq: number;
  readonly total: number;
  /** With the service centre's address in front, upper-case hex: what stands behind the prompt of AT+CMGS. */
  readonly pdu: string;
  /** Octets without the service centre's address: the number in AT+CMGS (TS 27.005 §4.3). */
  readonly tpduLength: number;
  readonly text: string;
  /** Septets (an ESC pair is two) or UTF-16 units. */
  readonly units: number;
}

export interface ComposedSms {
  readonly alphabet: 'gsm7' | 'ucs2';
  readonly parts: readonly ComposedPart[];
}

/**
 * Writes a text as SMS-SUBMIT PDUs.
 * @throws SimloftError `number_invalid`, `text_empty`, `text_too_long`, `pdu_unencodable`
 */
export function composeSms(request: ComposeRequest): ComposedSms {
  checkRecipient(request.recipient);
  if (request.text === '') throw new SimloftError('text_empty', undefined, { details: { field: 'text' } });
  const plan = planText(request.text, request);
  const total = plan.segments.length;
  checkLength(total, Math.min(request.maxParts ?? mostParts, mostParts));
  const serviceCentre = toHex(encodeServiceCentre(request.serviceCentre ?? ''));
  const parts = plan.segments.map(({ text, units }, index): ComposedPart => {
    const tpdu = encodePart(request, plan, index);
    return { seq: index + 1, total, pdu: serviceCentre + toHex(tpdu), tpduLength: tpdu.length, text, units };
  });
  return { alphabet: plan.alphabet, parts };
}

function checkRecipient(recipient: string): void {
  if (isDialable(recipient) && recipient.length <= 21) return;
  throw new SimloftError(
    'number_invalid',
    'An SMS cannot be sent to this: allowed are up to 20 digits, * and #, with + in front for international numbers.',
    { details: { field: 'recipient', value: recipient.slice(0, 40) } },
  );
}

function checkLength(total: number, allowed: number): void {
  if (total <= allowed) return;
  throw new SimloftError('text_too_long', `The text needs ${total} parts, and ${allowed} are allowed: shorten it.`, {
    details: { field: 'text', parts: total, allowed },
  });
}

function encodePart(request: ComposeRequest, plan: TextPlan, index: number): Uint8Array {
  const total = plan.segments.length;
  const bits = request.concatBits ?? 8;
  const reference = request.concatReference & (bits === 8 ? 0xff : 0xffff);
  const place = total > 1 ? [concatenationElement({ reference, bits, total, seq: index + 1 })] : [];
  return encodeSubmit({
    ...request,
    messageReference: (request.messageReference ?? 0) + index,
    dataCoding: dataCodingOctet(plan.alphabet, request.flash ? 0 : (request.messageClass ?? null)),
    validity: validityOf(request),
    header: [...place, ...plan.header],
    content: contentOf(plan, index),
  });
}

function validityOf({ validity, validForMs }: ComposeRequest): ValidityRequest | null {
  if (validity !== undefined) return validity;
  return validForMs === undefined ? null : { format: 'relative', seconds: validForMs / 1000 };
}

function contentOf({ index, segments }: TextPlan, at: number): Content {
  const text = segments[at]?.text ?? '';
  const septets = index === null ? null : encodeSeptets(text, index);
  return septets === null ? { alphabet: 'octets', octets: encodeUcs2(text) } : { alphabet: 'gsm7', septets };
}

/** TP-DCS of the general group (TS 23.038 §4). */
export function dataCodingOctet(alphabet: 'gsm7' | '8bit' | 'ucs2', messageClass: MessageClass | null): number {
  const bits = alphabet === 'gsm7' ? 0x00 : alphabet === '8bit' ? 0x04 : 0x08;
  return messageClass === null ? bits : bits | 0x10 | messageClass;
}

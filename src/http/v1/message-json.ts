import * as v from 'valibot';
import type { MessageDetails, ShownListed } from '../../app/messages/read-messages.ts';
import { loadFindCode } from '../../codes/load.ts';
import { countParts } from '../../app/messages/preview.ts';
import { integer, writeInstant, writtenInstant } from '../api/schema.ts';

const instantOrNull = v.nullable(writtenInstant);

export const messageFields = {
  id: v.string(),
  direction: v.picklist(['in', 'out']),
  modem: v.string(),
  peer: v.string(),
  contact: v.nullable(v.string()),
  text: v.nullable(v.string()),
  kind: v.string(),
  state: v.string(),
  at: writtenInstant,
  received_at: instantOrNull,
  smsc_time: v.nullable(v.string()),
  created_at: instantOrNull,
  send_at: instantOrNull,
  expires_at: instantOrNull,
  sent_at: instantOrNull,
  delivered_at: instantOrNull,
  read: v.boolean(),
  blocked: v.boolean(),
  incomplete: v.boolean(),
  parts: integer,
  duplicate_of: v.nullable(v.string()),
  resend_of: v.nullable(v.string()),
  error: v.nullable(v.object({ code: v.nullable(v.string()), text: v.string() })),
  pdus: v.nullable(v.array(v.string())),
  text_removed_at: instantOrNull,
};

/** A message, received or sent, as `/v1` shows it. */
export const messageSchema = v.object(messageFields);
export type MessageJson = v.InferOutput<typeof messageSchema>;

/** In a list that tells of codes too. */
export const listedSchema = v.object({
  ...messageFields,
  code: v.optional(v.nullable(v.object({ code: v.string(), shown: v.string(), valid_until: instantOrNull }))),
});

/** A message with the one-time code that is in it, which takes as long as all the rest. */
export async function withCode(shown: ShownListed): Promise<v.InferOutput<typeof listedSchema>> {
  if (shown.direction === 'out') return { ...messageJson(shown), code: null };
  const { text, sender, receivedAt } = shown.message;
  const findCode = await loadFindCode();
  const found = text === null ? null : findCode(text, { sender });
  if (found === null) return { ...messageJson(shown), code: null };
  const until = found.validForMs === undefined ? null : writeInstant(receivedAt + found.validForMs);
  return { ...messageJson(shown), code: { code: found.code, shown: found.shown, valid_until: until } };
}

export const partSchema = v.object({
  seq: integer,
  state: v.nullable(v.string()),
  at: instantOrNull,
  reference: v.nullable(integer),
  report_status: v.nullable(integer),
  memory: v.nullable(v.string()),
  slot: v.nullable(integer),
  pdu: v.nullable(v.string()),
});

export const detailsSchema = v.object({
  ...messageFields,
  part_list: v.array(partSchema),
  steps: v.array(v.object({ at: writtenInstant, role: v.string(), what: v.string(), trace: v.string() })),
});

const orNull = (at: number | null): string | null => (at === null ? null : writeInstant(at));

export function messageJson(shown: ShownListed): MessageJson {
  return shown.direction === 'in' ? receivedJson(shown) : sentJson(shown);
}

function receivedJson({ message, contact, pdus }: Extract<ShownListed, { direction: 'in' }>): MessageJson {
  const { smsc, duplicateOf, decodeError } = message;
  return {
    id: `in-${message.id}`,
    direction: 'in',
    modem: message.modem,
    peer: message.sender,
    contact,
    text: message.text,
    kind: message.kind,
    state: message.state,
    at: writeInstant(message.storedAt ?? message.receivedAt),
    received_at: writeInstant(message.receivedAt),
    smsc_time: smsc === null ? null : centreTime(smsc),
    created_at: null,
    send_at: null,
    expires_at: null,
    sent_at: null,
    delivered_at: null,
    read: message.readAt !== null,
    blocked: message.blocked,
    incomplete: message.state === 'partial',
    parts: message.partsTotal,
    duplicate_of: duplicateOf === null ? null : `in-${duplicateOf}`,
    resend_of: null,
    error: decodeError === null ? null : { code: 'pdu_invalid', text: decodeError },
    pdus: pdus === null ? null : pdus.filter((pdu) => pdu !== ''),
    text_removed_at: orNull(message.textRemovedAt),
  };
}

function sentJson({ message, contact }: Extract<ShownListed, { direction: 'out' }>): MessageJson {
  const { error, errorCode, resendOf } = message;
  return {
    id: `out-${message.id}`,
    direction: 'out',
    modem: message.modem,
    peer: message.recipient,
    contact,
    text: message.text,
    kind: message.flash ? 'flash' : 'text',
    state: message.state,
    at: writeInstant(message.createdAt),
    received_at: null,
    smsc_time: null,
    created_at: writeInstant(message.createdAt),
    send_at: message.state === 'queued' ? writeInstant(message.nextAttemptAt) : null,
    expires_at: writeInstant(message.expiresAt),
    sent_at: orNull(message.sentAt),
    delivered_at: orNull(message.deliveredAt),
    read: true,
    blocked: false,
    incomplete: false,
    parts: countParts(message.text),
    duplicate_of: null,
    resend_of: resendOf === null ? null : `out-${resendOf}`,
    error: error === null ? null : { code: errorCode, text: error },
    pdus: null,
    text_removed_at: orNull(message.textRemovedAt),
  };
}

/** The wall clock and zone that the service centre wrote (TS 23.040 §9.2.3.11). */
function centreTime({ at, offsetMinutes }: { at: number; offsetMinutes: number }): string {
  const wall = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${wall}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** @param withPdus raw PDUs hold what nobody but an administrator needs: numbers of the service centre, headers. */
export function detailsJson(
  { shown, parts, steps }: MessageDetails,
  withPdus: boolean,
): v.InferOutput<typeof detailsSchema> {
  return {
    ...messageJson(shown),
    part_list: parts.map((part) => ({
      seq: part.seq,
      state: 'state' in part ? part.state : null,
      at: orNull('state' in part ? part.sentAt : part.receivedAt),
      reference: 'state' in part ? part.messageReference : null,
      report_status: 'state' in part ? part.reportStatus : null,
      memory: 'state' in part ? null : part.memory,
      slot: 'state' in part ? null : part.slot,
      pdu: withPdus && part.pdu !== '' ? part.pdu : null,
    })),
    steps: steps.map(({ at, role, what, trace }) => ({ at: writeInstant(at), role, what, trace })),
  };
}

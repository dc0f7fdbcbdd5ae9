import { createHash } from 'node:crypto';
import type { EventOf } from '../core/events.ts';
import type { Timestamp } from '../pdu/tpdu.ts';
import type { InboundPart, NewInboundMessage, NewInboundPart, SmscTime } from '../store/records.ts';

/** A PDU on its way into the store. */
export interface Arrival {
  readonly event: EventOf<'pdu.received'>;
  /** What the PDU is: the same key is the same message of the network. */
  readonly key: string;
  /** It lay on the SIM before this gateway knew the SIM. */
  readonly imported: boolean;
  /** Epoch ms on the gateway's clock. */
  readonly now: number;
}

/** Where a modem names no SIM, the modem itself stands for it. */
export const simOf = ({ sim, modem }: { readonly sim: string | null; readonly modem: string }): string =>
  sim ?? `modem ${modem}`;

/** A key of fixed length for what a PDU is, on this SIM. */
export function keyOf(event: EventOf<'pdu.received'>, identity: string): string {
  return createHash('sha256')
    .update(`${simOf(event)}\n${identity}`)
    .digest('hex');
}

/**
 * Whether a kept part is this very arrival again (read twice from its slot, or its event delivered twice) and not a
 * repetition by the network, which comes in another slot or at another time.
 */
export function isSameArrival(part: InboundPart, { source, memory, slot, at }: EventOf<'pdu.received'>): boolean {
  if (source === 'stored') return part.memory === memory && part.slot === slot;
  return part.slot === null && part.receivedAt === at;
}

/** A message row with everything that the event says; the rest is for the caller. */
export function newMessage({ event, imported }: Arrival, made: MadeMessage): NewInboundMessage {
  return {
    modem: event.modem,
    sim: event.sim,
    receivedAt: event.at,
    slot: event.slot ?? 0,
    memory: event.memory,
    imported,
    duplicateOf: null,
    setKey: null,
    partsTotal: 1,
    decodeError: null,
    readAt: null,
    blocked: false,
    ...made,
  };
}

type MadeMessage = Pick<NewInboundMessage, 'sender' | 'text' | 'state' | 'kind' | 'storedAt' | 'smsc'> &
  Partial<Pick<NewInboundMessage, 'duplicateOf' | 'blocked' | 'setKey' | 'partsTotal' | 'decodeError'>>;

/** A part row for one PDU, without its message. */
export function newPart(
  { event, key }: Arrival,
  made: Pick<NewInboundPart, 'seq' | 'smscAt'>,
): Omit<NewInboundPart, 'messageId'> {
  return {
    key,
    pdu: event.pdu,
    tpduLength: event.tpduLength,
    memory: event.memory,
    slot: event.slot,
    receivedAt: event.at,
    ...made,
  };
}

/** The centre's time as the store keeps it; null when it names no moment. */
export const smscTime = ({ at, offsetMinutes }: Timestamp): SmscTime | null =>
  at === null ? null : { at, offsetMinutes: offsetMinutes ?? 0 };

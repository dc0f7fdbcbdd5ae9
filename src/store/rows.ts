import type { Insertable, Selectable, Updateable } from 'kysely';
import type {
  CallRecord,
  InboundMessage,
  ModemRecord,
  NewCallRecord,
  NewInboundMessage,
  NewOutgoingMessage,
  OutgoingMessage,
  Reading,
} from './records.ts';
import type { CallTable, InboundTable, ModemTable, OutgoingTable, ReadingTable } from './schema.ts';

/** Between rows and records: flags, JSON, and the time stamp of the centre. What is alike on both sides is not here. */

export type InboundRow = Selectable<InboundTable> & { sender: string };

export function toInbound({
  peerId: _,
  holdsCode: _code,
  smscAt,
  smscOffset,
  imported,
  blocked,
  ...row
}: InboundRow): InboundMessage {
  const smsc = smscAt === null || smscOffset === null ? null : { at: smscAt, offsetMinutes: smscOffset };
  return { ...row, smsc, imported: imported === 1, blocked: blocked === 1 };
}

export function fromNewInbound(message: NewInboundMessage, peerId: number): Insertable<InboundTable> {
  const { sender: _, smsc, imported, blocked, ...same } = message;
  return {
    ...same,
    peerId,
    smscAt: smsc?.at ?? null,
    smscOffset: smsc?.offsetMinutes ?? null,
    imported: flag(imported),
    blocked: flag(blocked),
  };
}

/** The columns that a change of the record means; the sender is the peer's business. */
export function fromInbound(change: Partial<Omit<InboundMessage, 'id' | 'sender'>>): Updateable<InboundTable> {
  const { smsc, imported, blocked, ...same } = change;
  return {
    ...same,
    ...(smsc === undefined ? {} : { smscAt: smsc?.at ?? null, smscOffset: smsc?.offsetMinutes ?? null }),
    ...(imported === undefined ? {} : { imported: flag(imported) }),
    ...(blocked === undefined ? {} : { blocked: flag(blocked) }),
  };
}

export function toOutgoing(columns: Selectable<OutgoingTable>): OutgoingMessage {
  const { deliveryReport, flash, claimedUntil: _until, claimedBy: _by, holdsCode: _code, ...row } = columns;
  return { ...row, deliveryReport: deliveryReport === 1, flash: flash === 1 };
}

export function fromOutgoing(message: NewOutgoingMessage): Insertable<OutgoingTable> {
  return { ...message, deliveryReport: flag(message.deliveryReport), flash: flag(message.flash) };
}

export function changesOfOutgoing(change: Partial<Omit<OutgoingMessage, 'id'>>): Updateable<OutgoingTable> {
  const { deliveryReport, flash, ...same } = change;
  return {
    ...same,
    ...(deliveryReport === undefined ? {} : { deliveryReport: flag(deliveryReport) }),
    ...(flash === undefined ? {} : { flash: flag(flash) }),
  };
}

export const toCall = ({ withheld, blocked, ...row }: Selectable<CallTable>): CallRecord => ({
  ...row,
  withheld: withheld === 1,
  blocked: blocked === 1,
});

export const fromCall = (call: NewCallRecord): Insertable<CallTable> => ({
  ...call,
  withheld: flag(call.withheld),
  blocked: flag(call.blocked),
});

export const toReading = ({ data, ...row }: Selectable<ReadingTable>): Reading => ({ ...row, data: JSON.parse(data) });

export const fromReading = (reading: Reading): Insertable<ReadingTable> => ({
  ...reading,
  data: JSON.stringify(reading.data),
});

export function toModem({ identity, ...row }: Selectable<ModemTable>): ModemRecord {
  return { ...row, identity: identity === null ? null : JSON.parse(identity) };
}

export const fromModem = (modem: ModemRecord): Insertable<ModemTable> => ({
  ...modem,
  identity: modem.identity === null ? null : JSON.stringify(modem.identity),
});

const flag = (value: boolean): number => (value ? 1 : 0);

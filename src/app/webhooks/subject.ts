import { loadFindCode } from '../../codes/load.ts';
import type { CallRecord, InboundMessage, ModemRecord, OutgoingMessage } from '../../store/records.ts';
import type { StoreReads } from '../../store/store.ts';
import type { ToldEvent } from '../../store/webhook-records.ts';

/** What an event is about, as it is now. */
export interface Subject {
  /** The other end of a message or call; null for a modem, and for a caller who is not known. */
  readonly peer: string | null;
  /** For people. */
  readonly title: string;
  readonly text: string;
  /** For programs: fields are named as everywhere in `/v1`. */
  readonly data: Readonly<Record<string, unknown>>;
}

export type SubjectReads = Pick<
  StoreReads,
  'inboundMessage' | 'outgoingMessage' | 'callOfRow' | 'modems' | 'contactNames'
>;

/** Reads what an event is about; null when it is gone, or nobody is to be told of it. */
export async function readSubject(store: SubjectReads, { type, row, modem, at }: ToldEvent): Promise<Subject | null> {
  switch (type) {
    case 'message.received':
    case 'message.extended': {
      const message = row === null ? null : await store.inboundMessage(row);
      return message === null || isKeptBack(message) ? null : received(message, await nameOf(store, message.sender));
    }
    case 'message.changed': {
      const message = row === null ? null : await store.outgoingMessage(row);
      return message === null ? null : sent(message, await nameOf(store, message.recipient));
    }
    case 'call.changed': {
      const call = row === null ? null : await store.callOfRow(row);
      return call === null || call.blocked ? null : called(call, await nameOf(store, call.caller));
    }
    case 'modem.changed': {
      const record = (await store.modems()).find((one) => one.modem === modem);
      return record === undefined ? null : ofModem(record);
    }
    case 'webhook.test':
      return test(at);
  }
}

async function nameOf(store: SubjectReads, address: string): Promise<string | null> {
  return (await store.contactNames([address])).get(address.toLowerCase()) ?? null;
}

const isKeptBack = ({ blocked, duplicateOf, state }: InboundMessage): boolean =>
  blocked || duplicateOf !== null || state === 'hidden' || state === 'pending';

async function received(message: InboundMessage, contact: string | null): Promise<Subject> {
  const { id, modem, sender, text, kind, state, smsc, storedAt, receivedAt, partsTotal, decodeError } = message;
  const shown = text ?? (decodeError === null ? `[${kind}]` : '[This message could not be decoded.]');
  return {
    peer: sender,
    title: `SMS from ${contact ?? (sender === '' ? 'an unknown sender' : sender)}`,
    text: shown,
    data: {
      id: `in-${id}`,
      direction: 'in',
      modem,
      peer: sender,
      contact,
      text,
      code: text === null ? null : await codeIn(text, sender),
      kind,
      state,
      at: written(storedAt ?? receivedAt),
      received_at: written(receivedAt),
      smsc_at: writtenOrNull(smsc?.at ?? null),
      incomplete: state === 'partial',
      parts: partsTotal,
      error: decodeError === null ? null : { code: 'pdu_invalid', text: decodeError },
    },
  };
}

/** The one-time code of a text, where there is little doubt. */
async function codeIn(text: string, sender: string): Promise<string | null> {
  const findCode = await loadFindCode();
  const found = findCode(text, { sender });
  return found === null || found.confidence === 'possible' ? null : found.code;
}

function sent(message: OutgoingMessage, contact: string | null): Subject {
  const { id, modem, recipient, text, state, createdAt, sentAt, deliveredAt, error, errorCode } = message;
  return {
    peer: recipient,
    title: `SMS to ${contact ?? recipient}: ${state}`,
    text: error ?? text,
    data: {
      id: `out-${id}`,
      direction: 'out',
      modem,
      peer: recipient,
      contact,
      text,
      state,
      at: written(createdAt),
      created_at: written(createdAt),
      sent_at: writtenOrNull(sentAt),
      delivered_at: writtenOrNull(deliveredAt),
      error: error === null ? null : { code: errorCode, text: error },
    },
  };
}

const callWords: Readonly<Record<CallRecord['outcome'], string>> = {
  ringing: 'The phone rings.',
  missed: 'Nobody answered.',
  rejected: 'The call was rejected.',
  answered: 'The call was answered.',
};

function called(call: CallRecord, contact: string | null): Subject {
  const { id, modem, caller, withheld, startedAt, endedAt, rings, outcome } = call;
  const who = contact ?? (caller === '' ? 'a hidden or unknown number' : caller);
  return {
    peer: caller === '' ? null : caller,
    title: outcome === 'missed' ? `Missed call from ${who}` : `Call from ${who}`,
    text: callWords[outcome],
    data: {
      id,
      direction: 'in',
      modem,
      peer: caller,
      contact,
      withheld,
      outcome,
      rings,
      at: written(startedAt),
      started_at: written(startedAt),
      ended_at: writtenOrNull(endedAt),
    },
  };
}

function ofModem({ modem, state, reasonCode, reasonText, updatedAt }: ModemRecord): Subject {
  return {
    peer: null,
    title: `Modem ${modem}: ${state}`,
    text: reasonText ?? (state === 'ready' ? 'The modem is ready.' : `The modem is ${state}.`),
    data: {
      id: modem,
      modem,
      state,
      at: written(updatedAt),
      reason: reasonCode === null ? null : { code: reasonCode, text: reasonText },
    },
  };
}

const test = (at: number): Subject => ({
  peer: null,
  title: 'A test of Simloft',
  text: 'If you can read this, what happens is told here.',
  data: { at: written(at), text: 'If you can read this, what happens is told here.' },
});

const written = (at: number): string => new Date(at).toISOString();
const writtenOrNull = (at: number | null): string | null => (at === null ? null : written(at));

import { toSimloftError } from '../core/errors.ts';
import type { EventOf } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';
import { decodePdu } from '../pdu/decode.ts';
import { deliverIdentity } from '../pdu/identity.ts';
import { isPart, messageKind } from '../pdu/message-kind.ts';
import type { Deliver, Submit, Tpdu } from '../pdu/tpdu.ts';
import { concatenation } from '../pdu/user-data-header.ts';
import type { NewInboundMessage } from '../store/records.ts';
import type { StoreTransaction } from '../store/store.ts';
import { type Arrival, isSameArrival, keyOf, newMessage, newPart, simOf, smscTime } from './inbound-rows.ts';
import { arrivalSteps } from './journey.ts';
import { addToSet } from './message-sets.ts';
import { receiveReport } from './reports.ts';
import { isBlocked } from './screening.ts';

type PduEvent = EventOf<'pdu.received'>;

/**
 * Keeps a PDU that a modem handed over: a message, a part of one, a report, a draft found on the SIM, or something that
 * cannot be decoded. Whatever it is, it is in the store with its raw form afterwards, so that the modem may delete it.
 */
export async function receivePdu(tx: StoreTransaction, event: PduEvent, now: number): Promise<LiveNotice[]> {
  const read = readTpdu(event);
  if (read.type === 'status-report') return receiveReport(tx, { event, tpdu: read, key: keyOf(event, event.pdu) }, now);
  const key = keyOf(event, read.type === 'deliver' ? deliverIdentity(read) : event.pdu);
  const known = await tx.partsByKey(key);
  if (known.some((part) => isSameArrival(part, event))) return [];
  // The modem still had what was deleted here, or the network repeats it.
  if (known.length === 0 && (await tx.isForgotten(key))) return [];
  const imported = event.found === 'initial' && !(await tx.simKnown(simOf(event)));
  const arrival: Arrival = { event, key, imported, now };
  const original = known[0];
  if (original === undefined && read.type === 'deliver' && isPart(read)) return addToSet(tx, arrival, read);
  return addSingle(tx, arrival, { read, duplicateOf: original?.messageId ?? null });
}

/** The first complete sweep of a SIM is over: what comes from now on is new. */
export async function finishSweep(tx: StoreTransaction, event: EventOf<'sweep.finished'>): Promise<LiveNotice[]> {
  if (event.initial && !(await tx.simKnown(simOf(event)))) await tx.markSimKnown(simOf(event), event.at);
  return [];
}

interface Undecodable {
  readonly type: 'undecodable';
  readonly error: string;
}

type Read = Tpdu | Undecodable;

function readTpdu({ pdu, tpduLength }: PduEvent): Read {
  try {
    return decodePdu(pdu, { tpduLength }).tpdu;
  } catch (thrown) {
    const { message, details } = toSimloftError(thrown);
    const place =
      typeof details['path'] === 'string' ? ` (${details['path']}, octet ${String(details['offset'])})` : '';
    return { type: 'undecodable', error: `${message}${place}` };
  }
}

interface Single {
  readonly read: Exclude<Read, { type: 'status-report' }>;
  /** The message that the network repeats with this one; it is kept, and nobody is told. */
  readonly duplicateOf: number | null;
}

/** The store puts the message's own in its place. */
const idToCome = 0;

async function addSingle(tx: StoreTransaction, arrival: Arrival, { read, duplicateOf }: Single): Promise<LiveNotice[]> {
  const { event, now } = arrival;
  const content = contentOf(read);
  const blocked = content.state !== 'hidden' && (await isBlocked(tx, content.sender));
  const message = newMessage(arrival, { ...content, storedAt: null, duplicateOf, blocked });
  const seq = read.type === 'deliver' ? (concatenation(read.userData)?.seq ?? 1) : 1;
  const part = newPart(arrival, { seq, smscAt: message.smsc?.at ?? null });
  const steps = arrivalSteps(event, idToCome, now);
  const messageId = await tx.addReceived({ message, part, steps, now });
  if (duplicateOf !== null || message.state === 'hidden' || blocked) return [];
  return [{ type: 'message.received', id: messageId, modem: arrival.event.modem }];
}

type Content = Pick<NewInboundMessage, 'sender' | 'text' | 'state' | 'kind' | 'smsc' | 'decodeError'>;

function contentOf(read: Single['read']): Content {
  if (read.type === 'deliver') return deliverContent(read);
  if (read.type === 'submit') return draftContent(read);
  return { sender: '', text: null, state: 'undecodable', kind: 'undecodable', smsc: null, decodeError: read.error };
}

function deliverContent(deliver: Deliver): Content {
  const kind = messageKind(deliver);
  return {
    sender: deliver.originatingAddress.number,
    text: deliver.userData.text,
    state: kind === 'silent' ? 'hidden' : 'complete',
    kind,
    smsc: smscTime(deliver.timestamp),
    decodeError: null,
  };
}

/** Somebody wrote or sent it from this SIM: kept, since the modem deletes it, but nobody's news. */
const draftContent = ({ userData }: Submit): Content => ({
  sender: '',
  text: userData.text,
  state: 'hidden',
  kind: 'draft',
  smsc: null,
  decodeError: null,
});

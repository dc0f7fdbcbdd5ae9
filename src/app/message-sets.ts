import { loadFindCode } from '../codes/load.ts';
import type { LiveNotice } from '../core/live.ts';
import { decodePdu } from '../pdu/decode.ts';
import { setKey } from '../pdu/identity.ts';
import { joinText } from '../pdu/join.ts';
import { messageKind } from '../pdu/message-kind.ts';
import { placePart } from '../pdu/reassembly.ts';
import type { Deliver } from '../pdu/tpdu.ts';
import { concatenation } from '../pdu/user-data-header.ts';
import type { InboundMessage, InboundPart } from '../store/records.ts';
import type { StoreReads, StoreTransaction } from '../store/store.ts';
import { type Arrival, newMessage, newPart, simOf, smscTime } from './inbound-rows.ts';
import { arrivalSteps } from './journey.ts';
import { isBlocked } from './screening.ts';

/**
 * Puts a part into the set that it belongs to, or begins one, and shows the message as soon as nothing is missing (TS 23.040
 * §9.2.3.24.1). Parts are rows, so a restart between them loses nothing, and the modem may delete each at once.
 */
export async function addToSet(tx: StoreTransaction, arrival: Arrival, part: Deliver): Promise<LiveNotice[]> {
  const key = `${simOf(arrival.event)} ${setKey(part)}`;
  const set = (await findSet(tx, key, part)) ?? (await beginSet(tx, { arrival, key, part }));
  const { seq = 1 } = concatenation(part.userData) ?? {};
  const smscAt = part.timestamp.at;
  await tx.addInboundPart({ ...newPart(arrival, { seq, smscAt }), messageId: set.message.id });
  await tx.addSteps(arrivalSteps(arrival.event, set.message.id, arrival.now));
  const parts = new Map(set.parts).set(seq, part);
  return showProgress(tx, arrival, { message: set.message, parts });
}

/** A message of several parts with those that have come, by their number. */
export interface PartSet {
  readonly message: InboundMessage;
  readonly parts: ReadonlyMap<number, Deliver>;
}

/** Reads the parts of a set that have come. */
export async function openSet(store: StoreReads, message: InboundMessage): Promise<PartSet> {
  const parts = (await store.inboundParts(message.id)).flatMap(readPart);
  return { message, parts: new Map(parts) };
}

/** The text of what has come, with `…` where parts are missing; null where no part is text. */
export function textOfSet({ message, parts }: PartSet): string | null {
  if (![...parts.values()].some(({ userData }) => userData.text !== null)) return null;
  return joinText(Array.from({ length: message.partsTotal }, (_, index) => parts.get(index + 1) ?? null));
}

function readPart({ pdu, tpduLength, seq }: InboundPart): [number, Deliver][] {
  const { tpdu } = decodePdu(pdu, { tpduLength });
  return tpdu.type === 'deliver' ? [[seq, tpdu]] : [];
}

/** Of the sets that lack this part, the one whose times are nearest: references come round. */
async function findSet(tx: StoreTransaction, key: string, part: Deliver): Promise<PartSet | null> {
  let best: { set: PartSet; distance: number } | null = null;
  for (const message of await tx.setsByKey(key)) {
    if (message.state === 'complete' || message.textRemovedAt !== null) continue;
    const set = await openSet(tx, message);
    const parts = [...set.parts.values()];
    if (placePart(parts, part) !== 'new-part') continue;
    const distance = Math.min(...parts.map((other) => Math.abs((other.timestamp.at ?? 0) - (part.timestamp.at ?? 0))));
    if (best === null || distance < best.distance) best = { set, distance };
  }
  return best?.set ?? null;
}

async function holdsCode(text: string, sender: string): Promise<boolean> {
  const findCode = await loadFindCode();
  return findCode(text, { sender }) !== null;
}

interface NewSet {
  readonly arrival: Arrival;
  readonly key: string;
  readonly part: Deliver;
}

async function beginSet(tx: StoreTransaction, { arrival, key, part }: NewSet): Promise<PartSet> {
  const sender = part.originatingAddress.number;
  const row = newMessage(arrival, {
    sender,
    blocked: await isBlocked(tx, sender),
    text: null,
    state: 'pending',
    kind: messageKind(part),
    storedAt: null,
    smsc: smscTime(part.timestamp),
    setKey: key,
    partsTotal: concatenation(part.userData)?.total ?? 1,
  });
  const id = await tx.addInbound(row);
  return { message: { ...row, id, textRemovedAt: null }, parts: new Map() };
}

/** Completes the message when all parts are there; one that is shown with gaps already gets fewer of them. */
async function showProgress(tx: StoreTransaction, { imported, now }: Arrival, set: PartSet): Promise<LiveNotice[]> {
  const { message, parts } = set;
  const { id, modem } = message;
  const first = parts.get(1);
  // A part that is news makes its message news.
  const known = { imported: message.imported && imported };
  const head = first === undefined ? {} : { smsc: smscTime(first.timestamp), kind: messageKind(first) };
  if (parts.size < message.partsTotal) {
    const shown = message.state === 'partial';
    const text = shown ? textOfSet(set) : null;
    await tx.changeInbound(id, { ...known, ...head, ...(shown ? { text } : {}) });
    // Texts are looked through once, when they are first shown.
    if (text !== null && (await holdsCode(text, message.sender))) await tx.markCodes([id]);
    return shown && !message.blocked ? [{ type: 'message.extended', id, modem }] : [];
  }
  const storedAt = await tx.stamp(now);
  await tx.changeInbound(id, { ...known, ...head, text: textOfSet(set), state: 'complete', storedAt });
  if (message.blocked) return [];
  return [{ type: message.state === 'pending' ? 'message.received' : 'message.extended', id, modem }];
}

import type { LiveNotice } from '../core/live.ts';
import { type MessageState, stateOfParts } from '../core/message-state.ts';
import type { OutgoingMessage, OutgoingPart } from '../store/records.ts';
import type { StoreTransaction } from '../store/store.ts';

export type MessageChange = Partial<Omit<OutgoingMessage, 'id'>>;
export type PartChange = Partial<Omit<OutgoingPart, 'messageId' | 'seq'>>;

/** A message that is being changed within one transaction, with all its parts as they are now. */
export interface OpenMessage {
  readonly message: OutgoingMessage;
  readonly parts: readonly OutgoingPart[];
}

/** Reads a message with its parts; null when there is none of this id. */
export async function openMessage(tx: StoreTransaction, id: number): Promise<OpenMessage | null> {
  const message = await tx.outgoingMessage(id);
  return message === null ? null : { message, parts: await tx.outgoingParts(id) };
}

/** What is to be written: changes of parts by their number, and of the message besides its state. */
export interface Outcome {
  readonly parts: ReadonlyMap<number, PartChange>;
  readonly message?: MessageChange;
  readonly now: number;
}

/**
 * Writes changed parts and what follows for the message: its state is always the one of its parts.
 * Nothing is written, and nobody told, where nothing changes.
 */
export async function settle(tx: StoreTransaction, open: OpenMessage, outcome: Outcome): Promise<LiveNotice[]> {
  const { message, parts } = open;
  const states: MessageState[] = [];
  for (const part of parts) {
    const change = outcome.parts.get(part.seq);
    if (change !== undefined) await tx.changeOutgoingPart(message.id, part.seq, change);
    states.push(change?.state ?? part.state);
  }
  if (outcome.parts.size === 0 && outcome.message === undefined) return [];
  const state = stateOfParts(states);
  const { now } = outcome;
  const gone = state === 'sent' || state === 'delivered';
  await tx.changeOutgoing(message.id, {
    ...outcome.message,
    state,
    updatedAt: now,
    ...(gone && message.sentAt === null ? { sentAt: now } : {}),
    ...(state === 'delivered' && message.deliveredAt === null ? { deliveredAt: now } : {}),
  });
  const notices: LiveNotice[] = [{ type: 'message.changed', id: message.id, modem: message.modem, state }];
  // The dispatcher listens for this one: a part is to be sent (again).
  if (state === 'queued' && message.state !== 'queued')
    notices.push({ type: 'message.queued', id: message.id, modem: message.modem });
  return notices;
}

/** Changes of all parts that `change` answers for. */
export function changesOf(
  parts: readonly OutgoingPart[],
  change: (part: OutgoingPart) => PartChange | null,
): Map<number, PartChange> {
  const changes = new Map<number, PartChange>();
  for (const part of parts) {
    const made = change(part);
    if (made !== null) changes.set(part.seq, made);
  }
  return changes;
}

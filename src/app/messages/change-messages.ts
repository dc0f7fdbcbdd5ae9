import { SimloftError } from '../../core/errors.ts';
import { nextState } from '../../core/message-state.ts';
import type { ListedMessage } from '../../store/message-records.ts';
import type { OutgoingMessage } from '../../store/records.ts';
import type { StoreTransaction } from '../../store/store.ts';
import { mayReach, type Principal } from '../access/principal.ts';
import { changeAndTell } from '../feed.ts';
import { outgoingStep } from '../journey.ts';
import { changesOf, openMessage, type OpenMessage, settle } from '../outgoing-state.ts';
import type { SendMessageOptions } from '../send-message.ts';
import { queueMessage } from '../send-message.ts';
import { type MessageRef, messageOf } from './read-messages.ts';

export interface MessageChangeOptions extends SendMessageOptions {
  /** How long the gateway tries, ms. */
  readonly sendExpiryMs?: number;
}

/** States from which a person may have a message sent again. */
const resendable: readonly OutgoingMessage['state'][] = ['failed', 'unknown', 'canceled', 'expired', 'undelivered'];

/**
 * Cancels what has not left. It shares its key with the events of the modem, so it comes either before the worker gets leave to send a
 * part, who then does not get it, or after: then it is too late, and that is said.
 * @throws SimloftError `not_found`, `message_gone`
 */
export async function cancelMessage(
  options: MessageChangeOptions,
  ref: MessageRef,
  principal: Principal,
): Promise<void> {
  const { modem } = await sentMessage(options, ref, principal);
  await changeAndTell(
    options,
    async (tx) => ({ notices: await cancel(tx, await stillThere(tx, ref), options.clock.now()) }),
    { key: modem },
  );
}

/**
 * Sends the same text again as a message of its own, which names the first one.
 * @throws SimloftError `not_found`, `scope_missing`, `message_gone` for one that is still on its way or has arrived
 */
export async function resendMessage(
  options: MessageChangeOptions,
  ref: MessageRef,
  principal: Principal,
): Promise<number> {
  const first = await sentMessage(options, ref, principal);
  if (!mayReach(principal, first.recipient))
    throw new SimloftError('scope_missing', `"${principal.name}" may not write to ${first.recipient}.`);
  const { id } = await changeAndTell(options, async (tx) => {
    const { message } = await stillThere(tx, ref);
    if (!resendable.includes(message.state))
      throw gone(message.id, `It is ${message.state}: only what is ${resendable.join(', ')} is sent again.`);
    if (message.textRemovedAt !== null) throw gone(message.id, 'Its text was removed, as there was a code in it.');
    const { recipient, text, modem, deliveryReport, flash, validFor, ifUnknown } = message;
    const again = { recipient, text, modem, deliveryReport, flash, validForMs: validFor, ifUnknown };
    const expiry = options.sendExpiryMs === undefined ? {} : { expiresInMs: options.sendExpiryMs };
    return queueMessage(tx, { ...again, ...expiry, resendOf: first.id, by: principal }, options);
  });
  return id;
}

/** Marks a received message as read, or as unread again. @throws SimloftError `not_found` */
export async function markMessage(
  options: MessageChangeOptions,
  ref: MessageRef,
  mark: { readonly read: boolean; readonly principal: Principal },
): Promise<void> {
  const found = await known(options, ref, mark.principal);
  if (found.direction === 'out') return;
  const { id, readAt } = found.message;
  if ((readAt !== null) === mark.read) return;
  const change = { readAt: mark.read ? options.clock.now() : null };
  await options.store.transaction((tx) => tx.changeInbound(id, change), { key: found.message.modem });
}

/**
 * Deletes a message with all that there is of it. One that waits is never sent.
 * @throws SimloftError `not_found`, `message_gone` while the modem has it in hand
 */
export async function deleteMessage(
  options: MessageChangeOptions,
  ref: MessageRef,
  principal: Principal,
): Promise<void> {
  await known(options, ref, principal);
  const { store, clock } = options;
  await store.transaction(async (tx) => {
    await tx.markForgetting('deleted', clock.now());
    if (ref.direction === 'in') return tx.deleteInbound(ref.id);
    const open = await stillThere(tx, ref);
    if (open.parts.some(({ state }) => state === 'sending')) throw inHand(ref.id);
    return tx.deleteOutgoing(ref.id);
  });
  await store.scrub();
}

async function cancel(tx: StoreTransaction, open: OpenMessage, now: number) {
  const { message, parts } = open;
  if (parts.some(({ state }) => state === 'sending')) throw inHand(message.id);
  if (message.state === 'canceled') return [];
  if (message.state !== 'queued') throw gone(message.id, `It is ${message.state} already.`);
  await tx.addSteps([outgoingStep(message.id, now, 'api', 'canceled')]);
  const changes = changesOf(parts, ({ state }) => (state === 'queued' ? { state: nextState(state, 'cancel') } : null));
  return settle(tx, open, { now, parts: changes });
}

async function stillThere(tx: StoreTransaction, { id }: MessageRef): Promise<OpenMessage> {
  const open = await openMessage(tx, id);
  if (open === null) throw notFound({ direction: 'out', id });
  return open;
}

async function known(options: MessageChangeOptions, ref: MessageRef, principal: Principal): Promise<ListedMessage> {
  const found = await messageOf(options.store, ref, principal);
  if (found === null) throw notFound(ref);
  return found;
}

async function sentMessage(
  options: MessageChangeOptions,
  ref: MessageRef,
  principal: Principal,
): Promise<OutgoingMessage> {
  const found = await known(options, ref, principal);
  if (found.direction === 'out') return found.message;
  throw new SimloftError('not_found', `in-${ref.id} is a received message; this is for sent ones (out-…).`);
}

/** What somebody asks for who may not see it is not there either. */
export const notFound = ({ direction, id }: MessageRef): SimloftError =>
  new SimloftError('not_found', `There is no message ${direction}-${id}.`);

const gone = (id: number, why: string): SimloftError =>
  new SimloftError('message_gone', `out-${id} cannot be changed any more. ${why}`, { details: { id: `out-${id}` } });

const inHand = (id: number): SimloftError =>
  gone(id, 'The modem is sending it at this moment, and nobody can call it back.');

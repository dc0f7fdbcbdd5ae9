import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { LiveNotice } from '../core/live.ts';
import type { MessageState } from '../core/message-state.ts';
import type { Random } from '../core/random.ts';
import { composeSms } from '../pdu/compose.ts';
import { previewText } from '../pdu/preview.ts';
import type { OutgoingMessage, OutgoingPart } from '../store/records.ts';
import type { Store, StoreTransaction } from '../store/store.ts';
import type { Principal } from './access/principal.ts';
import { countSending } from './access/quota.ts';
import { changeAndTell, type Told } from './feed.ts';
import { outgoingStep } from './journey.ts';
import { readRecipient } from './recipient.ts';

export interface SendRequest {
  /** A number as a person writes it. */
  readonly recipient: string;
  readonly text: string;
  /** Ask the service centre for a report of each part; true by default. */
  readonly deliveryReport?: boolean;
  /** Class 0: shown at once and not kept. */
  readonly flash?: boolean;
  /** How long the service centre tries, ms; null for its own default. */
  readonly validForMs?: number | null;
  /** How long the gateway tries, ms; a day by default. */
  readonly expiresInMs?: number;
  /** Whether a part that may or may not have left is sent again; `stop` by default. */
  readonly ifUnknown?: OutgoingMessage['ifUnknown'];
  /** The modem that sends it; the gateway's own by default. */
  readonly modem?: string;
  /** Who sends it, for what that one may and how much; the gateway itself when left out. */
  readonly by?: Principal;
  /** The same key again makes no second message. */
  readonly idempotencyKey?: string;
  /** Not before then, epoch ms; at once by default. */
  readonly sendAt?: number;
  /** The message that this one sends again. */
  readonly resendOf?: number;
}

export interface QueuedMessage {
  readonly id: number;
  readonly state: MessageState;
}

export interface SendMessageOptions {
  readonly store: Store;
  readonly bus: Pick<Bus, 'announce'>;
  readonly clock: Clock;
  readonly random: Random;
  /** The modem that sends it. */
  readonly modem: string;
}

/**
 * Writes a message to be sent, with its PDUs, and wakes the dispatcher.
 * @throws SimloftError `number_invalid`, `text_empty`, `text_too_long`; `request_invalid` for a key used for another message.
 */
export type SendMessage = (request: SendRequest) => Promise<QueuedMessage>;

const dayMs = 86_400_000;

export function createSendMessage(options: SendMessageOptions): SendMessage {
  return async (request) => {
    const recipient = readRecipient(request.recipient);
    const { id, state } = await changeAndTell(options, (tx) => queueMessage(tx, { ...request, recipient }, options));
    return { id, state };
  };
}

/**
 * Writes a message to be sent within a transaction that runs alone; `recipient` is in the form in which it is sent.
 * @throws SimloftError as {@link SendMessage}, but for the number.
 */
export async function queueMessage(
  tx: StoreTransaction,
  request: SendRequest,
  options: SendMessageOptions,
): Promise<QueuedMessage & Told> {
  const known = await knownMessage(tx, request);
  if (known !== null) return { id: known.id, state: known.state, notices: [] };
  const { id, modem } = await write(tx, request, options);
  const state: MessageState = 'queued';
  const notices: LiveNotice[] = [
    { type: 'message.changed', id, modem, state },
    { type: 'message.queued', id, modem },
  ];
  return { id, state, notices };
}

async function knownMessage(
  tx: StoreTransaction,
  { idempotencyKey, recipient, text }: SendRequest,
): Promise<OutgoingMessage | null> {
  if (idempotencyKey === undefined) return null;
  const known = await tx.outgoingByIdempotencyKey(idempotencyKey);
  if (known === null) return known;
  if (known.recipient === recipient && (known.text === text || known.textRemovedAt !== null)) return known;
  const message = 'This idempotency key belongs to another message. Take a new key for each message.';
  throw new SimloftError('request_invalid', message, { details: { field: 'idempotencyKey', id: known.id } });
}

async function write(
  tx: StoreTransaction,
  request: SendRequest,
  options: SendMessageOptions,
): Promise<{ id: number; modem: string }> {
  const { clock } = options;
  const modem = await chosenModem(tx, request, options);
  const { recipient, text, deliveryReport = true, flash = false, validForMs = null } = request;
  const parts = await composeParts(tx, request, options.random);
  const now = clock.now();
  if (request.by !== undefined) await countSending(tx, request.by, { recipient, modem, parts: parts.length, now });
  const dueAt = Math.max(now, request.sendAt ?? now);
  const message = {
    modem,
    recipient,
    text,
    state: 'queued' as const,
    createdAt: now,
    updatedAt: now,
    attempt: 0,
    busyCount: 0,
    nextAttemptAt: dueAt,
    expiresAt: dueAt + (request.expiresInMs ?? dayMs),
    deliveryReport,
    flash,
    validFor: validForMs,
    ifUnknown: request.ifUnknown ?? ('stop' as const),
    error: null,
    errorCode: null,
    sentAt: null,
    deliveredAt: null,
    idempotencyKey: request.idempotencyKey ?? null,
    resendOf: request.resendOf ?? null,
  };
  const id = await tx.addOutgoing(message, parts);
  await tx.addSteps([outgoingStep(id, now, 'api', 'queued')]);
  return { id, modem };
}

/** @throws SimloftError `request_invalid` for a modem that nobody knows. */
async function chosenModem(tx: StoreTransaction, { modem }: SendRequest, own: SendMessageOptions): Promise<string> {
  if (modem === undefined || modem === own.modem) return own.modem;
  const known = (await tx.modems()).map((record) => record.modem);
  if (known.includes(modem)) return modem;
  const text = `There is no modem called ${JSON.stringify(modem)}. There are: ${[...new Set([own.modem, ...known])].join(', ')}.`;
  throw new SimloftError('request_invalid', text, { details: { field: 'modem', value: modem } });
}

/**
 * Number of the set and TP-MR come from counters that survive restarts and begin anywhere: a phone joins parts of two messages
 * that carry the same number, and some modems keep the TP-MR that they are given.
 */
async function composeParts(
  tx: StoreTransaction,
  request: SendRequest,
  random: Random,
): Promise<Omit<OutgoingPart, 'messageId'>[]> {
  const { recipient, text, deliveryReport = true, flash = false, validForMs = null } = request;
  const total = previewText(text).segments.length;
  const next = (counter: string) => tx.nextCount(counter, 256, random.below(256));
  const concatReference = total > 1 ? await next('concatenation-reference') : 0;
  const messageReference = await next('message-reference');
  const { parts } = composeSms({
    recipient,
    text,
    concatReference,
    messageReference,
    flash,
    statusReport: deliveryReport,
    ...(validForMs === null ? {} : { validForMs }),
  });
  for (let part = 1; part < parts.length; part += 1) await next('message-reference');
  return parts.map(({ seq, pdu, tpduLength }) => ({
    seq,
    pdu,
    tpduLength,
    state: 'queued',
    attempt: 0,
    run: null,
    messageReference: null,
    sentAt: null,
    reportStatus: null,
  }));
}

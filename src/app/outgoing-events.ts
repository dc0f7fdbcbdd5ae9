import type { EventOf, Leave, ModemEvent, SendFailure } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';
import { nextState } from '../core/message-state.ts';
import type { OutgoingPart } from '../store/records.ts';
import type { StoreTransaction } from '../store/store.ts';
import { changesOf, type MessageChange, type OpenMessage, openMessage, settle } from './outgoing-state.ts';
import { outgoingStep, partSteps } from './journey.ts';
import { afterFailure, type FailedAttempt } from './retry-policy.ts';
import { servesModem } from './worker-runs.ts';

/** What the moment adds to an event: the gateway's clock, and chance for spreading retries. */
export interface Moment {
  /** Epoch ms. */
  readonly now: number;
  /** In [0, 1). */
  readonly jitter: number;
}

/** Whether leave is given, and what has changed with it. */
interface Decision {
  readonly leave: Leave;
  readonly notices: LiveNotice[];
}

type PartEvent = EventOf<'part.sending'> | EventOf<'part.sent'> | EventOf<'part.failed'> | EventOf<'part.unknown'>;

/**
 * The worker asks for leave to hand a part to the modem. Each try of a message has a higher number than the one before, so a
 * question that comes again is known by its number: it changes nothing and gets the same answer. This is what keeps a message
 * from being sent twice, whatever is lost or comes late between the roles: leave is given once, and only to who serves the modem.
 */
export async function partSending(
  tx: StoreTransaction,
  event: EventOf<'part.sending'>,
  { now }: Moment,
): Promise<Decision> {
  const open = await openMessage(tx, event.messageId);
  const part = partOf(open, event);
  const refused: Decision = { leave: 'refused', notices: [] };
  if (open === null || part === null || !(await servesModem(tx, event))) return refused;
  if (part.state === 'sending' && part.run === event.run && part.attempt === event.attempt)
    return { leave: 'granted', notices: [] };
  if (part.state !== 'queued' || event.attempt <= part.attempt) return refused;
  const change = { state: nextState(part.state, 'sending'), attempt: event.attempt, run: event.run };
  await tx.addSteps(partSteps(event));
  const parts = new Map([[event.seq, change]]);
  return { leave: 'granted', notices: await settle(tx, open, { now, parts, message: countTry(open, event) }) };
}

/** The modem gave a message reference: the part has left, even when it had been given up as unknown. */
export async function partSent(
  tx: StoreTransaction,
  event: EventOf<'part.sent'>,
  { now }: Moment,
): Promise<LiveNotice[]> {
  const begun = await beginLate(tx, event);
  if (begun === null) return [];
  const { open, part, message } = begun;
  if (part.messageReference !== null || !(part.state === 'sending' || part.state === 'unknown')) return [];
  await tx.addSteps(partSteps(event));
  const change = {
    state: nextState(part.state, 'sent'),
    attempt: event.attempt,
    messageReference: event.messageReference,
    sentAt: event.at,
  };
  const cleared = { ...message, busyCount: 0, error: null, errorCode: null };
  return settle(tx, open, { now, parts: new Map([[event.seq, change]]), message: cleared });
}

/** The modem said no. By the kind of its reason the part is tried again later, or the message has failed. */
export async function partFailed(
  tx: StoreTransaction,
  event: EventOf<'part.failed'>,
  moment: Moment,
): Promise<LiveNotice[]> {
  const begun = await beginLate(tx, event);
  if (begun === null || begun.part.state !== 'sending') return [];
  const { open, part, message } = begun;
  await tx.addSteps(partSteps(event));
  const { failure } = event;
  const told = { ...message, error: failure.text, errorCode: codeOf(failure) };
  const settleWith = (state: OutgoingPart['state'], change: MessageChange) =>
    settle(tx, open, {
      now: moment.now,
      parts: new Map([[event.seq, { state, attempt: event.attempt }]]),
      message: { ...told, ...change },
    });
  // TS 23.040 §9.2.3.22, 0xC5: the centre already has this very message.
  if (failure.source === 'CMS' && failure.code === 197)
    return settleWith(nextState(part.state, 'sent'), { busyCount: 0, error: null, errorCode: null });

  const attempt = message.attempt ?? open.message.attempt;
  const busyCount = failure.kind === 'busy' ? open.message.busyCount + 1 : 0;
  const { expiresAt } = open.message;
  const decision = afterFailure({ ...moment, kind: kindOf(failure), attempt, busyCount, expiresAt });
  if (decision.action === 'fail') return settleWith(nextState(part.state, 'fail'), { busyCount });
  const queued = nextState(part.state, 'retry');
  if (decision.action === 'expire') return settleWith(nextState(queued, 'expire'), { busyCount });
  return settleWith(queued, {
    busyCount: decision.counted && failure.kind === 'busy' ? 0 : busyCount,
    attempt: decision.counted ? attempt : attempt - 1,
    nextAttemptAt: decision.at,
  });
}

/** The answer was lost. It is not sent again, unless the message says that twice is better than never. */
export async function partUnknown(
  tx: StoreTransaction,
  event: EventOf<'part.unknown'>,
  moment: Moment,
): Promise<LiveNotice[]> {
  const begun = await beginLate(tx, event);
  if (begun === null || begun.part.state !== 'sending') return [];
  const { open, part, message } = begun;
  await tx.addSteps(partSteps(event));
  const lost = { ...open, message: { ...open.message, ...message } };
  return loseParts(tx, lost, { parts: [{ ...part, attempt: event.attempt }], reason: event.reason, moment });
}

/** A new worker begins: whatever another run was sending has an unknown end. */
export async function loseEarlierRuns(
  tx: StoreTransaction,
  event: Pick<ModemEvent, 'modem' | 'run'>,
  moment: Moment,
): Promise<LiveNotice[]> {
  const left = Map.groupBy(await tx.partsLeftSending(event.modem, event.run), (part) => part.messageId);
  const notices: LiveNotice[] = [];
  const reason = 'The gateway stopped while the modem was sending; nobody knows whether it left.';
  for (const [id, parts] of left) {
    const open = await openMessage(tx, id);
    if (open === null) continue;
    await tx.addSteps([outgoingStep(id, moment.now, 'handler', 'unknown end: the worker began anew')]);
    notices.push(...(await loseParts(tx, open, { parts, reason, moment })));
  }
  return notices;
}

/** Ends queued messages that are past their time; parts that have left stay as they are. */
export async function expireMessages(tx: StoreTransaction, modem: string, now: number): Promise<LiveNotice[]> {
  const notices: LiveNotice[] = [];
  for (const message of await tx.expiredOutgoing(modem, now)) {
    const parts = await tx.outgoingParts(message.id);
    const changes = changesOf(parts, (part) => {
      const state = nextState(part.state, 'expire');
      return part.state === 'queued' ? { state } : null;
    });
    await tx.addSteps([outgoingStep(message.id, now, 'scheduler', 'expired')]);
    const error = message.error ?? 'It could not be sent before it expired.';
    notices.push(...(await settle(tx, { message, parts }, { now, parts: changes, message: { error } })));
  }
  return notices;
}

interface Loss {
  readonly parts: readonly OutgoingPart[];
  readonly reason: string;
  readonly moment: Moment;
}

async function loseParts(tx: StoreTransaction, open: OpenMessage, loss: Loss): Promise<LiveNotice[]> {
  const { attempt, expiresAt, ifUnknown } = open.message;
  const again =
    ifUnknown === 'resend'
      ? afterFailure({ ...loss.moment, kind: 'temporary', attempt, busyCount: 0, expiresAt })
      : { action: 'fail' as const };
  const resend = again.action === 'retry';
  const parts = new Map(
    loss.parts.map((part) => {
      const lost = nextState(part.state, 'lose');
      return [part.seq, { state: resend ? nextState(lost, 'resend') : lost, attempt: part.attempt }];
    }),
  );
  const message = { attempt, error: loss.reason, errorCode: null, ...(resend ? { nextAttemptAt: again.at } : {}) };
  return settle(tx, open, { now: loss.moment.now, parts, message });
}

interface Begun {
  readonly open: OpenMessage;
  readonly part: OutgoingPart;
  /** What counting this try changes in the message; empty when it was counted before. */
  readonly message: MessageChange;
}

/**
 * The part that an answer is about. An answer to a try that was never announced (the modem refused before its prompt)
 * announces it as well; an answer to an earlier try than the last is dropped.
 */
async function beginLate(tx: StoreTransaction, event: PartEvent): Promise<Begun | null> {
  const open = await openMessage(tx, event.messageId);
  const part = partOf(open, event);
  if (open === null || part === null || event.attempt < part.attempt) return null;
  if (event.attempt === part.attempt) return { open, part, message: {} };
  if (part.state !== 'queued') return null;
  return { open, part: { ...part, state: nextState(part.state, 'sending') }, message: countTry(open, event) };
}

const partOf = (open: OpenMessage | null, event: PartEvent): OutgoingPart | null =>
  open?.parts.find((part) => part.seq === event.seq) ?? null;

/** Parts of one try count as one attempt. */
function countTry({ message, parts }: OpenMessage, event: PartEvent): MessageChange {
  const counted = parts.some((part) => part.attempt >= event.attempt);
  return counted ? {} : { attempt: message.attempt + 1 };
}

/** +CMS ERROR: 331 (TS 27.005 §3.2.5) and +CME ERROR: 30 (TS 27.007 §9.2) say that there is no network service. */
function kindOf({ kind, source, code }: SendFailure): FailedAttempt['kind'] {
  const noNetwork = (source === 'CMS' && code === 331) || (source === 'CME' && code === 30);
  return noNetwork ? 'no-network' : kind;
}

/** `CMS 38`, `CME 14`, `ERROR`; null where nothing reached the modem. */
function codeOf({ source, code }: SendFailure): string | null {
  if (source === 'none') return null;
  return code === null ? source : `${source} ${code}`;
}

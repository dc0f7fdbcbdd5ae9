import type { MessageState } from '../core/message-state.ts';
import type { ClaimReads, RowClaims } from './claim-records.ts';
import type { ContactReads, ContactWrites } from './contact-records.ts';
import type { AccessReads, AccessWrites } from './access-records.ts';
import type { AuditReads, AuditWrites } from './audit-records.ts';
import type { FeedReads, FeedWrites } from './feed-records.ts';
import type { LinkReads, LinkWrites } from './link-records.ts';
import type { MessageReads, MessageWrites } from './message-records.ts';
import type { PointReads, PointWrites } from './point-records.ts';
import type {
  CallQuery,
  CallRecord,
  Claim,
  InboundMessage,
  InboundPart,
  InboundQuery,
  ModemRecord,
  NewCallRecord,
  NewInboundMessage,
  NewInboundPart,
  NewOutgoingMessage,
  NewStatusReport,
  OutgoingMessage,
  OutgoingPart,
  Reading,
  Received,
  StatusReport,
  Step,
  WorkerRun,
} from './records.ts';
import type { PrivacyReads, PrivacyWrites } from './privacy-records.ts';
import type { SessionReads, SessionWrites } from './session-records.ts';
import type { WebhookReads, WebhookWrites } from './webhook-records.ts';

/**
 * The store: the truth of the gateway. One contract, several adapters; `test/contract/store.ts` is run against each.
 * Reads see only what is committed. Every method may throw SimloftError `store_unavailable`.
 */
export interface Store extends StoreReads, RowClaims {
  /**
   * Runs `work` in one transaction: all of it is durable when the promise resolves, nothing of it when it rejects.
   * Without a key it runs alone: no other transaction, of any process that shares the store, runs meanwhile, so that what was
   * read stays true until it is written. With a key it excludes those with the same key and those without one; others may
   * run beside it. A store may run `work` again from its beginning when another transaction stood in the way, so it changes
   * nothing but the store. Do not nest transactions, ask the store itself nothing inside, and do nothing slow there.
   */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Takes due, queued messages (oldest first) that nobody has in hand; no two owners get the same one before `until`.
   * Not to be called inside a transaction; nor are {@link Store.releaseOutgoing} and {@link Store.fire}.
   */
  claimOutgoing(claim: Claim): Promise<OutgoingMessage[]>;
  /** Gives a message that `owner` has in hand back: others may take it from `until` on. */
  releaseOutgoing(id: number, owner: string, until: number): Promise<void>;
  /** Forgets all claims: for a store that is used by one process, when that begins. */
  releaseAllOutgoing(): Promise<void>;
  /** Whether the caller may fire the job `name` now: true for one of all who ask, when it has not been fired after `notSince`. */
  fire(name: string, now: number, notSince: number): Promise<boolean>;
  /** Resolves when the store can be written; throws `store_unavailable` with the reason otherwise. */
  check(): Promise<void>;
  /** Leaves nothing of what was deleted in the files of an embedded store; a server has its own ways. */
  scrub(): Promise<void>;
  /**
   * Writes the file of an embedded store anew, unless it is larger than `mostBytes`: where rows were moved, traces of them may have stayed in
   * it. Nobody else is served meanwhile, about 10 ms for each MB. Returns whether nothing of what was deleted is left.
   */
  compact(mostBytes: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface TransactionOptions {
  /** What the transaction is about, such as a modem: all that read and then write the same rows name the same key, or none. */
  readonly key?: string;
}

/** Everything that can be asked; usable inside and outside a transaction. */
export interface StoreReads
  extends AccessReads,
    AuditReads,
    FeedReads,
    LinkReads,
    ClaimReads,
    ContactReads,
    MessageReads,
    PointReads,
    PrivacyReads,
    SessionReads,
    WebhookReads {
  /** Shown messages (not pending, not hidden), newest `storedAt` first. */
  inboundMessages(query: InboundQuery): Promise<InboundMessage[]>;
  inboundMessage(id: number): Promise<InboundMessage | null>;
  inboundParts(messageId: number): Promise<InboundPart[]>;
  /** The earliest part with this key, duplicates included; null when it is new. */
  partByKey(key: string): Promise<InboundPart | null>;
  /** All parts with this key (an original and its flagged repetitions), oldest first. */
  partsByKey(key: string): Promise<InboundPart[]>;
  /** Originals (not duplicates) with this set key, newest first. */
  setsByKey(setKey: string): Promise<InboundMessage[]>;
  /** Pending sets whose first part came before `receivedBefore`. */
  pendingSets(receivedBefore: number): Promise<InboundMessage[]>;

  outgoingMessage(id: number): Promise<OutgoingMessage | null>;
  outgoingByIdempotencyKey(key: string): Promise<OutgoingMessage | null>;
  outgoingParts(messageId: number): Promise<OutgoingPart[]>;
  /** Newest first. */
  outgoingMessages(query: { limit: number; state?: MessageState }): Promise<OutgoingMessage[]>;
  /** When the first queued message of this modem can be claimed: it is due and nobody has it in hand; null when none is queued. */
  nextDueAt(modem: string): Promise<number | null>;
  /** Modems that have queued messages. */
  modemsWithQueued(): Promise<string[]>;
  /** Queued messages of the modem past their `expiresAt`. */
  expiredOutgoing(modem: string, now: number): Promise<OutgoingMessage[]>;
  /** Parts in `sending` whose run is another than `run`. */
  partsLeftSending(modem: string, run: string): Promise<OutgoingPart[]>;
  /**
   * Parts that a report with this reference could be about, newest first: `sent` ones with this reference, and
   * `unknown` or `sending` ones without a reference, of messages created after `since`.
   */
  partsForReport(
    modem: string,
    messageReference: number,
    since: number,
  ): Promise<(OutgoingPart & { recipient: string })[]>;

  reportByKey(key: string): Promise<StatusReport | null>;
  /** Reports that fit no part yet, received after `since`. */
  unmatchedReports(modem: string, messageReference: number, since: number): Promise<StatusReport[]>;

  /** Newest first. */
  calls(query: CallQuery): Promise<CallRecord[]>;
  callById(call: string): Promise<CallRecord | null>;
  /** By the id of its row. */
  callRow(id: number): Promise<CallRecord | null>;

  /** The newest reading of this key, of any modem unless named. */
  reading(key: string, modem?: string): Promise<Reading | null>;
  modems(): Promise<ModemRecord[]>;
  /** The run that serves this modem; null before the first. */
  workerRun(modem: string): Promise<WorkerRun | null>;
  /** The way of a message, oldest step first. */
  steps(direction: Step['direction'], messageId: number): Promise<Step[]>;
  /** Whether the first sweep of this SIM has ended at some time. */
  simKnown(sim: string): Promise<boolean>;

  /** How many messages there are. No state is counted further than `most`: the answer must be quick with a million rows. */
  counts(most: number): Promise<MessageCounts>;
}

export interface MessageCounts {
  /** By state; all rows, duplicates included. */
  readonly inbound: Readonly<Record<InboundMessage['state'], number>>;
  readonly outgoing: Readonly<Record<MessageState, number>>;
  /** `createdAt` of the first message that is queued; null when none is. */
  readonly oldestQueuedAt: number | null;
  /** The latest `storedAt` of a received message; null before the first. */
  readonly newestStoredAt: number | null;
}

/** Everything that can be changed, inside a transaction. */
export interface StoreTransaction
  extends StoreReads,
    AccessWrites,
    AuditWrites,
    FeedWrites,
    LinkWrites,
    ContactWrites,
    MessageWrites,
    PointWrites,
    PrivacyWrites,
    SessionWrites,
    WebhookWrites {
  /** A stamp for `storedAt`: `now`, or one more than the latest given so far when that is not later. */
  stamp(now: number): Promise<number>;
  /** A message with its one part, its way so far and a stamp of its own, in as few round trips as can be. Returns its id. */
  addReceived(received: Received): Promise<number>;
  addInbound(message: NewInboundMessage): Promise<number>;
  changeInbound(id: number, change: Partial<Omit<InboundMessage, 'id'>>): Promise<void>;
  addInboundPart(part: NewInboundPart): Promise<number>;

  addOutgoing(message: NewOutgoingMessage, parts: readonly Omit<OutgoingPart, 'messageId'>[]): Promise<number>;
  changeOutgoing(id: number, change: Partial<Omit<OutgoingMessage, 'id'>>): Promise<void>;
  changeOutgoingPart(
    messageId: number,
    seq: number,
    change: Partial<Omit<OutgoingPart, 'messageId' | 'seq'>>,
  ): Promise<void>;

  addReport(report: NewStatusReport): Promise<number>;
  changeReport(id: number, change: { messageId: number; seq: number }): Promise<void>;

  /** Inserts, or changes the row with the same `call`; `storedAt` of an existing row stays. Returns the id. */
  putCall(call: NewCallRecord): Promise<number>;
  putReading(reading: Reading): Promise<void>;
  putModem(modem: ModemRecord): Promise<void>;
  putWorkerRun(run: WorkerRun): Promise<void>;
  addSteps(steps: readonly Step[]): Promise<void>;
  markSimKnown(sim: string, at: number): Promise<void>;
  /** The next value of a counter that survives restarts, in [0, modulo); begins at `start`. */
  nextCount(name: string, modulo: number, start: number): Promise<number>;
}

import type { FeedEvent } from './feed-records.ts';
import type { CallRecord } from './records.ts';

/** Somebody who is told of what happens. */
export interface WebhookTarget {
  readonly id: number;
  /** Unique. */
  readonly name: string;
  readonly url: string;
  /** `whsec_` and base64, as the Standard Webhooks specification has it. */
  readonly secret: string;
  readonly template: string;
  /** What the template wants besides: tokens, addresses. */
  readonly options: Readonly<Record<string, string>>;
  readonly filters: WebhookFilters;
  /** Plain `http://`, or mail without TLS, also to a public address. */
  readonly allowInsecure: boolean;
  readonly enabled: boolean;
  /** Why it was disabled by itself; null when a person did it, or nobody. */
  readonly disabledWhy: string | null;
  /** Events up to this id are not for it. */
  readonly afterEvent: number;
  readonly createdAt: number;
}

export type NewWebhookTarget = Omit<WebhookTarget, 'id'>;

/** What a target is told of; a list that is empty lets everything through. */
export interface WebhookFilters {
  /** `message.received`, or with how it ended: `call.changed:missed`. */
  readonly events: readonly string[];
  /** Parts of a sender's, caller's or recipient's number or name, whatever the case. */
  readonly senders: readonly string[];
  /** A part of the text, whatever the case; null for any. */
  readonly text: string | null;
  readonly modems: readonly string[];
}

export const deliveryStates = ['queued', 'delivered', 'parked', 'dropped'] as const;
/**
 * `queued`: to be told, again where it failed. `delivered`: the target has accepted it. `parked`: given up after two days.
 * `dropped`: there is nothing to tell any more, or nobody who wants to know.
 */
export type DeliveryState = (typeof deliveryStates)[number];

/** What is told: an event of the feed (or `webhook.test`), kept here as the feed forgets. */
export interface ToldEvent extends Omit<FeedEvent, 'id' | 'type'> {
  readonly type: FeedEvent['type'] | 'webhook.test';
}

/** Of which kind the row is that an event is about: a received message, a sent one, a call. */
export type AboutKind = 'in' | 'out' | 'call';

/** One event on its way to one target. */
export interface WebhookDelivery {
  readonly id: number;
  readonly targetId: number;
  /** Id in the feed; null for a test. */
  readonly eventId: number | null;
  readonly event: ToldEvent;
  /** What keeps its order: the other end of a message or call, else the modem. */
  readonly conversation: string;
  readonly state: DeliveryState;
  /** Tries so far, since it was queued. */
  readonly attempt: number;
  readonly nextAttemptAt: number;
  /** No further try after this moment. */
  readonly expiresAt: number;
  readonly createdAt: number;
  readonly deliveredAt: number | null;
  /** Why the last try failed; null while all is well. */
  readonly error: string | null;
  /** The last try found nobody there. */
  readonly unreachable: boolean;
}

export type NewWebhookDelivery = Omit<WebhookDelivery, 'id'>;

/** One try, and what came of it. */
export interface WebhookAttempt {
  readonly id: number;
  readonly deliveryId: number;
  readonly at: number;
  /** How long it took. */
  readonly ms: number;
  /** HTTP status, or reply code of a mail server; null when none came. */
  readonly status: number | null;
  /** The beginning of what it said. */
  readonly answer: string | null;
  /** Why it failed; null when it did not. */
  readonly error: string | null;
}

export interface DeliveryClaim {
  readonly targetId: number;
  readonly owner: string;
  readonly now: number;
  /** When the claim ends, should its owner be gone by then. */
  readonly until: number;
  /** How many of the target may be in anybody's hands at once. */
  readonly most: number;
}

export interface WebhookReads {
  webhookTargets(): Promise<WebhookTarget[]>;
  webhookTarget(id: number): Promise<WebhookTarget | null>;
  /** The id of the last event that was looked at; 0 before the first. */
  webhookCursor(): Promise<number>;
  /** Newest first, with an id below `before`. */
  webhookDeliveries(query: {
    readonly targetId: number;
    readonly state?: DeliveryState;
    readonly before?: number;
    readonly limit: number;
  }): Promise<WebhookDelivery[]>;
  webhookDelivery(id: number): Promise<WebhookDelivery | null>;
  /** Of all these deliveries, oldest first. */
  webhookAttempts(deliveryIds: readonly number[]): Promise<WebhookAttempt[]>;
  /** When the first delivery of the target can be claimed; null when none is queued. Those that wait for an earlier one do not count. */
  nextDeliveryAt(targetId: number): Promise<number | null>;
  /** The call that an event names. */
  callOfRow(id: number): Promise<CallRecord | null>;
  /** How many deliveries are in each state; none is counted further than `most`. */
  deliveryCounts(most: number): Promise<Readonly<Record<DeliveryState, number>>>;
}

export interface WebhookWrites {
  addWebhookTarget(target: NewWebhookTarget): Promise<number>;
  changeWebhookTarget(id: number, change: Partial<Omit<WebhookTarget, 'id' | 'createdAt'>>): Promise<void>;
  /** With all its deliveries. */
  removeWebhookTarget(id: number): Promise<void>;
  moveWebhookCursor(to: number): Promise<void>;
  addDeliveries(deliveries: readonly NewWebhookDelivery[]): Promise<number[]>;
  /**
   * Takes due deliveries of a target, first due first; one of a conversation only when none before it is queued. To be called
   * alone for a target: see {@link webhookKey}.
   */
  claimDeliveries(claim: DeliveryClaim): Promise<WebhookDelivery[]>;
  /** Changes a delivery, and takes it out of whoever's hands it is in. */
  changeDelivery(id: number, change: Partial<Omit<WebhookDelivery, 'id' | 'targetId' | 'event'>>): Promise<void>;
  /** What found nobody there is due now. Returns how many. */
  recallDeliveries(targetId: number, now: number): Promise<number>;
  /** Forgets all claims: for a store that is used by one process, when that begins. */
  releaseDeliveries(): Promise<void>;
  addWebhookAttempt(attempt: Omit<WebhookAttempt, 'id'>): Promise<void>;
  /** Forgets deliveries made before, but those that are queued. Returns how many. */
  pruneDeliveries(before: number): Promise<number>;
}

/** Key of the transactions that change what one target is told. */
export const webhookKey = (targetId: number): string => `webhook ${targetId}`;

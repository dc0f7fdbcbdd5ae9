import type { FeedEvent } from '../../store/feed-records.ts';
import type { Store, StoreTransaction } from '../../store/store.ts';
import type { NewWebhookDelivery, ToldEvent, WebhookTarget } from '../../store/webhook-records.ts';
import { isWanted } from './filters.ts';
import { triedForMs } from './retry-plan.ts';
import { readSubject, type Subject } from './subject.ts';

/** Key of the transactions that decide who is told of what. */
export const routingKey = 'webhooks';
/** Events of one transaction. */
const batch = 100;

export interface Routed {
  /** Targets that have got something to be told. */
  readonly targets: readonly number[];
  /** There may be more. */
  readonly more: boolean;
}

/**
 * Goes on through what happened from where the last one ended, and writes down what each target is to be told; how far it came is
 * written with it, so that no event is told twice or left out whatever ends this process. Costs a read or two where there is nothing new.
 */
export async function routeEvents(store: Store, now: number): Promise<Routed> {
  const nothing = { targets: [], more: false };
  const targets = enabled(await store.webhookTargets());
  if (targets.length === 0) return nothing;
  if ((await store.feedAfter(beginning(await store.webhookCursor(), targets), 1)).length === 0) return nothing;
  return store.transaction((tx) => route(tx, now), { key: routingKey });
}

/** When the first thing happened that is still to be looked at; null when there is none, or nobody to be told. */
export async function firstUntold(store: Store): Promise<number | null> {
  const targets = enabled(await store.webhookTargets());
  if (targets.length === 0) return null;
  const [first] = await store.feedAfter(beginning(await store.webhookCursor(), targets), 1);
  return first?.at ?? null;
}

async function route(tx: StoreTransaction, now: number): Promise<Routed> {
  // Read again: another process may have been here meanwhile.
  const targets = enabled(await tx.webhookTargets());
  const events = await tx.feedAfter(beginning(await tx.webhookCursor(), targets), batch);
  const last = events.at(-1);
  if (targets.length === 0 || last === undefined) return { targets: [], more: false };
  const deliveries: NewWebhookDelivery[] = [];
  for (const { id, ...event } of events) {
    const subject = await readSubject(tx, event);
    if (subject === null) continue;
    const told = targets.filter(({ afterEvent, filters }) => id > afterEvent && isWanted(filters, event, subject));
    deliveries.push(...told.map(({ id: targetId }) => delivery({ targetId, id, event, subject, now })));
  }
  await tx.addDeliveries(deliveries);
  await tx.moveWebhookCursor(last.id);
  return { targets: [...new Set(deliveries.map(({ targetId }) => targetId))], more: events.length === batch };
}

interface Telling extends Pick<FeedEvent, 'id'> {
  readonly targetId: number;
  readonly event: ToldEvent;
  readonly subject: Subject;
  readonly now: number;
}

const delivery = ({ targetId, id, event, subject, now }: Telling): NewWebhookDelivery => ({
  targetId,
  eventId: id,
  event,
  conversation: conversationOf(event, subject),
  state: 'queued',
  attempt: 0,
  nextAttemptAt: now,
  expiresAt: now + triedForMs,
  createdAt: now,
  deliveredAt: null,
  error: null,
  unreachable: false,
});

/** One person is one conversation, whatever the modem and the direction. */
const conversationOf = ({ modem }: ToldEvent, { peer }: Subject): string =>
  peer === null || peer === '' ? `modem ${modem}` : `peer ${peer.toLowerCase()}`;

const enabled = (targets: readonly WebhookTarget[]): readonly WebhookTarget[] =>
  targets.filter((target) => target.enabled);

/** What happened before any of them was there need not be gone through. */
const beginning = (cursor: number, targets: readonly WebhookTarget[]): number =>
  Math.max(cursor, Math.min(...targets.map(({ afterEvent }) => afterEvent)));

import type { Clock } from '../../core/clock.ts';
import type { Random } from '../../core/random.ts';
import type { Store, StoreTransaction } from '../../store/store.ts';
import { type WebhookDelivery, type WebhookTarget, webhookKey } from '../../store/webhook-records.ts';
import type { Carrier, Outcome } from '../../webhook/letter.ts';
import { writeLetter } from '../../webhook/write-letter.ts';
import { nextTry } from './retry-plan.ts';
import { readSubject } from './subject.ts';

export interface TryOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly carrier: Carrier;
}

/** One delivery to one target, in our hands. */
export interface InHand {
  readonly delivery: WebhookDelivery;
  readonly target: WebhookTarget;
  /** Ends the try. */
  readonly signal?: AbortSignal;
}

/** The id that a delivery has at each try, whichever process makes it. */
export const messageIdOf = ({ id, eventId, targetId }: WebhookDelivery): string =>
  `evt_${eventId ?? `test${id}`}_${targetId}`;

/** Carries what a delivery tells; null when there is nothing to tell any more. */
export async function carryDelivery(
  { delivery, target, signal }: InHand,
  { store, clock, carrier }: TryOptions,
): Promise<Outcome | null> {
  const { event } = delivery;
  const subject = await readSubject(store, event);
  if (subject === null) return null;
  const told = { id: messageIdOf(delivery), type: event.type, at: event.at, ...subject };
  const letter = writeLetter(told, target, clock.now());
  return carrier.carry(letter, { allowInsecure: target.allowInsecure, ...(signal === undefined ? {} : { signal }) });
}

/** Writes what came of a try, and what follows from it. */
export async function settleDelivery(
  delivery: WebhookDelivery,
  outcome: Outcome | null,
  { store, clock, random }: TryOptions,
): Promise<void> {
  const now = clock.now();
  await store.transaction(
    async (tx) => {
      const current = await tx.webhookDelivery(delivery.id);
      // Removed meanwhile, with its target or by itself.
      if (current === null) return;
      if (outcome === null)
        await tx.changeDelivery(delivery.id, { state: 'dropped', error: 'What it was about is gone.' });
      else await settle(tx, { delivery: current, outcome, now, random });
    },
    { key: webhookKey(delivery.targetId) },
  );
}

interface Settling {
  readonly delivery: WebhookDelivery;
  readonly outcome: Outcome;
  readonly now: number;
  readonly random: Random;
}

async function settle(tx: StoreTransaction, { delivery, outcome, now, random }: Settling): Promise<void> {
  const { id, targetId, expiresAt } = delivery;
  const { ok, ms, status, answer, error, unreachable, retryAfterMs } = outcome;
  await tx.addWebhookAttempt({ deliveryId: id, at: now - ms, ms, status, answer, error });
  const attempt = delivery.attempt + 1;
  if (ok) {
    await tx.changeDelivery(id, { state: 'delivered', attempt, deliveredAt: now, error: null, unreachable: false });
    // It is there again: who found nobody need not wait any longer.
    await tx.recallDeliveries(targetId, now);
    return;
  }
  // Two processes had it in hand, as a claim ran out; the other one brought it there.
  if (delivery.state === 'delivered') return;
  if (status === 410) {
    await tx.changeDelivery(id, { state: 'dropped', attempt, error, unreachable: false });
    await tx.changeWebhookTarget(targetId, {
      enabled: false,
      disabledWhy: 'It answered 410: it wants to be told no more.',
    });
    return;
  }
  const at = nextTry({ attempt, now, expiresAt, retryAfterMs }, random);
  await tx.changeDelivery(id, {
    attempt,
    error,
    unreachable,
    ...(at === null ? { state: 'parked' } : { nextAttemptAt: at }),
  });
}

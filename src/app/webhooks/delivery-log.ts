import { SimloftError } from '../../core/errors.ts';
import type { StoreTransaction } from '../../store/store.ts';
import {
  type DeliveryState,
  type NewWebhookDelivery,
  type WebhookAttempt,
  type WebhookDelivery,
  webhookKey,
} from '../../store/webhook-records.ts';
import type { Outcome } from '../../webhook/letter.ts';
import { triedForMs } from './retry-plan.ts';
import { carryDelivery, messageIdOf, type TryOptions } from './try-delivery.ts';

/** A delivery with its tries. */
export interface LoggedDelivery {
  readonly delivery: WebhookDelivery;
  /** `webhook-id`, the same at each try. */
  readonly messageId: string;
  /** Oldest first. */
  readonly attempts: readonly WebhookAttempt[];
}

export interface LogPage {
  readonly items: readonly LoggedDelivery[];
  /** Id that the next page is below; null at the end. */
  readonly next: number | null;
}

/** What targets were told and what they answered. */
export interface DeliveryLog {
  /** Tells a target at once that this is a test, whether it is enabled or not. @throws SimloftError `not_found` */
  test(targetId: number): Promise<LoggedDelivery>;
  /** Newest first. @throws SimloftError `not_found` */
  deliveries(query: {
    readonly targetId: number;
    readonly state?: DeliveryState;
    readonly before?: number;
    readonly limit: number;
  }): Promise<LogPage>;
  /** Queues a delivery again, whatever became of it, for two days from now. @throws SimloftError `not_found` */
  sendAgain(id: number): Promise<LoggedDelivery>;
}

export function createDeliveryLog(options: TryOptions): DeliveryLog {
  const { store, clock } = options;
  const logged = async (deliveries: readonly WebhookDelivery[]): Promise<LoggedDelivery[]> => {
    const attempts = await store.webhookAttempts(deliveries.map(({ id }) => id));
    return deliveries.map((delivery) => ({
      delivery,
      messageId: messageIdOf(delivery),
      attempts: attempts.filter(({ deliveryId }) => deliveryId === delivery.id),
    }));
  };
  const one = async (id: number): Promise<LoggedDelivery> => {
    const delivery = await store.webhookDelivery(id);
    const [found] = delivery === null ? [] : await logged([delivery]);
    if (found === undefined) throw new SimloftError('not_found', `There is no delivery with the id ${id}.`);
    return found;
  };
  const target = async (id: number) => {
    const found = await store.webhookTarget(id);
    if (found === null) throw new SimloftError('not_found', `There is no webhook with the id ${id}.`);
    return found;
  };
  return {
    async test(targetId) {
      const to = await target(targetId);
      const [id = 0] = await store.transaction((tx) => tx.addDeliveries([testOf(targetId, clock.now())]), {
        key: webhookKey(targetId),
      });
      const { delivery } = await one(id);
      const outcome = await carryDelivery({ delivery, target: to }, options);
      if (outcome !== null)
        await store.transaction((tx) => settleTest(tx, { delivery, outcome, now: clock.now() }), {
          key: webhookKey(targetId),
        });
      return one(id);
    },
    async deliveries(query) {
      await target(query.targetId);
      const found = await store.webhookDeliveries({ ...query, limit: query.limit + 1 });
      const shown = found.slice(0, query.limit);
      return { items: await logged(shown), next: found.length > shown.length ? (shown.at(-1)?.id ?? null) : null };
    },
    async sendAgain(id) {
      const { delivery } = await one(id);
      await store.transaction((tx) => queueAgain(tx, id, clock.now()), { key: webhookKey(delivery.targetId) });
      return one(id);
    },
  };
}

/** Not queued: a test is told now or not at all. */
const testOf = (targetId: number, now: number): NewWebhookDelivery => ({
  targetId,
  eventId: null,
  event: { type: 'webhook.test', at: now, modem: '', row: null, detail: null },
  conversation: 'test',
  state: 'dropped',
  attempt: 0,
  nextAttemptAt: now,
  expiresAt: now,
  createdAt: now,
  deliveredAt: null,
  error: 'The test was broken off.',
  unreachable: false,
});

interface Tested {
  readonly delivery: WebhookDelivery;
  readonly outcome: Outcome;
  readonly now: number;
}

async function settleTest(tx: StoreTransaction, { delivery, outcome, now }: Tested): Promise<void> {
  const { ok, ms, status, answer, error } = outcome;
  if ((await tx.webhookDelivery(delivery.id)) === null) return;
  await tx.addWebhookAttempt({ deliveryId: delivery.id, at: now - ms, ms, status, answer, error });
  await tx.changeDelivery(delivery.id, { attempt: 1, error, ...(ok ? { state: 'delivered', deliveredAt: now } : {}) });
  if (ok) await tx.recallDeliveries(delivery.targetId, now);
}

async function queueAgain(tx: StoreTransaction, id: number, now: number): Promise<void> {
  const delivery = await tx.webhookDelivery(id);
  // One that is due may be on its way now.
  if (delivery === null || (delivery.state === 'queued' && delivery.nextAttemptAt <= now)) return;
  await tx.changeDelivery(id, {
    state: 'queued',
    attempt: 0,
    nextAttemptAt: now,
    expiresAt: now + triedForMs,
    deliveredAt: null,
    error: null,
    unreachable: false,
  });
}

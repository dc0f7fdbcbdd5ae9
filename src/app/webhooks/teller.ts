import type { Bus, Subscription } from '../../bus/bus.ts';
import { newId } from '../../core/ids.ts';
import { isFeedType } from '../../core/live.ts';
import type { Logger } from '../../core/logger.ts';
import { Loop } from '../loop.ts';
import { routeEvents } from './route-events.ts';
import { TargetQueue } from './target-queue.ts';
import type { TryOptions } from './try-delivery.ts';

export interface WebhookTellerOptions extends TryOptions {
  readonly bus: Pick<Bus, 'listen'>;
  readonly log: Logger;
  /** Others may run beside it, and have deliveries in hand. */
  readonly shared: boolean;
  /** What was told nobody here of (a wake-up that was lost, a delivery to be sent again) is found so soon, ms; 5 s by default. */
  readonly lookEveryMs?: number;
}

/** Tells all targets what happens. */
export interface WebhookTeller {
  start(): void;
  /** Tells nothing more; what is on its way has some seconds to get there. */
  stop(): Promise<void>;
}

const usualLookMs = 5_000;
const pruneEveryMs = 3_600_000;
/** How long the log of deliveries reaches back, ms. */
export const logKeptMs = 30 * 86_400_000;

/**
 * Any number of them may run: what happened is gone through by one at a time, and deliveries are claimed. Each target has a queue of
 * its own, so that one that is slow, or away, holds up nobody else.
 */
export function createWebhookTeller(options: WebhookTellerOptions): WebhookTeller {
  return new Teller(options);
}

class Teller implements WebhookTeller {
  readonly #options: WebhookTellerOptions;
  readonly #owner = newId();
  readonly #queues = new Map<number, TargetQueue>();
  readonly #looking: Loop;
  readonly #pruning: Loop;
  #listening: Subscription | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(options: WebhookTellerOptions) {
    this.#options = options;
    const { store, clock, log, shared, lookEveryMs = usualLookMs } = options;
    const look = async () => {
      this.#route();
      await this.#wakeAll();
    };
    this.#looking = new Loop({ name: 'webhooks', everyMs: lookEveryMs, afterReadyMs: null, run: look }, { clock, log });
    const mayFire = (name: string, sinceMs: number) => store.fire(name, clock.now(), clock.now() - sinceMs);
    const prune = async () => {
      await store.transaction((tx) => tx.pruneDeliveries(clock.now() - logKeptMs), { key: 'webhook log' });
    };
    this.#pruning = new Loop(
      { name: 'webhook log', everyMs: pruneEveryMs, afterReadyMs: null, run: prune },
      { clock, log, ...(shared ? { mayFire } : {}) },
    );
  }

  start(): void {
    this.#listening = this.#options.bus.listen(({ type }) => {
      if (isFeedType(type)) this.#route();
    });
    this.#looking.start();
    this.#pruning.start();
    void this.#begin();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#listening?.stop();
    await Promise.all([this.#looking.stop(), this.#pruning.stop(), this.#running]);
    await Promise.all([...this.#queues.values()].map((queue) => queue.stop()));
  }

  async #begin(): Promise<void> {
    const { store, log, shared } = this.#options;
    try {
      // Nobody else uses this store: whoever had deliveries in hand is gone.
      if (!shared) await store.transaction((tx) => tx.releaseDeliveries());
      this.#route();
      await this.#wakeAll();
    } catch (error) {
      log.warn({ err: error }, 'Webhooks could not be looked up yet.');
    }
  }

  async #wakeAll(): Promise<void> {
    const targets = await this.#options.store.webhookTargets();
    for (const { id } of targets.filter(({ enabled }) => enabled)) this.#wake(id);
    const gone = [...this.#queues].filter(([id]) => !targets.some((target) => target.id === id));
    for (const [id, queue] of gone) {
      this.#queues.delete(id);
      await queue.stop();
    }
  }

  #wake(targetId: number): void {
    if (this.#stopped) return;
    const queue = this.#queues.get(targetId) ?? new TargetQueue({ ...this.#options, targetId, owner: this.#owner });
    this.#queues.set(targetId, queue);
    queue.wake();
  }

  /** Goes through what happened, or lets the one who does so know that there is more. */
  #route(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#routeAll().finally(() => {
      this.#running = null;
      if (this.#again) this.#route();
    });
  }

  async #routeAll(): Promise<void> {
    const { store, clock, log } = this.#options;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        const { targets, more } = await routeEvents(store, clock.now());
        for (const id of targets) this.#wake(id);
        this.#again ||= more;
      } catch (error) {
        log.warn({ err: error }, 'What happened could not be put down for webhooks; it is tried again.');
      }
    }
  }
}

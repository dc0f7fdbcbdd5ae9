import type { Timer } from '../../core/clock.ts';
import { sleep } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { type WebhookDelivery, webhookKey } from '../../store/webhook-records.ts';
import type { Outcome } from '../../webhook/letter.ts';
import { Absence } from './absence.ts';
import { carryDelivery, type InHand, settleDelivery, type TryOptions } from './try-delivery.ts';

export interface TargetQueueOptions extends TryOptions {
  readonly log: Logger;
  readonly targetId: number;
  /** Whose hands claimed deliveries are in: the id of this process. */
  readonly owner: string;
}

/** Deliveries of one target that are on their way at once, of all processes together. */
export const atOnce = 4;
/** When another process may take a delivery, whatever became of this one, ms; a try takes 15 s at most. */
const claimMs = 25_000;
/** Rows that are due but in other hands are not looked at more often than this, ms. */
const shortestMs = 250;
/** Timers longer than this are left to the look that is made every few seconds, ms. */
const longestMs = 60_000;
/** How long a try may go on at a stop, ms. */
const lastWordMs = 3_000;
/** What came of a try is written so often, should the store not take it, a second apart. */
const writes = 10;

/** Tells one target what it is to be told: a few at a time, those of one conversation one after the other. */
export class TargetQueue {
  readonly #options: TargetQueueOptions;
  readonly #stopping = new AbortController();
  readonly #trying = new Set<Promise<void>>();
  readonly #absence: Absence;
  #timer: Timer | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  /** Whether this process knows how the target is. */
  #met = false;

  constructor(options: TargetQueueOptions) {
    this.#options = options;
    this.#absence = new Absence(options, () => this.wake());
  }

  /** Begins a pass, or lets the one that runs know that it must look again. */
  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#passes().finally(() => {
      this.#running = null;
      if (this.#again) this.wake();
    });
  }

  /** Takes nothing more; what is on its way has some seconds to get there. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#running;
    const arrived = new AbortController();
    const patience = sleep(this.#options.clock, lastWordMs, arrived.signal).catch(() => {});
    await Promise.race([Promise.all([...this.#trying, this.#absence.stop()]), patience]);
    arrived.abort();
    this.#stopping.abort();
    await Promise.all(this.#trying);
  }

  async #passes(): Promise<void> {
    const { clock, log, targetId } = this.#options;
    this.#timer?.cancel();
    let next: number | null = null;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        next = await this.#pass();
      } catch (error) {
        log.warn(
          { err: error, target: targetId },
          'Looking for what a webhook is to be told failed; it is tried again.',
        );
      }
    }
    if (next === null || this.#stopped) return;
    const ms = Math.min(longestMs, Math.max(next - clock.now(), shortestMs));
    this.#timer = clock.after(ms, () => this.wake());
  }

  /** Takes what is due. Returns when to look again; null to wait for a call. */
  async #pass(): Promise<number | null> {
    const { store, clock, targetId } = this.#options;
    const due = await store.nextDeliveryAt(targetId);
    if (due === null) return null;
    const waits = due > clock.now();
    // A process that begins need not wait until an earlier one would have tried again.
    if (waits && !this.#met) this.#absence.look();
    this.#met = true;
    if (waits) return due;
    if (this.#trying.size >= atOnce) return null;
    const claimed = await this.#claim();
    for (const one of claimed) {
      const trying = this.#try(one);
      this.#trying.add(trying);
      void trying.then(() => {
        this.#trying.delete(trying);
        this.wake();
      });
    }
    if (claimed.length === 0) return this.#trying.size > 0 ? null : clock.now() + longestMs;
    return store.nextDeliveryAt(targetId);
  }

  async #claim(): Promise<InHand[]> {
    const { store, clock, targetId, owner } = this.#options;
    const now = clock.now();
    const { signal } = this.#stopping;
    return store.transaction(
      async (tx) => {
        const target = await tx.webhookTarget(targetId);
        if (target?.enabled !== true) return [];
        const claimed = await tx.claimDeliveries({ targetId, owner, now, until: now + claimMs, most: atOnce });
        return claimed.map((delivery) => ({ delivery, target, signal }));
      },
      { key: webhookKey(targetId) },
    );
  }

  async #try(inHand: InHand): Promise<void> {
    const { log, targetId } = this.#options;
    const { delivery } = inHand;
    try {
      const outcome = await carryDelivery(inHand, this.#options);
      if (outcome?.ok === true) this.#absence.end();
      else if (outcome?.unreachable === true && outcome.status === null) this.#absence.begin();
      if (outcome?.ok !== true && this.#stopping.signal.aborted) await this.#giveBack(delivery);
      else await this.#settle(delivery, outcome);
    } catch (error) {
      log.warn(
        { err: error, target: targetId, delivery: delivery.id },
        'A webhook could not be told; it is tried again.',
      );
    }
  }

  /** What arrived should not be sent again because the store was away for a moment. */
  async #settle(delivery: WebhookDelivery, outcome: Outcome | null): Promise<void> {
    const { clock, log, targetId } = this.#options;
    const about = { target: targetId, delivery: delivery.id, status: outcome?.status ?? null };
    for (let write = 1; ; write += 1) {
      try {
        await settleDelivery(delivery, outcome, this.#options);
        break;
      } catch (error) {
        if (write === writes || this.#stopping.signal.aborted) throw error;
        await sleep(clock, 1_000, this.#stopping.signal).catch(() => {});
      }
    }
    if (outcome?.ok === false) log.info({ ...about, why: outcome.error }, 'A webhook did not take what it was told.');
  }

  /** A try that the stop broke off is none. */
  async #giveBack({ id, targetId }: WebhookDelivery): Promise<void> {
    await this.#options.store.transaction((tx) => tx.changeDelivery(id, {}), { key: webhookKey(targetId) });
  }
}

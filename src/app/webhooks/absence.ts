import type { Clock, Timer } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Store } from '../../store/store.ts';
import { webhookKey } from '../../store/webhook-records.ts';
import type { Carrier } from '../../webhook/letter.ts';

export interface AbsenceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly carrier: Pick<Carrier, 'reach'>;
  readonly targetId: number;
}

const lookEveryMs = 30_000;

/**
 * While nobody is there, looks from time to time whether somebody takes a connection again; then what waits is due at once. So a
 * target that was away for long is told everything soon after, and is not asked in vain with each delivery meanwhile.
 */
export class Absence {
  readonly #options: AbsenceOptions;
  readonly #whenBack: () => void;
  #timer: Timer | null = null;
  #looking: Promise<void> | null = null;
  #away = false;
  #stopped = false;

  /** @param whenBack is called when what waited has become due. */
  constructor(options: AbsenceOptions, whenBack: () => void) {
    this.#options = options;
    this.#whenBack = whenBack;
  }

  /** Nobody was there. */
  begin(): void {
    this.#away = true;
    if (this.#timer === null && this.#looking === null) this.#arm();
  }

  /** Somebody is. */
  end(): void {
    this.#away = false;
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** Looks now; for a process that does not know yet how it is. */
  look(): void {
    this.#away = true;
    this.#timer?.cancel();
    this.#timer = null;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
      if (this.#away) this.#arm();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.end();
    await this.#looking;
  }

  #arm(): void {
    if (this.#stopped) return;
    this.#timer = this.#options.clock.after(lookEveryMs, () => this.look());
  }

  async #look(): Promise<void> {
    const { store, clock, log, carrier, targetId } = this.#options;
    try {
      const target = await store.webhookTarget(targetId);
      const enabled = target?.enabled === true;
      if (enabled && !(await carrier.reach(target.url, target))) return;
      this.#away = false;
      if (!enabled || this.#stopped) return;
      const recall = await store.transaction((tx) => tx.recallDeliveries(targetId, clock.now()), {
        key: webhookKey(targetId),
      });
      if (recall > 0) this.#whenBack();
    } catch (error) {
      log.warn({ err: error, target: targetId }, 'It could not be seen whether a webhook is there again.');
    }
  }
}

import type { Clock, Timer } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';

/** Something that is done again and again. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  /** Wait after the modem has become ready, ms; null for a job that needs no modem. */
  readonly afterReadyMs: number | null;
  readonly run: (ttlMs: number, signal: AbortSignal) => Promise<void>;
}

export interface LoopOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Whether this process is to do the job now, when it was not done by another one within `sinceMs`; always, when absent. */
  readonly mayFire?: (job: string, sinceMs: number) => Promise<boolean>;
}

/** Timers of several processes are never quite even: what was done this much less than an interval ago is due again. */
const tolerance = 0.9;
/** Several processes hear at once that a modem is ready; one of them asks it. */
const sameOccasionMs = 5_000;

/** Runs one job again and again: never two at a time, the next one `everyMs` after the last began. */
export class Loop {
  readonly #job: Job;
  readonly #options: LoopOptions;
  readonly #abort = new AbortController();
  #timer: Timer | null = null;
  #running: Promise<void> | null = null;

  constructor(job: Job, options: LoopOptions) {
    this.#job = job;
    this.#options = options;
  }

  start(): void {
    this.#arm(this.#job.everyMs, this.#job.everyMs * tolerance);
  }

  modemIsReady(): void {
    const { afterReadyMs, everyMs } = this.#job;
    if (afterReadyMs !== null && this.#running === null) this.#arm(afterReadyMs, Math.min(sameOccasionMs, everyMs));
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#timer?.cancel();
    await this.#running;
  }

  #arm(ms: number, sinceMs: number): void {
    if (this.#abort.signal.aborted) return;
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(ms, () => {
      this.#running = this.#once(sinceMs).finally(() => {
        this.#running = null;
      });
    });
  }

  async #once(sinceMs: number): Promise<void> {
    const { name, everyMs, run } = this.#job;
    const { clock, log, mayFire } = this.#options;
    const begun = clock.monotonic();
    try {
      if (mayFire === undefined || (await mayFire(name, sinceMs))) await run(everyMs, this.#abort.signal);
    } catch (error) {
      if (!this.#abort.signal.aborted) log.warn({ err: error, job: name }, 'A job failed; it goes on.');
    }
    this.#arm(Math.max(0, everyMs - (clock.monotonic() - begun)), everyMs * tolerance);
  }
}

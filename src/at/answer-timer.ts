import type { Clock, Timer } from '../core/clock.ts';

/** The limits of one answer: how long in all, and how long without a byte. */
export class AnswerTimer {
  readonly #clock: Clock;
  #lastByteAt: number;
  #limit: Timer | null = null;
  #settle: Timer | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastByteAt = clock.monotonic();
  }

  /** A byte has come. No timer is touched: the idle limit is looked at only when it fires. */
  touch(): void {
    this.#lastByteAt = this.#clock.monotonic();
  }

  get lastByteAt(): number {
    return this.#lastByteAt;
  }

  /** Calls `expired` after `totalMs`, or when no byte has come for `idleMs`. Replaces the limit that is set. */
  limit(totalMs: number, idleMs: number, expired: () => void): void {
    const start = this.#clock.monotonic();
    const look = () => {
      const end = Math.min(start + totalMs, Math.max(start, this.#lastByteAt) + idleMs);
      const left = end - this.#clock.monotonic();
      if (idleMs >= totalMs || left <= 0) expired();
      else this.#limit = this.#clock.after(left, look);
    };
    this.#limit?.cancel();
    this.#limit = this.#clock.after(Math.min(totalMs, idleMs), look);
  }

  /** Calls `settled` after `ms`, beside the limit. Replaces an earlier one. */
  settle(ms: number, settled: () => void): void {
    this.#settle?.cancel();
    this.#settle = this.#clock.after(ms, settled);
  }

  unsettle(): void {
    this.#settle?.cancel();
    this.#settle = null;
  }

  cancel(): void {
    this.#limit?.cancel();
    this.#limit = null;
    this.unsettle();
  }
}

import type { Clock, Timer } from '../core/clock.ts';

/** The same clock, whose timers can all be given up at once: a modem that has been put away must not keep a program alive. */
export class TrackedClock implements Clock {
  readonly #clock: Clock;
  readonly #timers = new Set<Timer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  after(ms: number, run: () => void): Timer {
    const timer = this.#clock.after(ms, () => {
      this.#timers.delete(tracked);
      run();
    });
    const tracked: Timer = {
      cancel: () => {
        this.#timers.delete(tracked);
        timer.cancel();
      },
    };
    this.#timers.add(tracked);
    return tracked;
  }

  cancelAll(): void {
    for (const timer of this.#timers) timer.cancel();
  }
}

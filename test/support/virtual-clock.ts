import type { Clock, Timer } from '../../src/core/clock.ts';

interface Pending {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to go on; minutes pass in milliseconds, always in the same order. */
export class VirtualClock implements Clock {
  #now: number;
  readonly #start: number;
  #order = 0;
  readonly #pending = new Set<Pending>();

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
    this.#start = start;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now - this.#start;
  }

  after(ms: number, run: () => void): Timer {
    const entry: Pending = { due: this.#now + Math.max(0, ms), order: this.#order++, run };
    this.#pending.add(entry);
    return { cancel: () => void this.#pending.delete(entry) };
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#pending.size;
  }

  /** Lets `ms` pass: runs each timer that falls due, in order, and lets promises and streams settle between them. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const next = this.#next();
      if (next === undefined || next.due > end) break;
      this.#pending.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
      await settle();
    }
    this.#now = end;
  }

  /** Lets time pass until `done` holds, at most `limit` ms; throws when it never does. */
  async advanceUntil(done: () => boolean | Promise<boolean>, limit = 3_600_000): Promise<void> {
    const end = this.#now + limit;
    await settle();
    while (!(await done())) {
      const next = this.#next();
      if (next === undefined || next.due > end) throw new Error(`not reached within ${limit} ms of virtual time`);
      this.#pending.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
      await settle();
    }
  }

  #next(): Pending | undefined {
    let first: Pending | undefined;
    for (const entry of this.#pending) {
      if (first === undefined || entry.due < first.due || (entry.due === first.due && entry.order < first.order))
        first = entry;
    }
    return first;
  }
}

/** Lets everything that is already under way (promises, immediates) come to rest. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

import type { Clock, Timer } from '../core/clock.ts';

interface Passing {
  readonly due: number;
  readonly arrive: () => void;
}

/** Timers of a real machine count whole milliseconds. */
const graceMs = 0.5;

/** One direction of a serial line that needs 10 bits for each byte (8N1). */
export class PacedLane {
  readonly #pace: LinePace;
  readonly #clock: Clock;
  #passing: Passing[] = [];
  #freeAt = 0;
  #waiting: Timer | 'soon' | null = null;

  constructor(pace: LinePace, clock: Clock) {
    this.#pace = pace;
    this.#clock = clock;
  }

  /** Calls `arrive` when `bytes` more bytes have passed. */
  pass(bytes: number, arrive: () => void): void {
    this.#freeAt = Math.max(this.#freeAt, this.#pace.now()) + bytes * this.#pace.msPerByte;
    this.#passing.push({ due: this.#freeAt, arrive });
    this.#wait();
  }

  /** Forgets what is under way. */
  clear(): void {
    this.#passing = [];
    this.#freeAt = 0;
    if (this.#waiting !== 'soon') this.#waiting?.cancel();
    this.#waiting = null;
  }

  #wait(): void {
    const next = this.#passing[0];
    if (this.#waiting !== null || next === undefined) return;
    const ms = next.due - this.#clock.monotonic();
    if (ms > graceMs) {
      this.#waiting = this.#clock.after(ms, () => this.#arrive());
      return;
    }
    this.#waiting = 'soon';
    queueMicrotask(() => this.#arrive());
  }

  /** What is due so soon that no timer would hit it arrives with the rest, and the pace remembers the difference. */
  #arrive(): void {
    this.#waiting = null;
    for (let next = this.#passing[0]; next !== undefined; next = this.#passing[0]) {
      if (next.due > this.#clock.monotonic() + graceMs) break;
      this.#passing.shift();
      this.#pace.arrived(next.due);
      next.arrive();
    }
    this.#wait();
  }
}

/**
 * The time of an emulated serial line. Timers of a real machine come late by up to a millisecond, as long as a dozen bytes take; so each lateness is
 * taken off the next wait, and a long dialogue lasts as long as its bytes and its pauses, exactly.
 */
export class LinePace {
  readonly msPerByte: number;
  readonly #clock: Clock;
  #late = 0;

  constructor(clock: Clock, baud: number) {
    this.#clock = clock;
    this.msPerByte = 10_000 / baud;
  }

  /** Where the emulated line is, ms of {@link Clock.monotonic}. */
  now(): number {
    return this.#clock.monotonic() - this.#late;
  }

  arrived(due: number): void {
    this.#late = Math.min(this.#clock.monotonic() - due, 20);
  }
}

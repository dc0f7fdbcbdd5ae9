import type { Clock } from '../core/clock.ts';

/** What a modem made of a message that was handed to it. */
export type Outcome = 'acknowledged' | 'full' | 'unreachable' | 'unacknowledged';

export interface MtQueueOptions {
  readonly clock: Clock;
  readonly hand: (pdu: string, done: (outcome: Outcome) => void) => void;
  /** Between one and the next, ms. */
  readonly gapMs: () => number;
  readonly redeliverMs: number;
}

interface Waiting {
  readonly pdu: string;
  readonly gapMs: number | undefined;
}

/** What waits to be delivered: in order, one at a time, each until it has been acknowledged (TS 23.040 §3.2). */
export class MtQueue {
  readonly #options: MtQueueOptions;
  readonly #waiting: Waiting[] = [];
  #busy = false;
  /** Nothing is tried until the modem says that it can be reached or has room again. */
  #held = false;
  #loseNextAck = false;
  #acknowledged = 0;

  constructor(options: MtQueueOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#waiting.length;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  add(pdu: string, gapMs?: number): void {
    this.#waiting.push({ pdu, gapMs });
    this.#next();
  }

  loseNextAck(): void {
    this.#loseNextAck = true;
  }

  /** The modem can be reached, or has room, again. */
  retry(): void {
    this.#held = false;
    this.#next();
  }

  #next(): void {
    const head = this.#waiting[0];
    if (this.#busy || this.#held || head === undefined) return;
    this.#busy = true;
    this.#options.hand(head.pdu, (outcome) => {
      this.#busy = false;
      this.#settle(head, outcome);
    });
  }

  #settle(head: Waiting, outcome: Outcome): void {
    if (outcome === 'acknowledged' && !this.#loseNextAck) {
      this.#waiting.shift();
      this.#acknowledged += 1;
      this.#pause(head.gapMs ?? this.#options.gapMs());
      return;
    }
    if (outcome === 'full' || outcome === 'unreachable') {
      this.#held = true;
      return;
    }
    this.#loseNextAck = false;
    this.#pause(this.#options.redeliverMs);
  }

  #pause(ms: number): void {
    if (ms <= 0) {
      this.#next();
      return;
    }
    this.#busy = true;
    this.#options.clock.after(ms, () => {
      this.#busy = false;
      this.#next();
    });
  }
}

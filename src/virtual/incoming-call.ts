import type { Clock, Timer } from '../core/clock.ts';
import type { RingRequest } from './contract.ts';
import type { Settings } from './settings.ts';

export interface IncomingCallOptions {
  readonly clock: Clock;
  readonly request: RingRequest;
  readonly settings: () => Settings;
  readonly indicate: (...lines: readonly string[]) => void;
  /** The caller has given up. */
  readonly gone: () => void;
}

const usualRings = 5;
const usualIntervalMs = 5000;

/** One ringing: `RING` or `+CRING`, and `+CLIP`, again and again (TS 27.007 §6.11, §7.6). */
export class IncomingCall {
  readonly number: string | null;
  readonly at: number;
  readonly #options: IncomingCallOptions;
  readonly #timers = new Set<Timer>();
  #rings = 0;
  #answered = false;

  constructor(options: IncomingCallOptions) {
    this.#options = options;
    this.number = options.request.from;
    this.at = options.clock.now();
  }

  get rings(): number {
    return this.#rings;
  }

  get answered(): boolean {
    return this.#answered;
  }

  begin(): void {
    const { hangUpMs } = this.#options.request;
    if (hangUpMs !== undefined) this.#after(hangUpMs, this.#options.gone);
    this.#ring();
  }

  answer(): void {
    this.#answered = true;
    this.stop();
  }

  stop(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #ring(): void {
    const { request, settings, indicate, gone } = this.#options;
    this.#rings += 1;
    indicate(settings().crc ? '+CRING: VOICE' : 'RING');
    const clip = settings().clip ? this.#clip() : null;
    const later = request.clipAfterMs === undefined ? 0 : request.clipAfterMs;
    if (clip !== null && later === 0) indicate(clip);
    else if (clip !== null && later !== null) this.#after(later, () => indicate(clip));
    const last = this.#rings >= (request.rings ?? usualRings);
    this.#after(request.intervalMs ?? usualIntervalMs, () => (last ? gone() : this.#ring()));
  }

  #clip(): string | null {
    if (this.number !== null) return `+CLIP: "${this.number}",${this.number.startsWith('+') ? 145 : 129},,,,0`;
    switch (this.#options.request.withheld ?? 'validity') {
      case 'validity':
        return '+CLIP: "",128,,,,1';
      case 'bare':
        return '+CLIP: ,128';
      case 'absent':
        return null;
    }
  }

  #after(ms: number, run: () => void): void {
    const timer = this.#options.clock.after(ms, () => {
      this.#timers.delete(timer);
      run();
    });
    this.#timers.add(timer);
  }
}

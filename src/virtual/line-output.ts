import type { Clock, Timer } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import type { Chunking } from './contract.ts';
import { type LinePace, PacedLane } from './line-pace.ts';

export interface LineOutputOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly chunking: Chunking;
  readonly pace: LinePace | null;
}

/** How long `merged` waits for more to go with what is ready. */
const mergeMs = 5;
/** What a USB packet holds at full speed; also the grain of a paced line. */
const packet = 64;

/** The way out: cuts what the modem writes into chunks, paces them, and hands them to whoever has the port open. */
export class LineOutput {
  readonly #options: LineOutputOptions;
  readonly #lane: PacedLane | null;
  #listener: ((chunk: Uint8Array) => void) | null = null;
  #ready: Uint8Array[] = [];
  #flush: Timer | 'soon' | null = null;

  constructor(options: LineOutputOptions) {
    this.#options = options;
    this.#lane = options.pace === null ? null : new PacedLane(options.pace, options.clock);
  }

  /** null: nobody has the port open, and what is written is lost. */
  setListener(listener: ((chunk: Uint8Array) => void) | null): void {
    this.#listener = listener;
    this.#ready = [];
    this.#lane?.clear();
  }

  write(bytes: Uint8Array): void {
    if (this.#listener === null || bytes.length === 0) return;
    this.#ready.push(bytes);
    if (this.#flush !== null) return;
    if (this.#options.chunking === 'merged') {
      this.#flush = this.#options.clock.after(mergeMs, () => this.#send());
      return;
    }
    // Not at once: a program must not be answered in the middle of its own write.
    this.#flush = 'soon';
    queueMicrotask(() => this.#send());
  }

  #send(): void {
    this.#flush = null;
    for (const chunk of this.#cut(this.#ready.splice(0))) {
      if (this.#lane === null) this.#listener?.(chunk);
      else this.#lane.pass(chunk.length, () => this.#listener?.(chunk));
    }
  }

  #cut(written: readonly Uint8Array[]): readonly Uint8Array[] {
    const { chunking, random } = this.#options;
    if (chunking === 'whole' && this.#lane === null) return written;
    const all = new Uint8Array(written.reduce((sum, { length }) => sum + length, 0));
    let filled = 0;
    for (const bytes of written) {
      all.set(bytes, filled);
      filled += bytes.length;
    }
    if (chunking === 'merged' && this.#lane === null) return [all];
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < all.length; at += chunks.at(-1)?.length ?? 1) {
      const length = chunking === 'bytes' ? 1 : chunking === 'random' ? 1 + random.below(20) : packet;
      chunks.push(all.subarray(at, at + length));
    }
    return chunks;
  }
}

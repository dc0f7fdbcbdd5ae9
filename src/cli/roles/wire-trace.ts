import { WireMask } from '../../at/wire-mask.ts';
import type { OpenStream } from '../../core/byte-stream.ts';
import type { Clock } from '../../core/clock.ts';
import type { WireLine } from '../../core/live.ts';
import { type Direction, readableBytes, recordStream } from '../../transport/record.ts';

/** Lines are told together, ms. */
const togetherMs = 100;
/** A line that never ends is told in pieces, octets. */
const longestLine = 2_000;

/** Tells what is said to a modem and by it, masked, while somebody wants to see it; costs nothing otherwise. */
export class WireTrace {
  readonly #clock: Clock;
  readonly #tell: (lines: readonly WireLine[]) => void;
  #until = 0;
  #mask = new WireMask();
  #halves: Record<Direction, number[]> = { in: [], out: [] };
  #lines: WireLine[] = [];

  constructor(clock: Clock, tell: (lines: readonly WireLine[]) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** The same port, watched. */
  watch(open: OpenStream): OpenStream {
    return async (signal) => recordStream(await open(signal), (direction, bytes) => this.#pass(direction, bytes));
  }

  /** From now on, ms. */
  tellFor(ms: number): void {
    if (!this.#isWanted()) {
      this.#mask = new WireMask();
      this.#halves = { in: [], out: [] };
    }
    this.#until = this.#clock.monotonic() + ms;
  }

  #isWanted(): boolean {
    return this.#clock.monotonic() < this.#until;
  }

  #pass(direction: Direction, bytes: Uint8Array): void {
    if (!this.#isWanted()) return;
    const half = this.#halves[direction];
    for (const byte of bytes) {
      // Ctrl-Z ends a PDU as CR ends a command.
      if (byte === 0x0d || byte === 0x0a || byte === 0x1a) this.#end(direction);
      else half.push(byte);
      if (half.length >= longestLine) this.#end(direction);
    }
    // The prompt has no end of its own. TS 27.005 §3.5.1.
    if (direction === 'in' && half.length === 2 && half[0] === 0x3e && half[1] === 0x20) this.#end(direction);
  }

  #end(direction: Direction): void {
    const octets = this.#halves[direction].splice(0);
    if (octets.length === 0) return;
    const text = this.#mask.mask(direction, readableBytes(Uint8Array.from(octets)));
    this.#lines.push({ at: this.#clock.now(), direction, text });
    if (this.#lines.length === 1) this.#clock.after(togetherMs, () => this.#tell(this.#lines.splice(0)));
  }
}

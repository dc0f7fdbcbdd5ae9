import type { ByteStream, OpenStream } from '../core/byte-stream.ts';
import { type Clock, sleep } from '../core/clock.ts';

export type ProbeResult =
  | { readonly answers: true; readonly imei: string | null }
  | { readonly answers: false; readonly reason: string };

/** Whatever lay in the buffer, perhaps for hours, comes at once when a port is opened. */
const settleMs = 150;
const escapeMs = 250;
const answerMs = 1000;
const tries = 3;

const final = /(?:^|[\r\n])(?:OK|ERROR|\+CM[ES] ERROR:[^\r\n]*)[\r\n]/;
/** Final result codes as digits, for a modem that another program has left in ATV0. V.250 §6.2.6. */
const digitFinal = /(?:^|[\r\n])[04]\r/;

/**
 * Asks whether there is a modem behind a port: any final result code proves it, even an error. Binary bytes and silence do not.
 * @throws what `open` throws, and the signal's reason
 */
export async function probePort(open: OpenStream, clock: Clock, signal?: AbortSignal): Promise<ProbeResult> {
  const stream = await open(signal);
  try {
    return await new Probe(stream, clock, signal).run();
  } finally {
    await stream.close();
  }
}

class Probe {
  readonly #stream: ByteStream;
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  #heard = '';
  #closed = false;
  #wake: (() => void) | null = null;

  constructor(stream: ByteStream, clock: Clock, signal: AbortSignal | undefined) {
    this.#stream = stream;
    this.#clock = clock;
    this.#signal = signal;
    stream.onData((chunk) => {
      // Enough to judge by; a port that talks without end must not fill the memory.
      this.#heard = (this.#heard + Buffer.from(chunk).toString('latin1')).slice(-4096);
      this.#wake?.();
    });
    stream.onClose(() => {
      this.#closed = true;
      this.#wake?.();
    });
  }

  async run(): Promise<ProbeResult> {
    await sleep(this.#clock, settleMs, this.#signal);
    if (this.#isBinary()) return no('it sends binary data');
    this.#heard = '';
    // A program that died may have left the modem waiting for the text of a message; only ESC leads out. TS 27.005 §3.5.1.
    await this.#ask('\x1b\r', escapeMs);
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      if (await this.#ask('AT\r', answerMs)) return { answers: true, imei: await this.#imei() };
      if (this.#closed) return no('it closed while it was asked');
      if (this.#isBinary()) return no('it answers with binary data');
    }
    return no(/\$G[A-Z]{4},/.test(this.#heard) ? 'it sends positions (NMEA)' : 'it does not answer AT');
  }

  /** TS 27.007 §5.4. */
  async #imei(): Promise<string | null> {
    await this.#ask('AT+CGSN\r', answerMs);
    return /(?<!\d)\d{14,16}(?!\d)/.exec(this.#heard)?.[0] ?? null;
  }

  /** Whether a final result code came in time. */
  async #ask(words: string, limitMs: number): Promise<boolean> {
    this.#heard = '';
    if (this.#closed) return false;
    await this.#stream.write(Buffer.from(words, 'latin1'));
    const end = this.#clock.monotonic() + limitMs;
    const timer = this.#clock.after(limitMs, () => this.#wake?.());
    const abort = () => this.#wake?.();
    this.#signal?.addEventListener('abort', abort);
    try {
      while (!this.#isFinal() && this.#clock.monotonic() < end && !this.#closed && !this.#isBinary()) {
        this.#signal?.throwIfAborted();
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      return this.#isFinal();
    } finally {
      timer.cancel();
      this.#signal?.removeEventListener('abort', abort);
    }
  }

  #isFinal(): boolean {
    return final.test(this.#heard) || digitFinal.test(this.#heard);
  }

  /** Diagnosis ports speak HDLC, whose frames begin and end with 7E. */
  #isBinary(): boolean {
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    return /[\x01-\x06\x0e-\x19\x7e]/.test(this.#heard);
  }
}

const no = (reason: string): ProbeResult => ({ answers: false, reason });

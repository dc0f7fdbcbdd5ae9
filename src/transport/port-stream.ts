import type { ByteStream } from '../core/byte-stream.ts';
import type { Clock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';

/** What differs between a serial port and a TCP connection; {@link PortStream} does the rest. */
export interface PortIo {
  /** Begins to read. `lost` is called when the other side is gone; calls after {@link close} are ignored. */
  start(receive: (chunk: Uint8Array) => void, lost: (cause: Error | null) => void): void;
  /** Resolves when the operating system has taken all bytes. Called again only after that. */
  write(bytes: Uint8Array): Promise<void>;
  /** Lets go of the device; bytes that have not left are thrown away. */
  close(): Promise<void>;
}

export interface PortStreamOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly io: PortIo;
  /** What the end means when nobody asked for it: "the modem was unplugged". */
  readonly lostMeans: string;
  /** Runs when the device is free again. */
  readonly release?: () => Promise<void>;
}

/** A driver that has wedged takes nothing and says nothing: after this long the port counts as gone. */
const stallLimitMs = 5000;

/** One opened port: keeps early bytes, puts writes in order, gives up stalled ones, and ends exactly once. */
export class PortStream implements ByteStream {
  readonly name: string;
  readonly #clock: Clock;
  readonly #io: PortIo;
  readonly #release: (() => Promise<void>) | undefined;
  readonly #early: Uint8Array[] = [];
  #listener: ((chunk: Uint8Array) => void) | null = null;
  #closeListener: ((error?: Error) => void) | null = null;
  #lastWrite: Promise<void> = Promise.resolve();
  #rejectWrite: ((error: SimloftError) => void) | null = null;
  #end: { readonly error: SimloftError | undefined; readonly done: Promise<void> } | null = null;

  constructor({ name, clock, io, lostMeans, release }: PortStreamOptions) {
    this.name = name;
    this.#clock = clock;
    this.#io = io;
    this.#release = release;
    io.start(
      (chunk) => {
        if (this.#end !== null) return;
        if (this.#listener === null) this.#early.push(chunk);
        else this.#listener(chunk);
      },
      (cause) => {
        const why = cause === null ? '' : ` (${cause.message})`;
        void this.#finish(new SimloftError('port_closed', `${name} has closed: ${lostMeans}${why}.`, { cause }));
      },
    );
  }

  write(bytes: Uint8Array): Promise<void> {
    this.#lastWrite = this.#lastWrite.then(() => this.#writeNow(bytes));
    return this.#lastWrite;
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#listener = listener;
    for (const chunk of this.#early.splice(0)) listener(chunk);
  }

  onClose(listener: (error?: Error) => void): void {
    this.#closeListener = listener;
    const end = this.#end;
    if (end !== null) void end.done.then(() => this.#tellClosed());
  }

  close(): Promise<void> {
    return this.#finish(undefined);
  }

  async #writeNow(bytes: Uint8Array): Promise<void> {
    if (this.#end !== null) throw this.#end.error ?? new SimloftError('port_closed', `${this.name} is closed.`);
    await new Promise<void>((resolve, reject) => {
      this.#rejectWrite = reject;
      const timer = this.#clock.after(stallLimitMs, () => {
        const limit = `${stallLimitMs / 1000} s`;
        const text = `${this.name} has accepted no bytes for ${limit}: the modem or its driver hangs, or flow control is on and its wires are missing.`;
        void this.#finish(new SimloftError('port_stalled', text));
      });
      this.#io
        .write(bytes)
        .then(resolve, (cause: unknown) => {
          const text = `${this.name} could not be written: ${cause instanceof Error ? cause.message : String(cause)}.`;
          void this.#finish(new SimloftError('port_closed', text, { cause }));
        })
        .finally(() => timer.cancel());
    });
    this.#rejectWrite = null;
  }

  #finish(reason: SimloftError | undefined): Promise<void> {
    if (this.#end !== null) return this.#end.done;
    const done = this.#letGo();
    this.#end = { error: reason, done };
    this.#rejectWrite?.(reason ?? new SimloftError('port_closed', `${this.name} was closed while it was written.`));
    void done.then(() => this.#tellClosed());
    return done;
  }

  /** A device that is already gone may refuse to be closed; it is free all the same. */
  async #letGo(): Promise<void> {
    await this.#io.close().catch(() => undefined);
    await this.#release?.().catch(() => undefined);
  }

  #tellClosed(): void {
    const listener = this.#closeListener;
    this.#closeListener = null;
    if (this.#end?.error === undefined) listener?.();
    else listener?.(this.#end.error);
  }
}

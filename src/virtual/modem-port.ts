import type { ByteStream } from '../core/byte-stream.ts';
import { SimloftError } from '../core/errors.ts';

export interface ModemPortOptions {
  readonly take: (bytes: Uint8Array) => void;
  /** The program has let go of the port. */
  readonly closed: () => void;
}

/** The program's end of the cable, in process. */
export class ModemPort implements ByteStream {
  readonly name = 'virtual';
  readonly #options: ModemPortOptions;
  readonly #early: Uint8Array[] = [];
  #listener: ((chunk: Uint8Array) => void) | null = null;
  #closeListener: ((error?: Error) => void) | null = null;
  #end: { readonly error: SimloftError | null } | null = null;

  constructor(options: ModemPortOptions) {
    this.#options = options;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#end !== null)
      throw this.#end.error ?? new SimloftError('port_closed', 'The port of the virtual modem is closed.');
    this.#options.take(bytes.slice());
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#listener = listener;
    for (const chunk of this.#early.splice(0)) listener(chunk);
  }

  onClose(listener: (error?: Error) => void): void {
    this.#closeListener = listener;
    if (this.#end !== null) this.#tellClosed();
  }

  async close(): Promise<void> {
    this.#finish(null);
  }

  /** Bytes from the modem. */
  deliver(chunk: Uint8Array): void {
    if (this.#end !== null) return;
    if (this.#listener === null) this.#early.push(chunk);
    else this.#listener(chunk);
  }

  /** The cable has been pulled. */
  lose(): void {
    this.#finish(new SimloftError('port_closed', 'The virtual modem was unplugged.'));
  }

  #finish(error: SimloftError | null): void {
    if (this.#end !== null) return;
    this.#end = { error };
    this.#options.closed();
    this.#tellClosed();
  }

  #tellClosed(): void {
    const listener = this.#closeListener;
    const error = this.#end?.error ?? null;
    if (listener === null) return;
    this.#closeListener = null;
    queueMicrotask(() => (error === null ? listener() : listener(error)));
  }
}

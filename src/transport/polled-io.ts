import { readSync, writeSync } from 'node:fs';
import type { PortIo } from './port-stream.ts';

/** What is used of the serial binding on Linux and macOS: its descriptor, which never blocks, and its poller. */
export interface PolledPort {
  readonly fd: number | null;
  readonly poller: {
    on(event: 'readable' | 'writable', listener: (error: Error | null) => void): unknown;
    /** Waits for these events, and for these only. */
    poll(events: number): void;
  };
  flush(): Promise<void>;
  close(): Promise<void>;
}

const readable = 1;
const writable = 2;
/** The line discipline of a tty hands out at most this much at once. */
const chunkLimit = 4096;

interface PendingWrite {
  readonly bytes: Uint8Array;
  offset: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads and writes in the event loop as soon as the tty is ready. The binding's own `read` and `write` take the way through the
 * thread pool, which costs twice the time; its `read` also turns for ever once a port has hung up, because a read of 0
 * bytes, which means just that, makes it read again.
 */
export class PolledIo implements PortIo {
  readonly #port: PolledPort;
  readonly #buffer = new Uint8Array(chunkLimit);
  #receive: (chunk: Uint8Array) => void = () => {};
  #lost: (cause: Error | null) => void = () => {};
  #pending: PendingWrite | null = null;
  #closed = false;

  constructor(port: PolledPort) {
    this.#port = port;
  }

  start(receive: (chunk: Uint8Array) => void, lost: (cause: Error | null) => void): void {
    this.#receive = receive;
    this.#lost = lost;
    const { poller } = this.#port;
    poller.on('readable', (error) => this.#ready(error, () => this.#read()));
    poller.on('writable', (error) => this.#ready(error, () => this.#write()));
    poller.poll(readable);
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending = { bytes, offset: 0, resolve, reject };
      this.#write();
      if (this.#pending !== null) this.#poll();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    // Without it the kernel would wait up to 30 s for bytes that a wedged modem does not take.
    await this.#port.flush().catch(() => undefined);
    await this.#port.close();
  }

  #ready(error: Error | null, run: () => void): void {
    if (this.#closed) return;
    if (error !== null) {
      this.#lost(error);
      return;
    }
    run();
    this.#poll();
  }

  /** One poll names all that is waited for: the binding forgets what an earlier one asked for. */
  #poll(): void {
    if (!this.#closed) this.#port.poller.poll(this.#pending === null ? readable : readable | writable);
  }

  #read(): void {
    const { fd } = this.#port;
    if (fd === null) return;
    const count = attempt(() => readSync(fd, this.#buffer, 0, chunkLimit, null));
    if (count === 'not ready') return;
    if (count instanceof Error) this.#lost(count);
    else if (count === 0) this.#lost(null);
    else this.#receive(this.#buffer.slice(0, count));
  }

  #write(): void {
    const { fd } = this.#port;
    const pending = this.#pending;
    if (fd === null || pending === null) return;
    while (pending.offset < pending.bytes.length) {
      const count = attempt(() => writeSync(fd, pending.bytes, pending.offset));
      if (count === 'not ready') return;
      if (count instanceof Error) {
        this.#pending = null;
        pending.reject(count);
        return;
      }
      pending.offset += count;
    }
    this.#pending = null;
    pending.resolve();
  }
}

function attempt(operation: () => number): number | Error | 'not ready' {
  try {
    return operation();
  } catch (thrown) {
    if (!(thrown instanceof Error)) return new Error(String(thrown));
    const code = 'code' in thrown ? thrown.code : undefined;
    return code === 'EAGAIN' || code === 'EINTR' ? 'not ready' : thrown;
  }
}

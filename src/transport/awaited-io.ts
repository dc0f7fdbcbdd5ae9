import type { PortIo } from './port-stream.ts';

/** What is used of the serial binding on Windows, where there is nothing to poll. */
export interface AwaitedPort {
  read(buffer: Buffer, offset: number, length: number): Promise<{ readonly bytesRead: number }>;
  write(bytes: Buffer): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Reads and writes by the binding's own operations. */
export class AwaitedIo implements PortIo {
  readonly #port: AwaitedPort;
  #closed = false;

  constructor(port: AwaitedPort) {
    this.#port = port;
  }

  start(receive: (chunk: Uint8Array) => void, lost: (cause: Error | null) => void): void {
    this.#readOn(receive).catch((thrown: unknown) => {
      if (!this.#closed) lost(thrown instanceof Error ? thrown : null);
    });
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#port.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#port.flush().catch(() => undefined);
    await this.#port.close();
  }

  async #readOn(receive: (chunk: Uint8Array) => void): Promise<void> {
    const buffer = Buffer.alloc(4096);
    while (!this.#closed) {
      const { bytesRead } = await this.#port.read(buffer, 0, buffer.length);
      if (!this.#closed) receive(Uint8Array.prototype.slice.call(buffer, 0, bytesRead));
    }
  }
}

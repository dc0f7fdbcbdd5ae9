import { createServer, type Server, type Socket } from 'node:net';
import type { ByteStream } from '../src/core/byte-stream.ts';

/** A stretch of bytes as it passed: when its last byte arrived, and what it was. */
export interface Passed {
  readonly from: 'gateway' | 'modem';
  /** Steady clock, ms, of the first and the last byte. */
  readonly begin: number;
  readonly end: number;
  readonly text: string;
}

/**
 * An emulated serial line between a gateway (on TCP) and a virtual modem (in this process): 10 bits a byte, both directions. It waits for the exact
 * moment by spinning, because timers are as coarse as a dozen bytes.
 */
export class SerialLine {
  readonly passed: Passed[] = [];
  /** Whether a gateway that calls is let in. */
  accepting = true;
  readonly #connect: () => ByteStream;
  readonly #msPerByte: number;
  readonly #server: Server;

  constructor(connect: () => ByteStream, baud: number) {
    this.#connect = connect;
    this.#msPerByte = 10_000 / baud;
    this.#server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
  }

  get msPerByte(): number {
    return this.#msPerByte;
  }

  /** The last bytes that passed. */
  get tail(): string {
    return this.passed
      .slice(-4)
      .map(({ text }) => text)
      .join('');
  }

  /** The address for MODEM_PORT. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    return `tcp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  close(): void {
    this.#server.close();
  }

  #serve(socket: Socket): void {
    if (!this.accepting) {
      socket.destroy();
      return;
    }
    const modem = this.#connect();
    let asked = 0;
    const toModem = new Lane(this.#msPerByte, 4096, (bytes, begin, end) => {
      asked = end;
      this.passed.push({ from: 'gateway', begin, end, text: Buffer.from(bytes).toString('latin1') });
      void modem.write(bytes);
    });
    const toGateway = new Lane(this.#msPerByte, 16, (bytes, begin, end) => {
      this.passed.push({ from: 'modem', begin, end, text: Buffer.from(bytes).toString('latin1') });
      socket.write(bytes);
    });
    socket.on('data', (bytes: Buffer) => toModem.pass(bytes));
    socket.on('error', () => {});
    socket.on('close', () => void modem.close());
    // The modem answers at once: how long this process takes to run it is not the line's time.
    modem.onData((bytes) => toGateway.pass(bytes, asked));
    modem.onClose(() => socket.destroy());
  }
}

/** One direction. Bytes arrive in pieces of at most `piece`, each when its last byte has passed. */
class Lane {
  readonly #msPerByte: number;
  readonly #piece: number;
  readonly #arrive: (bytes: Uint8Array, begin: number, end: number) => void;
  readonly #queue: { bytes: Uint8Array; begin: number; due: number }[] = [];
  #freeAt = 0;
  #spinning = false;

  constructor(msPerByte: number, piece: number, arrive: (bytes: Uint8Array, begin: number, end: number) => void) {
    this.#msPerByte = msPerByte;
    this.#piece = piece;
    this.#arrive = arrive;
  }

  /** @param at when the first byte is ready; steady clock, ms */
  pass(bytes: Uint8Array, at = performance.now()): void {
    for (let start = 0; start < bytes.length; start += this.#piece) {
      const slice = bytes.slice(start, start + this.#piece);
      const begin = Math.max(this.#freeAt, at);
      this.#freeAt = begin + slice.length * this.#msPerByte;
      this.#queue.push({ bytes: slice, begin, due: this.#freeAt });
    }
    if (!this.#spinning) this.#spin();
  }

  #spin(): void {
    this.#spinning = true;
    for (let next = this.#queue[0]; next !== undefined && next.due <= performance.now(); next = this.#queue[0]) {
      this.#queue.shift();
      this.#arrive(next.bytes, next.begin, next.due);
    }
    const next = this.#queue[0];
    if (next === undefined) this.#spinning = false;
    else if (next.due - performance.now() > 3) setTimeout(() => this.#spin(), 1);
    else setImmediate(() => this.#spin());
  }
}

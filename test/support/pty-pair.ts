import { closeSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { createRequire } from 'node:module';

/**
 * A pseudo-terminal without a process: `path` is what a program opens as its serial port, the test plays the modem at the other end. Its own
 * descriptor of the port stays open and unread, so that the port can be closed and opened again.
 */
export class PtyPair {
  readonly path: string;
  readonly #master: number;
  readonly #slave: number;
  readonly #reader: ReadStream;
  #listener: (text: string) => void = () => {};
  #pulled = false;

  constructor() {
    const { master, slave, path } = openNative();
    this.path = path;
    this.#master = master;
    this.#slave = slave;
    this.#reader = new ReadStream(master);
    this.#reader.on('data', (chunk) => this.#listener(chunk.toString('latin1')));
    this.#reader.on('error', () => {});
  }

  /** What the program writes. */
  onData(listener: (text: string) => void): void {
    this.#listener = listener;
  }

  /** Stops reading: what the program writes piles up. */
  pause(): void {
    this.#reader.pause();
  }

  resume(): void {
    this.#reader.resume();
  }

  say(text: string): void {
    writeSync(this.#master, Buffer.from(text, 'latin1'));
  }

  /** What pulling the plug is to a USB port: the program at the other end meets a hang-up. */
  async pull(): Promise<void> {
    if (this.#pulled) return;
    this.#pulled = true;
    closeSync(this.#slave);
    await new Promise<void>((resolve) => {
      this.#reader.once('close', () => resolve());
      this.#reader.destroy();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pull();
  }
}

/** The package's own `open` reads from the port as well; its native part only opens. */
function openNative(): { master: number; slave: number; path: string } {
  const require = createRequire(createRequire(import.meta.url).resolve('@lydell/node-pty'));
  const native: { open(columns: number, rows: number): { master: number; slave: number; pty: string } } = require(
    `@lydell/node-pty-${process.platform}-${process.arch}/pty.node`,
  );
  const { master, slave, pty } = native.open(80, 24);
  return { master, slave, path: pty };
}

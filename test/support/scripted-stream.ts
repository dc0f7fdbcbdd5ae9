import type { ByteStream } from '../../src/core/byte-stream.ts';
import { SimloftError } from '../../src/core/errors.ts';

/** What is answered to these exact bytes; the first rule that has answers left is used, so an entry may be listed again. */
export type Script = Readonly<Record<string, string | readonly string[]>>;

const encoder = new TextEncoder();

/** latin1: one byte per character. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/**
 * The other end of an AT line, by a script: exact bytes written → bytes answered. A list is used up one by one, its last
 * entry stays. It is no modem: it knows no states and refuses nothing.
 */
export class ScriptedStream implements ByteStream {
  readonly name = 'scripted';
  /** Everything that was written, one entry a write. */
  readonly written: string[] = [];
  readonly #answers: Map<string, string[]>;
  #listener: ((chunk: Uint8Array) => void) | null = null;
  #closeListener: ((error?: Error) => void) | null = null;
  #closed = false;

  constructor(script: Script = {}) {
    this.#answers = new Map(
      Object.entries(script).map(([bytes, answer]) => [bytes, typeof answer === 'string' ? [answer] : [...answer]]),
    );
  }

  /** Whether the channel has closed it. */
  get closed(): boolean {
    return this.#closed;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#closed) throw new SimloftError('port_closed');
    const text = String.fromCharCode(...bytes);
    this.written.push(text);
    const answers = this.#answers.get(text);
    const answer = answers !== undefined && answers.length > 1 ? answers.shift() : answers?.[0];
    await Promise.resolve();
    if (answer !== undefined && answer !== '') this.say(answer);
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#listener = listener;
  }

  onClose(listener: (error?: Error) => void): void {
    this.#closeListener = listener;
  }

  async close(): Promise<void> {
    this.unplug();
  }

  /** The modem says something, in these pieces. */
  say(...pieces: readonly string[]): void {
    for (const piece of pieces)
      this.#listener?.(/^[\x20-\x7e\r\n]*$/.test(piece) ? encoder.encode(piece) : bytesOf(piece));
  }

  /** The port goes away. */
  unplug(error?: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#closeListener?.(error);
  }
}

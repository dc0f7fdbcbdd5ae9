import { AtChannel } from '../../src/at/channel.ts';
import type { Urc } from '../../src/at/urc.ts';
import type { ByteStream } from '../../src/core/byte-stream.ts';
import type { Clock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';

/** What the modem writes after a command: lines, to which OK is added unless the last one is a final result code. */
export type Script = (command: string) => readonly string[] | null;

const finals = /^(?:OK|ERROR|\+CM[ES] ERROR: .*)$/;

/** A modem that does exactly what a test says, for what the virtual modem has no fault for. Null: no answer ever. */
export class ScriptedModem {
  /** Every command line, without its AT. */
  readonly commands: string[] = [];
  readonly channel: AtChannel;
  readonly #script: Script;
  #listener: (chunk: Uint8Array) => void = () => {};
  #typed = '';

  constructor(clock: Clock, script: Script, onUrc: (urc: Urc) => void = () => {}) {
    this.#script = script;
    this.channel = new AtChannel(this.#stream(), { clock, log: silentLogger, onUrc });
  }

  /** Writes unasked. */
  say(...lines: readonly string[]): void {
    this.#listener(new TextEncoder().encode(lines.map((line) => `\r\n${line}\r\n`).join('')));
  }

  #stream(): ByteStream {
    return {
      name: 'scripted',
      write: (bytes) => {
        this.#typed += new TextDecoder().decode(bytes);
        const lines = this.#typed.split('\r');
        this.#typed = lines.pop() ?? '';
        for (const line of lines) this.#answer(line.replace(/^AT/, ''));
        return Promise.resolve();
      },
      onData: (listener) => {
        this.#listener = listener;
      },
      onClose: () => {},
      close: () => Promise.resolve(),
    };
  }

  #answer(command: string): void {
    this.commands.push(command);
    const answer = this.#script(command);
    if (answer === null) return;
    this.say(...answer, ...(finals.test(answer.at(-1) ?? '') ? [] : ['OK']));
  }
}

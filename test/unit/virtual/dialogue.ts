import type { ByteStream } from '../../../src/core/byte-stream.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { VirtualModemOptions } from '../../../src/virtual/contract.ts';
import { VirtualModem } from '../../../src/virtual/virtual-modem.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** A person at a terminal: types to a modem on a virtual clock and reads what it says. */
export class Dialogue {
  readonly clock = new VirtualClock();
  readonly modem: VirtualModem;
  /** Chunks as they came since the last look. */
  chunks: Uint8Array[] = [];
  stream: ByteStream;
  lost: Error | undefined;

  constructor(options: Partial<VirtualModemOptions> = {}) {
    this.modem = new VirtualModem({ clock: this.clock, random: seededRandom(1), profile: 'clean', ...options });
    this.stream = this.#open();
  }

  /** A dialogue with echo off, PDU mode, numeric errors and everything announced. */
  static async ready(options: Partial<VirtualModemOptions> = {}): Promise<Dialogue> {
    const dialogue = new Dialogue(options);
    await dialogue.say('ATE0\r', 5000);
    await dialogue.say('AT+CMEE=1\r', 5000);
    await dialogue.say('AT+CNMI=2,1,0,2,0\r', 5000);
    await dialogue.say('AT+CLIP=1\r', 5000);
    await dialogue.say('AT+CUSD=1\r', 5000);
    return dialogue;
  }

  /** Types, lets `ms` pass, and returns what came: `\r\nOK\r\n`. */
  async say(typed: string, ms = 0): Promise<string> {
    this.heard();
    await this.stream.write(Buffer.from(typed, 'latin1'));
    return this.wait(ms);
  }

  async wait(ms = 0): Promise<string> {
    await this.clock.advance(ms);
    return this.heard();
  }

  /** What came since the last look. */
  heard(): string {
    return Buffer.concat(this.chunks.splice(0)).toString('latin1');
  }

  async reopen(): Promise<void> {
    await this.stream.close();
    this.stream = this.#open();
  }

  open(): void {
    this.stream = this.#open();
  }

  #open(): ByteStream {
    const stream = this.modem.connect();
    stream.onData((chunk) => void this.chunks.push(chunk));
    stream.onClose((error) => {
      this.lost = error;
    });
    return stream;
  }
}

/** `Test {1} €` to +79161234567 with a report wanted; 26 octets. Made by hand. */
export const testSubmit = '0031000B919761214365F70000A70DD4F29C0EDAA0629B14685306';
export const ctrlZ = '\x1a';
export const escape = '\x1b';

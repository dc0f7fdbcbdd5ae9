import { fail } from './answer.ts';
import type { MemoryName, VirtualFaults } from './contract.ts';
import { deliverPdu } from './deliver-pdu.ts';
import type { ModemCore } from './modem-core.ts';
import { moscowTime, timestampHex } from './timestamp-pdu.ts';

export interface FaultsOptions {
  readonly core: ModemCore;
  /** The cable is pulled, or back. */
  readonly plug: (plugged: boolean) => void;
}

/** What goes wrong, as tests and the control socket see it. */
export class Faults implements VirtualFaults {
  readonly #core: ModemCore;
  readonly #plug: (plugged: boolean) => void;

  constructor({ core, plug }: FaultsOptions) {
    this.#core = core;
    this.#plug = plug;
  }

  unplug(): void {
    this.#core.powerDown();
    this.#plug(false);
  }

  replug(): void {
    this.#core.restart();
    this.#plug(true);
  }

  silence(on: boolean): void {
    this.#core.muted = on ? 'all' : 'nothing';
  }

  get silent(): boolean {
    return this.#core.muted === 'all';
  }

  hangWithNoise(on: boolean): void {
    this.#core.muted = on ? 'answers' : 'nothing';
  }

  reboot(): void {
    this.#core.restart();
  }

  garbage(bytes: Uint8Array): void {
    this.#core.output.write(bytes);
  }

  fill(name: MemoryName): void {
    const memory = this.#core.memories[name];
    const scts = timestampHex(moscowTime(this.#core.clock.now() - 365 * 86_400_000)) ?? '';
    for (let number = 1; !memory.full; number += 1)
      memory.store(deliverPdu({ from: 'Old', pid: 0, dcs: 0, scts, content: { gsm7: `old message ${number}` } }), 1);
  }

  dropNextCmti(): void {
    this.#core.receiver.dropNextCmti();
  }

  lateFinal(ms: number): void {
    this.#core.writer.beLate(ms);
  }

  stuckPrompt(): void {
    const enter = () => {
      this.#core.misuse.note('Ctrl-Z sent what an earlier program had typed.');
      return fail({ cms: 304 });
    };
    this.#core.line.openPrompt(enter, '0031000B9197612143');
  }

  simBusy(ms: number): void {
    this.#core.sim.beBusy(ms);
  }

  failDeletions(count: number): void {
    this.#core.failingDeletions = count;
  }

  loseInput(bytes: number): void {
    this.#core.losesInput = bytes;
  }

  glueNextIndication(): void {
    this.#core.writer.glueNextIndication();
  }

  doubleNextOk(): void {
    this.#core.writer.doubleNextOk();
  }

  forgetCnmi(): void {
    this.#core.settings.cnmi = [0, 0, 0, 0, 0];
  }
}

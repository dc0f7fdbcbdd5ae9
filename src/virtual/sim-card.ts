import type { Clock, Timer } from '../core/clock.ts';
import type { VirtualModemOptions, VirtualSim } from './contract.ts';
import type { FinalCode } from './answer.ts';
import type { MisuseRecord } from './misuse.ts';

const defaultPuk = '12345678';

/** The card and its lock: three tries for the PIN, ten for the PUK (TS 27.007 §8.3). */
export class SimCard implements VirtualSim {
  readonly iccid: string;
  readonly imsi: string;
  readonly #clock: Clock;
  readonly #misuse: MisuseRecord;
  readonly #puk: string;
  readonly #wrong = new Set<string>();
  readonly #readyListeners: (() => void)[] = [];
  #pin: string | null;
  #unlocked: boolean;
  #pinTries = 3;
  #pukTries = 10;
  #wrongPins = 0;
  #inserted = true;
  #busy: Timer | null = null;

  constructor(options: VirtualModemOptions, misuse: MisuseRecord) {
    this.iccid = options.iccid ?? '89701010000012345678';
    this.imsi = options.imsi ?? '250011234567890';
    this.#clock = options.clock;
    this.#misuse = misuse;
    this.#pin = options.pin ?? null;
    this.#puk = options.puk ?? defaultPuk;
    this.#unlocked = this.#pin === null;
  }

  get state(): string {
    if (!this.#inserted) return 'NOT INSERTED';
    if (this.#unlocked) return 'READY';
    return this.#pinTries > 0 ? 'SIM PIN' : 'SIM PUK';
  }

  get busy(): boolean {
    return this.#busy !== null;
  }

  get ready(): boolean {
    return this.state === 'READY' && !this.busy;
  }

  get pinTriesLeft(): number {
    return this.#pinTries;
  }

  get pukTriesLeft(): number {
    return this.#pukTries;
  }

  get wrongPins(): number {
    return this.#wrongPins;
  }

  /** Calls `listener` each time the card becomes usable. */
  onReady(listener: () => void): void {
    this.#readyListeners.push(listener);
  }

  /** Power was gone: the PIN is wanted again. */
  powerUp(busyMs: number): void {
    this.#unlocked = this.#pin === null;
    this.beBusy(busyMs);
  }

  beBusy(ms: number): void {
    this.#busy?.cancel();
    this.#busy = null;
    if (ms <= 0) {
      this.#tellWhenReady();
      return;
    }
    this.#busy = this.#clock.after(ms, () => {
      this.#busy = null;
      this.#tellWhenReady();
    });
  }

  remove(): void {
    this.#inserted = false;
  }

  insert(): void {
    this.#inserted = true;
    this.powerUp(0);
  }

  /** `AT+CPIN=`. With `newPin`, `code` is the PUK. @returns why it was refused, null when it was right. */
  enter(code: string, newPin: string | null): FinalCode | null {
    if (this.state === 'NOT INSERTED') return { cme: 10 };
    if (this.state === 'READY') return { cme: 3 };
    return this.state === 'SIM PIN' ? this.#tryPin(code) : this.#tryPuk(code, newPin);
  }

  #tryPin(pin: string): FinalCode | null {
    if (pin === this.#pin) {
      this.#pinTries = 3;
      this.#unlocked = true;
      return null;
    }
    if (this.#wrong.has(pin)) this.#misuse.note('The same wrong PIN was tried twice.');
    this.#wrong.add(pin);
    this.#wrongPins += 1;
    this.#pinTries -= 1;
    return this.#pinTries === 0 ? { cme: 12 } : { cme: 16 };
  }

  #tryPuk(puk: string, newPin: string | null): FinalCode | null {
    if (this.#pukTries === 0) return { cme: 13 };
    if (puk !== this.#puk || newPin === null) {
      this.#misuse.note('A wrong PUK was tried.');
      this.#pukTries -= 1;
      return { cme: 16 };
    }
    this.#pin = newPin;
    this.#pinTries = 3;
    this.#pukTries = 10;
    this.#unlocked = true;
    return null;
  }

  #tellWhenReady(): void {
    if (this.ready) for (const listener of this.#readyListeners) listener();
  }
}

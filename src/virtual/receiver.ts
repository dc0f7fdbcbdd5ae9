import type { Clock, Timer } from '../core/clock.ts';
import type { MemoryName } from './contract.ts';
import type { MessageMemory } from './memory.ts';
import type { Outcome } from './mt-queue.ts';
import { octetsOfHex, tpduLengthOf } from './octets.ts';
import type { Profile } from './profile.ts';
import type { Settings } from './settings.ts';

export interface ReceiverOptions {
  readonly clock: Clock;
  readonly profile: Profile;
  readonly flashAsCmt: boolean;
  readonly memories: Readonly<Record<MemoryName, MessageMemory>>;
  readonly settings: () => Settings;
  /** Powered, registered, SIM readable. */
  readonly reachable: () => boolean;
  readonly indicate: (...lines: readonly string[]) => void;
}

/** TS 27.005 §3.4.1: a message that was routed and not acknowledged in time counts as not received. */
const acknowledgeLimitMs = 15_000;

/** What the modem does with a message from the air: store it and say so, or hand it on, as CNMI wants. */
export class Receiver {
  readonly #options: ReceiverOptions;
  #dropNextCmti = false;
  #fullSaid = false;
  #unacknowledged: { readonly done: (outcome: Outcome) => void; readonly timer: Timer } | null = null;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  dropNextCmti(): void {
    this.#dropNextCmti = true;
  }

  takeMessage(pdu: string, done: (outcome: Outcome) => void): void {
    const { settings, flashAsCmt } = this.#options;
    const [, mt] = settings().cnmi;
    const messageClass = messageClassOf(pdu);
    if (!this.#options.reachable()) done('unreachable');
    else if (messageClass === 0 && flashAsCmt) {
      this.#options.indicate(`+CMT: ,${tpduLengthOf(pdu)}`, pdu);
      done('acknowledged');
    } else if ((mt === 2 && messageClass !== 2) || (mt === 3 && messageClass === 3))
      this.#route(`+CMT: ,${tpduLengthOf(pdu)}`, { pdu, done });
    else this.#store(messageClass === 2 ? 'SM' : settings().cpms[2], { pdu, done, says: mt === 0 ? null : '+CMTI' });
  }

  takeReport(pdu: string, done: (outcome: Outcome) => void): void {
    const [, , , ds] = this.#options.settings().cnmi;
    const comma = this.#options.profile.zte ? ',' : '';
    if (!this.#options.reachable()) done('unreachable');
    else if (ds === 1) this.#route(`+CDS: ${comma}${tpduLengthOf(pdu)}`, { pdu, done });
    else if (ds === 2) this.#store('SR', { pdu, done, says: '+CDSI' });
    else done('acknowledged');
  }

  /** `AT+CNMA`. @returns false when nothing waits for it. */
  acknowledge(): boolean {
    const waiting = this.#unacknowledged;
    this.#unacknowledged = null;
    waiting?.timer.cancel();
    waiting?.done('acknowledged');
    return waiting !== null;
  }

  /** Power is gone: what was routed and not acknowledged has not been received. */
  reset(): void {
    const waiting = this.#unacknowledged;
    this.#unacknowledged = null;
    waiting?.timer.cancel();
    waiting?.done('unacknowledged');
    this.#fullSaid = false;
  }

  #route(header: string, { pdu, done }: { readonly pdu: string; readonly done: (outcome: Outcome) => void }): void {
    if (this.#unacknowledged !== null) {
      done('unacknowledged');
      return;
    }
    this.#options.indicate(header, pdu);
    const settings = this.#options.settings();
    if (settings.csms === 0) {
      done('acknowledged');
      return;
    }
    const timer = this.#options.clock.after(acknowledgeLimitMs, () => {
      this.#unacknowledged = null;
      const [mode, , bm, , bfr] = settings.cnmi;
      settings.cnmi = [mode, 0, bm, 0, bfr];
      done('unacknowledged');
    });
    this.#unacknowledged = { done, timer };
  }

  #store(
    name: MemoryName,
    {
      pdu,
      done,
      says,
    }: { readonly pdu: string; readonly done: (outcome: Outcome) => void; readonly says: string | null },
  ): void {
    const index = this.#options.memories[name].store(pdu);
    if (index === null) {
      if (this.#options.profile.zte && !this.#fullSaid) this.#options.indicate(`+ZSMMEMFULL: "${name}"`);
      this.#fullSaid = true;
      done('full');
      return;
    }
    this.#fullSaid = false;
    const dropped = says === '+CMTI' && this.#dropNextCmti;
    if (dropped) this.#dropNextCmti = false;
    else if (says !== null) this.#options.indicate(`${says}: "${name}",${index}`);
    done('acknowledged');
  }
}

/** Class 0–3 of the data coding scheme (TS 23.038 §4); null: none, or the PDU is no DELIVER that could be read that far. */
function messageClassOf(pdu: string): number | null {
  const octets = octetsOfHex(pdu) ?? new Uint8Array();
  const tpdu = octets.subarray(1 + (octets[0] ?? 0));
  const dcs = tpdu[4 + Math.ceil((tpdu[1] ?? 0) / 2)];
  if (dcs === undefined) return null;
  const hasClass = dcs >= 0xf0 || (dcs < 0x80 && (dcs & 0x10) !== 0);
  return hasClass ? dcs & 0x03 : null;
}

import type { ByteStream } from '../core/byte-stream.ts';
import { SimloftError } from '../core/errors.ts';
import type {
  MemoryName,
  StoredMessage,
  StoredStatus,
  VirtualFaults,
  VirtualModemOptions,
  VirtualModemSnapshot,
  VirtualNetwork,
  VirtualSim,
} from './contract.ts';
import { Faults } from './faults.ts';
import { ModemCore } from './modem-core.ts';
import { ModemPort } from './modem-port.ts';
import { Network } from './network.ts';

/** A GSM modem without the modem: bytes in, bytes out, with a SIM, a network and faults behind them. */
export class VirtualModem {
  readonly network: VirtualNetwork;
  readonly faults: VirtualFaults;
  readonly sim: VirtualSim;
  readonly #core: ModemCore;
  readonly #plugListeners: ((plugged: boolean) => void)[] = [];
  #port: ModemPort | null = null;

  constructor(options: VirtualModemOptions) {
    this.#core = new ModemCore(options);
    this.network = new Network(this.#core);
    this.sim = this.#core.sim;
    this.faults = new Faults({ core: this.#core, plug: (plugged) => this.#plug(plugged) });
  }

  /** Each misuse of the protocol seen so far, one sentence each. */
  get misuse(): readonly string[] {
    return this.#core.misuse.seen;
  }

  get plugged(): boolean {
    return this.#core.powered;
  }

  /** Opens its port. @throws SimloftError `port_busy` while it is open, `port_not_found` while it is unplugged. */
  connect(): ByteStream {
    if (!this.plugged) throw new SimloftError('port_not_found', 'The virtual modem is unplugged.');
    if (this.#port !== null) throw new SimloftError('port_busy', 'The port of the virtual modem is already open.');
    const port = new ModemPort({
      take: (bytes) => this.#core.take(bytes),
      closed: () => {
        this.#port = null;
        this.#core.setListener(null);
      },
    });
    this.#port = port;
    this.#core.setListener((chunk) => port.deliver(chunk));
    return port;
  }

  /** Calls `listener` when the cable is pulled, and when it is back. */
  onPlug(listener: (plugged: boolean) => void): void {
    this.#plugListeners.push(listener);
  }

  /** What a memory holds, lowest index first. */
  stored(memory: MemoryName): readonly StoredMessage[] {
    return this.#core.memories[memory].list();
  }

  /** Puts a message there as if it had come long ago. @throws SimloftError `request_invalid` when the memory is full. */
  put(memory: MemoryName, { pdu, status }: { readonly pdu: string; readonly status?: StoredStatus }): void {
    if (this.#core.memories[memory].store(pdu.toUpperCase(), status ?? 0) === null)
      throw new SimloftError('request_invalid', `The memory ${memory} of the virtual modem is full.`);
  }

  snapshot(): VirtualModemSnapshot {
    return {
      memories: { SM: this.stored('SM'), ME: this.stored('ME'), SR: this.stored('SR') },
      submitted: this.network.submitted,
    };
  }

  /** Puts it away: the port closes, and nothing of it happens any more. */
  close(): void {
    this.faults.unplug();
    this.#core.clock.cancelAll();
  }

  #plug(plugged: boolean): void {
    if (!plugged) this.#port?.lose();
    for (const listener of this.#plugListeners) listener(plugged);
  }
}

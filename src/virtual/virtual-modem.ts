import type { ByteStream } from '../core/byte-stream.ts';
import type {
  MemoryName,
  StoredMessage,
  VirtualFaults,
  VirtualModemOptions,
  VirtualModemSnapshot,
  VirtualNetwork,
  VirtualSim,
} from './contract.ts';

/** A GSM modem without the modem: bytes in, bytes out, with a SIM, a network and faults behind them. */
export declare class VirtualModem {
  constructor(options: VirtualModemOptions);
  readonly network: VirtualNetwork;
  readonly faults: VirtualFaults;
  readonly sim: VirtualSim;
  /** Each misuse of the protocol seen so far, one sentence each. */
  readonly misuse: readonly string[];
  /** Opens its port. @throws SimloftError `port_busy` while it is open, `port_not_found` while it is unplugged. */
  connect(): ByteStream;
  /** What a memory holds, lowest index first. */
  stored(memory: MemoryName): readonly StoredMessage[];
  /** Puts a message there as if it had come long ago. */
  put(memory: MemoryName, message: { readonly pdu: string; readonly status?: 0 | 1 | 2 | 3 }): void;
  snapshot(): VirtualModemSnapshot;
}

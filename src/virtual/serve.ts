import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { VirtualModemOptions } from './contract.ts';
import type { VirtualModem } from './virtual-modem.ts';

export interface ServeOptions extends Partial<Omit<VirtualModemOptions, 'clock' | 'random'>> {
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly seed?: number;
  /** Serve a pseudo-terminal (default when no `tcpPort` is given). */
  readonly pty?: boolean;
  /** Serve this TCP port of 127.0.0.1; 0 takes a free one. */
  readonly tcpPort?: number;
  /** A path (Unix socket) or a port of 127.0.0.1; 0 (default) takes a free one. */
  readonly control?: string | number;
  /** A symbolic link that always points at the pseudo-terminal. */
  readonly symlink?: string;
}

export interface ServedVirtualModem {
  /** What a gateway takes as MODEM_PORT: the link, the path of the pseudo-terminal, or `tcp://127.0.0.1:…`. After a replug it may differ. */
  readonly port: string;
  /** Where requests are taken: `127.0.0.1:1234` or a path. */
  readonly control: string;
  readonly modem: VirtualModem;
  close(): Promise<void>;
}

export declare function serveVirtualModem(options?: ServeOptions): Promise<ServedVirtualModem>;

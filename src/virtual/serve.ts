import { systemClock } from '../core/clock.ts';
import { seededRandom, systemRandom } from '../core/random.ts';
import type { VirtualModemOptions } from './contract.ts';
import { serveControl } from './control.ts';
import { servePty } from './serve-pty.ts';
import { serveTcp } from './tcp.ts';
import { VirtualModem } from './virtual-modem.ts';

export interface ServeOptions extends Partial<Omit<VirtualModemOptions, 'random'>> {
  /** The same seed gives the same modem; absent: chance. */
  readonly seed?: number;
  /** Serve a pseudo-terminal: the default when there is no `tcpPort`. */
  readonly pty?: boolean;
  /** Serve this port of 127.0.0.1; 0 takes a free one. */
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

/**
 * Serves a virtual modem to other programs, and the socket that steers it.
 * @throws SimloftError `address_in_use`, `port_busy` (the link), `command_unsupported` (no pseudo-terminals here)
 */
export async function serveVirtualModem(options: ServeOptions = {}): Promise<ServedVirtualModem> {
  const { seed, pty, tcpPort, control, symlink, ...rest } = options;
  const random = seed === undefined ? systemRandom : seededRandom(seed);
  const modem = new VirtualModem({ clock: systemClock, ...rest, random });
  const steering = await serveControl(modem, control ?? 0);
  try {
    const end = pty === true || tcpPort === undefined ? onPty(modem, symlink) : await onTcp(modem, tcpPort);
    return {
      get port() {
        return end.port();
      },
      control: steering.address,
      modem,
      async close() {
        await end.close();
        modem.close();
        await steering.close();
      },
    };
  } catch (error) {
    modem.close();
    await steering.close();
    throw error;
  }
}

interface ServedEnd {
  readonly port: () => string;
  readonly close: () => Promise<void>;
}

function onPty(modem: VirtualModem, symlink: string | undefined): ServedEnd {
  const served = servePty({ modem, clock: systemClock, symlink });
  return { port: () => served.path, close: async () => served.close() };
}

async function onTcp(modem: VirtualModem, tcpPort: number): Promise<ServedEnd> {
  const served = await serveTcp(modem, tcpPort);
  return { port: () => `tcp://127.0.0.1:${served.port}`, close: () => served.close() };
}

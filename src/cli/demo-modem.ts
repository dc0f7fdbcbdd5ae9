import type { ByteStream } from '../core/byte-stream.ts';
import { systemClock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import { systemRandom } from '../core/random.ts';
import { runControlRequest } from '../virtual/control-requests.ts';
import { serveControl } from '../virtual/control.ts';
import { VirtualModem } from '../virtual/virtual-modem.ts';

/** The modem of a demonstration, in this process. */
export interface DemoModem {
  connect(): ByteStream;
  /** What the socket takes, from this process. @throws SimloftError `request_invalid` */
  readonly order: (request: unknown) => Readonly<Record<string, unknown>>;
  /** Lets the other side be played through a socket. Only whoever holds the data directory may: it replaces a socket that lies there. */
  serve(control: string): Promise<void>;
  close(): Promise<void>;
}

export function createDemoModem(log: Logger): DemoModem {
  const modem = new VirtualModem({ clock: systemClock, random: systemRandom, logger: log });
  let served: Awaited<ReturnType<typeof serveControl>> | null = null;
  return {
    connect: () => modem.connect(),
    order: (request) => runControlRequest(JSON.stringify(request), modem),
    async serve(control) {
      served = await serveControl(modem, control);
    },
    async close() {
      await served?.close();
      modem.close();
    },
  };
}

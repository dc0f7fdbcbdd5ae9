import type { OpenStream } from '../core/byte-stream.ts';
import { systemClock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import { systemRandom } from '../core/random.ts';
import { serveControl } from '../virtual/control.ts';
import { VirtualModem } from '../virtual/virtual-modem.ts';

/** The modem of a demonstration: in this process, steered through a socket in the data directory. */
export async function startDemoModem(
  control: string,
  log: Logger,
): Promise<{ open: OpenStream; close(): Promise<void> }> {
  const modem = new VirtualModem({ clock: systemClock, random: systemRandom, logger: log });
  const served = await serveControl(modem, control);
  return { open: async () => modem.connect(), close: () => served.close() };
}

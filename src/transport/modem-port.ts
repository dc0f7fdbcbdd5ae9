import type { OpenStream } from '../core/byte-stream.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';

export interface ModemPortOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Bits per second; a USB modem does not care. 115200 by default. */
  readonly baudRate?: number;
  /** RTS/CTS. Off by default: a three-wire UART would wait for ever. */
  readonly flowControl?: boolean;
}

/** Opens what `MODEM_PORT` names: `/dev/…`, `COM3`, `tcp://host:port` or `auto`. */
export type OpenModemPort = (spec: string, options: ModemPortOptions) => OpenStream;

import type { ByteStream, OpenStream } from '../core/byte-stream.ts';
import type { Clock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { findModemPort } from './find-modem.ts';
import { PortMemory } from './port-memory.ts';
import type { Roots } from './ports.ts';
import { openSerial } from './serial.ts';
import { openTcp, parseTcpAddress } from './tcp.ts';

export interface ModemPortOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Bits per second; a USB modem does not care. 115200 by default. */
  readonly baudRate?: number;
  /** RTS/CTS. Off by default: a three-wire UART would wait for ever. */
  readonly flowControl?: boolean;
  /** Where ports are looked for; only tests look elsewhere. */
  readonly roots?: Roots;
}

/**
 * Opens what `MODEM_PORT` names: `/dev/…`, `COM3`, `tcp://host:port` or `auto`. A port that was open once is found again under another number.
 * @throws SimloftError `setting_invalid` at once for anything else; what {@link openSerial}, {@link openTcp} and {@link findModemPort} throw when it is opened.
 */
export function openModemPort(spec: string, options: ModemPortOptions): OpenStream {
  if (spec === 'auto') return openFound(options);
  if (/^tcp:/i.test(spec)) {
    parseTcpAddress(spec);
    return (signal) => openTcp(spec, { clock: options.clock, ...(signal && { signal }) });
  }
  if (spec.startsWith('/') || /^COM\d+$/i.test(spec)) return openNamed(spec, options);
  throw unknownForm(spec);
}

function openNamed(path: string, options: ModemPortOptions): OpenStream {
  const memory = new PortMemory(path, options.roots);
  return (signal) => openRemembered(memory, options, signal);
}

async function openRemembered(
  memory: PortMemory,
  options: ModemPortOptions,
  signal?: AbortSignal,
): Promise<ByteStream> {
  const places = await memory.places();
  const last = places.at(-1);
  for (const place of places) {
    try {
      const stream = await serial(place, options)(signal);
      await memory.learn(place);
      return stream;
    } catch (thrown) {
      const isGone = thrown instanceof SimloftError && thrown.code === 'port_not_found';
      if (!isGone || place === last) throw thrown;
    }
  }
  throw new SimloftError('port_not_found');
}

/** Looks for a modem at the first opening, and again whenever the one that was found is gone. */
function openFound(options: ModemPortOptions): OpenStream {
  const { clock, log, roots } = options;
  let memory: PortMemory | null = null;
  return async (signal) => {
    if (memory !== null) {
      try {
        return await openRemembered(memory, options, signal);
      } catch (thrown) {
        if (!(thrown instanceof SimloftError) || thrown.code !== 'port_not_found') throw thrown;
      }
    }
    const open = (path: string) => serial(path, options);
    const { candidate } = await findModemPort({ clock, open, ...(roots && { roots }), ...(signal && { signal }) });
    log.info({ port: candidate.path, stable: candidate.stablePath }, `Found ${candidate.reason}.`);
    memory = new PortMemory(candidate.path, roots);
    return openRemembered(memory, options, signal);
  };
}

function serial(path: string, { clock, baudRate, flowControl }: ModemPortOptions): OpenStream {
  return (signal) =>
    openSerial(path, {
      clock,
      ...(baudRate !== undefined && { baudRate }),
      ...(flowControl !== undefined && { flowControl }),
      ...(signal && { signal }),
    });
}

function unknownForm(spec: string): SimloftError {
  const guess = /^tty\w+$/.test(spec)
    ? `Did you mean /dev/${spec}?`
    : /^[\w.-]+:\d+$/.test(spec)
      ? `Did you mean tcp://${spec}?`
      : 'Write a port such as /dev/ttyUSB1, tcp://host:port, or auto.';
  return new SimloftError('setting_invalid', `MODEM_PORT is "${spec}", which names no port. ${guess}`, {
    details: { setting: 'MODEM_PORT', value: spec },
  });
}

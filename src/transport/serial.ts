import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import type { ByteStream } from '../core/byte-stream.ts';
import type { Clock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import { AwaitedIo } from './awaited-io.ts';
import { PolledIo } from './polled-io.ts';
import { adviceFor, holdersOf, type PortHolder } from './port-holder.ts';
import { lockPort, type PortLock } from './port-lock.ts';
import { type PortIo, PortStream } from './port-stream.ts';

export interface SerialOptions {
  readonly clock: Clock;
  /** Bits per second. A USB modem does not care; a module on a UART does. */
  readonly baudRate?: number;
  /** RTS/CTS. A UART of three wires never gets its go-ahead and would wait for ever. */
  readonly flowControl?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Opens a serial port for us alone, as 8N1 and raw. Bytes that came before are thrown away.
 * @param path `/dev/ttyUSB1`, a link to it, a pseudo-terminal, or `COM3`
 * @throws SimloftError `port_not_found`, `port_busy` (saying who holds it), `port_denied` (saying what to do), `port_failed`;
 * the signal's reason when it is aborted.
 */
export async function openSerial(path: string, options: SerialOptions): Promise<ByteStream> {
  options.signal?.throwIfAborted();
  if (process.platform === 'win32') return openStream(path, path, options);
  const device = await checkDevice(path);
  const lock = await lockPort(device);
  try {
    await refuseShared(device);
    return await openStream(path, device, options, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Each attempt gets an object of its own: one that has met an error does not work again. */
async function openStream(name: string, device: string, options: SerialOptions, lock?: PortLock): Promise<ByteStream> {
  const { clock, baudRate = 115_200, flowControl = false, signal } = options;
  const io = await openIo(device, { path: device, baudRate, rtscts: flowControl, lock: true, hupcl: false });
  if (signal?.aborted === true) {
    await io.close();
    signal.throwIfAborted();
  }
  const lostMeans = 'the modem was unplugged, lost its power or started anew';
  return new PortStream({ name, clock, io, lostMeans, ...(lock && { release: () => lock.release() }) });
}

interface BindingOptions {
  readonly path: string;
  readonly baudRate: number;
  readonly rtscts: boolean;
  /** flock(2), against other programs that use it. */
  readonly lock: boolean;
  /** When set, closing would drop DTR, at which modules hang up or even reset. */
  readonly hupcl: boolean;
}

async function openIo(device: string, options: BindingOptions): Promise<PortIo> {
  try {
    // Native code and megabytes that a gateway on TCP or on the virtual modem does not need.
    const { autoDetect } = await import('@serialport/bindings-cpp');
    const port = await autoDetect().open(options);
    if (!('poller' in port)) return new AwaitedIo(port);
    // FTDI bridges gather bytes for 16 ms otherwise. Pseudo-terminals and most drivers have no such thing and refuse.
    await port.set({ dtr: true, rts: true, lowLatency: true }).catch(() => undefined);
    return new PolledIo(port);
  } catch (cause) {
    throw await openError(device, cause);
  }
}

/** The path without links. */
async function checkDevice(path: string): Promise<string> {
  const device = await realpath(path).catch(() => null);
  if (device === null) throw notFound(path);
  if (!(await stat(device)).isCharacterDevice()) {
    throw new SimloftError('port_failed', `${path} is not a serial port.`);
  }
  await access(device, constants.R_OK | constants.W_OK).catch((cause: unknown) => {
    throw denied(path, cause);
  });
  return device;
}

/**
 * A tty gives each of its readers a part of what comes, so a second reader ruins both. Pseudo-terminals are left out: the
 * program that made one may keep its end open.
 */
async function refuseShared(device: string): Promise<void> {
  if (device.startsWith('/dev/pts/')) return;
  const holder = (await holdersOf(device)).find(({ pid }) => pid !== process.pid);
  if (holder !== undefined) throw busy(device, holder);
}

/** The binding gives no codes, only the system's sentences, which it takes in the C locale. */
async function openError(device: string, cause: unknown): Promise<SimloftError> {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (/No such file|No such device|File not found/i.test(text)) return notFound(device, cause);
  if (/Permission denied|Operation not permitted/i.test(text)) return denied(device, cause);
  if (/busy|Cannot lock|temporarily unavailable|Access denied/i.test(text)) {
    return busy(
      device,
      (await holdersOf(device)).find(({ pid }) => pid !== process.pid),
      cause,
    );
  }
  return new SimloftError('port_failed', `${device} cannot be opened: ${text.replace(/^Error:? /, '')}.`, { cause });
}

function notFound(path: string, cause?: unknown): SimloftError {
  const text = `There is no port ${path}. Is the modem plugged in? "simloft ports" lists the ports that are there.`;
  return new SimloftError('port_not_found', text, { cause });
}

function denied(path: string, cause: unknown): SimloftError {
  const text = `This user may not open ${path}. On most systems ports belong to the group dialout: run "sudo usermod -aG dialout $USER", then log in anew. In a container, pass the port with --device and the group with --group-add.`;
  return new SimloftError('port_denied', text, { cause });
}

function busy(path: string, holder: PortHolder | undefined, cause?: unknown): SimloftError {
  const text =
    holder === undefined
      ? `${path} is held by another program, which this user may not see: "sudo fuser -v ${path}" names it. ModemManager is a frequent one.`
      : `${path} is held by ${holder.command} (process ${holder.pid}). ${adviceFor(holder)}`;
  return new SimloftError('port_busy', text, { cause, ...(holder && { details: { ...holder } }) });
}

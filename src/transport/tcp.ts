import { connect, type Socket } from 'node:net';
import type { ByteStream } from '../core/byte-stream.ts';
import type { Clock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import { type PortIo, PortStream } from './port-stream.ts';

export interface TcpOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

const connectLimitMs = 10_000;
/** How long a line may be idle before the kernel asks whether the other side still lives. */
const keepAliveAfterMs = 10_000;

/**
 * Connects to a modem behind ser2net or another raw TCP server. `address` is `tcp://host:port`.
 * @throws SimloftError `setting_invalid` for an address of another form, `port_not_found`, `port_busy` or `port_failed` for one that
 * does not answer; the signal's reason when it is aborted.
 */
export async function openTcp(address: string, { clock, signal }: TcpOptions): Promise<ByteStream> {
  const { host, port } = parseTcpAddress(address);
  signal?.throwIfAborted();
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveAfterMs });
  await new Promise<void>((resolve, reject) => {
    const settle = (error?: unknown) => {
      timer.cancel();
      signal?.removeEventListener('abort', abort);
      socket.removeListener('error', refused);
      if (error === undefined) {
        resolve();
        return;
      }
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const refused = (cause: Error) => settle(connectError(address, cause));
    const abort = () => settle(signal?.reason);
    const timer = clock.after(connectLimitMs, () => settle(noAnswer(address)));
    socket.once('connect', () => settle());
    socket.once('error', refused);
    signal?.addEventListener('abort', abort);
  });
  const lostMeans = 'the other side ended the connection (the modem server stopped, or another program took its place)';
  return new PortStream({ name: address, clock, io: new SocketIo(socket), lostMeans });
}

/** @throws SimloftError `setting_invalid` */
export function parseTcpAddress(address: string): { readonly host: string; readonly port: number } {
  const match = /^tcp:\/\/(?:\[([0-9a-f:.%\w]+)\]|([^\s:/[\]@]+)):(\d{1,5})\/?$/i.exec(address);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || !(port >= 1 && port <= 65_535)) {
    const text = `"${address}" is no address of a modem: write tcp://host:port, for example tcp://192.168.1.5:7000.`;
    throw new SimloftError('setting_invalid', text, { details: { setting: 'MODEM_PORT' } });
  }
  return { host, port };
}

function noAnswer(address: string): SimloftError {
  return new SimloftError(
    'port_failed',
    `${address} did not answer within ${connectLimitMs / 1000} s: is the machine on, and is a firewall between?`,
  );
}

function connectError(address: string, cause: Error): SimloftError {
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'ECONNREFUSED') {
    const text = `Nothing listens at ${address}: is ser2net running there, on this port?`;
    return new SimloftError('port_not_found', text, { cause });
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new SimloftError('port_not_found', `The name in ${address} is not known to the network.`, { cause });
  }
  return new SimloftError('port_failed', `${address} cannot be reached: ${cause.message}.`, { cause });
}

class SocketIo implements PortIo {
  readonly #socket: Socket;
  #closed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  start(receive: (chunk: Uint8Array) => void, lost: (cause: Error | null) => void): void {
    let failure: Error | null = null;
    this.#socket.on('data', (chunk) => receive(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length)));
    this.#socket.on('error', (error) => {
      failure = error;
    });
    this.#socket.once('close', () => {
      if (!this.#closed) lost(failure);
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    this.#closed = true;
    return new Promise((resolve) => {
      if (this.#socket.closed) {
        resolve();
        return;
      }
      this.#socket.once('close', () => resolve());
      this.#socket.destroy();
    });
  }
}

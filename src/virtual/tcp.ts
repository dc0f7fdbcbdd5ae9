import { createServer, type Server, type Socket } from 'node:net';
import type { ByteStream } from '../core/byte-stream.ts';
import { SimloftError } from '../core/errors.ts';
import { listen, stopServer } from './listen.ts';
import type { VirtualModem } from './virtual-modem.ts';

export interface TcpModemServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the port of a modem on 127.0.0.1 as raw bytes, like ser2net: one program at a time, a second one is sent away.
 * @throws SimloftError `address_in_use`
 */
export async function serveTcp(modem: VirtualModem, tcpPort: number): Promise<TcpModemServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    bridge(modem, socket);
  });
  const address = await listen(server, tcpPort);
  const port = Number(address.split(':')[1]);
  return { port, close: () => stopServer(server, sockets) };
}

function bridge(modem: VirtualModem, socket: Socket): void {
  const port = portFor(modem);
  if (port === null) {
    socket.destroy();
    return;
  }
  port.onData((chunk) => void socket.write(chunk));
  port.onClose(() => socket.destroy());
  socket.on('data', (chunk) => void port.write(new Uint8Array(chunk)).catch(() => socket.destroy()));
  socket.once('close', () => void port.close());
}

/** null: unplugged, or another program has it. */
function portFor(modem: VirtualModem): ByteStream | null {
  try {
    return modem.connect();
  } catch (error) {
    if (error instanceof SimloftError) return null;
    throw error;
  }
}

import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { toSimloftError } from '../core/errors.ts';
import { runControlRequest } from './control-requests.ts';
import { listen, stopServer } from './listen.ts';
import type { VirtualModem } from './virtual-modem.ts';

export interface ControlServer {
  /** `127.0.0.1:1234` or the path. */
  readonly address: string;
  close(): Promise<void>;
}

/** A request is refused when its line is longer. */
const longestLine = 1_000_000;

/**
 * Steers a modem: one JSON object a line in, one out, in order; `{"ok":true,…}` or `{"ok":false,"error":"…"}`.
 * @param at a path (Unix socket) or a port of 127.0.0.1; 0 takes a free one
 * @throws SimloftError `address_in_use`
 */
export async function serveControl(modem: VirtualModem, at: string | number): Promise<ControlServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    createInterface({ input: socket }).on('line', (line) => {
      if (line.trim() !== '') socket.write(`${JSON.stringify(answerTo(line, modem))}\n`);
    });
  });
  const address = await listen(server, at);
  return { address, close: () => stopServer(server, sockets) };
}

function answerTo(line: string, modem: VirtualModem): Readonly<Record<string, unknown>> {
  if (line.length > longestLine) return { ok: false, error: `A request is at most ${longestLine} characters long.` };
  try {
    return { ok: true, ...runControlRequest(line, modem) };
  } catch (error) {
    return { ok: false, error: toSimloftError(error).message };
  }
}

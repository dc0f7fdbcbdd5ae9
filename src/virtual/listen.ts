import { once } from 'node:events';
import { lstatSync, rmSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { SimloftError } from '../core/errors.ts';

/**
 * Listens on a path (a Unix socket) or on a port of 127.0.0.1; 0 takes a free one. @returns `127.0.0.1:1234` or the path.
 * @throws SimloftError `address_in_use`
 */
export async function listen(server: Server, at: string | number): Promise<string> {
  if (typeof at === 'string') {
    // What a program that was killed left behind would count as in use.
    if (lstatSync(at, { throwIfNoEntry: false })?.isSocket() === true) rmSync(at);
    server.listen(at);
  } else server.listen(at, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new SimloftError(
      'address_in_use',
      `The virtual modem cannot listen at ${at}: another program does, or it may not.`,
      { cause },
    );
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : String(at);
}

/** Ends the connections and stops listening. */
export async function stopServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

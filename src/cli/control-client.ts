import { connect, type Socket } from 'node:net';
import { SimloftError } from '../core/errors.ts';

/**
 * Asks a virtual modem's control socket one thing.
 * @param address a socket's path, or `host:port`
 * @throws SimloftError `port_not_found` when nobody listens there, `request_invalid` when the modem refuses.
 */
export async function askVirtualModem(
  address: string,
  request: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await oneLine(open(address), JSON.stringify(request)).catch((cause: unknown) => {
    throw new SimloftError(
      'port_not_found',
      `No virtual modem listens at ${address}. Start one with "simloft start" or "simloft virtual-modem".`,
      { cause },
    );
  });
  const parsed: Record<string, unknown> = JSON.parse(answer);
  if (parsed['ok'] === false) throw new SimloftError('request_invalid', String(parsed['error']));
  return parsed;
}

function open(address: string): Socket {
  const [, host, port] = /^(?:tcp:\/\/)?\[?([^/]*?)\]?:(\d+)$/.exec(address) ?? [];
  return port === undefined
    ? connect({ path: address })
    : connect({ host: host === '' ? '127.0.0.1' : (host ?? ''), port: Number(port) });
}

async function oneLine(socket: Socket, request: string): Promise<string> {
  try {
    socket.setEncoding('utf8');
    socket.write(`${request}\n`);
    let received = '';
    for await (const chunk of socket) {
      received += String(chunk);
      const end = received.indexOf('\n');
      if (end >= 0) return received.slice(0, end);
    }
    return received;
  } finally {
    socket.destroy();
  }
}

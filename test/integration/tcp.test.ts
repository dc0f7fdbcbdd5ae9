import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemClock as clock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { openModemPort } from '../../src/transport/modem-port.ts';
import { openTcp } from '../../src/transport/tcp.ts';
import { until } from '../support/until.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** A modem server on a free port; `serve` gets each connection. */
async function modemServer(serve: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    serve(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: Pick<AddressInfo, 'port'> = Object(server.address());
  return {
    address: `tcp://127.0.0.1:${port}`,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a modem on TCP', () => {
  it('carries bytes both ways, those too that came before somebody listened', async () => {
    await using server = await modemServer((socket) => {
      socket.write('\r\n+CMTI: "SM",1\r\n');
      socket.on('data', (chunk) => socket.write(chunk));
    });
    const stream = await openModemPort(server.address, { clock, log: silentLogger })();
    expect(stream.name).toBe(server.address);
    await stream.write(Uint8Array.of(0, 27, 255));
    const heard: number[] = [];
    stream.onData((chunk) => heard.push(...chunk));
    await until('the echo', () => heard.at(-1) === 255);
    expect(Buffer.from(heard).toString('latin1')).toBe('\r\n+CMTI: "SM",1\r\n\u0000\u001b\u00ff');
    await stream.close();
    await stream.close();
  });

  it('says so once when the other side ends the connection', async () => {
    await using server = await modemServer((socket) => socket.end());
    const stream = await openTcp(server.address, { clock });
    const ends: (Error | undefined)[] = [];
    stream.onClose((error) => ends.push(error));
    await until('the end', () => ends.length > 0);
    expect(ends).toMatchObject([{ code: 'port_closed', message: expect.stringContaining(server.address) }]);
    await expect(stream.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'port_closed' });
  });

  it('gives up a connection that accepts nothing for 5 s', async () => {
    await using server = await modemServer((socket) => socket.pause());
    const virtual = new VirtualClock();
    const stream = await openTcp(server.address, { clock: virtual });
    const refused = expect(stream.write(new Uint8Array(64_000_000))).rejects.toMatchObject({ code: 'port_stalled' });
    await virtual.advanceUntil(() => virtual.waiting > 0);
    await virtual.advance(5001);
    await refused;
    await stream.close();
  });

  it('says what to look at when nobody listens', async () => {
    const server = await modemServer(() => {});
    await server[Symbol.asyncDispose]();
    await expect(openTcp(server.address, { clock })).rejects.toMatchObject({
      code: 'port_not_found',
      message: expect.stringContaining('ser2net'),
    });
  });

  it('is given up when the one who asked gives up', async () => {
    await using server = await modemServer(() => {});
    const reason = new Error('given up');
    await expect(openTcp(server.address, { clock, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const opening = openTcp(server.address, { clock, signal: controller.signal });
    controller.abort(reason);
    await expect(opening).rejects.toBe(reason);
  });
});

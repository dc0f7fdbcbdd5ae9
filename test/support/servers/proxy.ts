import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A wire between a role and its server that a test can cut without either end being told. */
export interface Proxy extends AsyncDisposable {
  /** The URL with the proxy's address instead of the server's. */
  url(of: string): string;
  /** Lets nothing through, keeps every connection open, and takes new ones that stay silent. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

export async function startProxy(targetPort: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let frozen = false;
  const server = createServer({ pauseOnConnect: true }, (near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        // While the wire is cut nobody hears that the other end has gone.
        if (!frozen) (socket === near ? far : near).destroy();
      });
    }
    near.pipe(far);
    far.pipe(near);
    if (frozen) for (const socket of [near, far]) hold(socket);
    else near.resume();
  });
  const hold = (socket: Socket) => {
    socket.unpipe();
    socket.pause();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return {
    url(of) {
      const url = new URL(of);
      url.hostname = '127.0.0.1';
      url.port = String(port);
      return url.href;
    },
    freeze() {
      frozen = true;
      for (const socket of sockets) hold(socket);
    },
    thaw() {
      frozen = false;
      // What was cut this long is dead at one end at least: new connections are made.
      for (const socket of sockets) socket.destroy();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

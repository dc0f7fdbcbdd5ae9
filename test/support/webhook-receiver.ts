import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface ReceivedHook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A target of webhooks on this machine: keeps what it gets, and answers as it is told. */
export class WebhookReceiver {
  readonly received: ReceivedHook[] = [];
  /** What it answers; 204 unless it is told. */
  answer: (hook: ReceivedHook, response: ServerResponse) => void = (_hook, response) => response.writeHead(204).end();
  #server: Server | null = null;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook`;
  }

  /** Listens, on the port of before when it has listened already. */
  async start(): Promise<this> {
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const hook = { path: request.url ?? '', headers: request.headers, body };
        this.received.push(hook);
        this.answer(hook, response);
      });
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : 0;
    this.#server = server;
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Health } from '../app/queries.ts';
import { errorTable, SimloftError, toSimloftError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { type MetricsText, metricsType } from './metrics-text.ts';

export interface MonitorServerOptions {
  /** Whether this process does its work at all; a supervisor restarts it when not. */
  readonly live: () => boolean | Promise<boolean>;
  /** Whether it can do its work now, and if not, why. */
  readonly ready: () => Promise<Health>;
  /** Null where metrics are switched off. */
  readonly metrics: MetricsText | null;
  readonly log: Logger;
}

export interface MonitorServer {
  /**
   * @param address port 0 takes a free one.
   * @returns where it listens: `http://127.0.0.1:9464`
   * @throws SimloftError `address_in_use`, `address_not_allowed`
   */
  listen(address: { readonly host: string; readonly port: number }): Promise<string>;
  /** Ends open requests too. */
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * `GET /health/live`, `/health/ready` and `/metrics` for a role that has no API, in the same form as the API answers them. Made of
 * `node:http` alone: the memory of Fastify would be for nothing. It tells nothing personal, and takes no orders.
 */
export function createMonitorServer(options: MonitorServerOptions): MonitorServer {
  const server = createServer((request, response) => void respond(options, request, response));
  return {
    async listen({ host, port }) {
      const place = `${host}:${port}`;
      await new Promise<void>((resolve, reject) => {
        const refuse = (cause: Error) => reject(refusalOf(cause, place));
        server.once('error', refuse);
        server.listen({ host, port }, () => {
          server.off('error', refuse);
          // Watching must not end what is watched.
          server.on('error', (cause) => options.log.error({ err: cause }, 'The server of health and metrics failed.'));
          resolve();
        });
      });
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function respond(options: MonitorServerOptions, request: IncomingMessage, response: ServerResponse) {
  const path = request.url?.split('?')[0] ?? '';
  let answer: Answer;
  try {
    answer = await answerTo(options, path, request.method ?? '');
  } catch (thrown) {
    options.log.error({ err: thrown, path }, 'A question of a monitor could not be answered.');
    answer = problem(new SimloftError('internal', undefined, { cause: toSimloftError(thrown) }));
  }
  const { status, type, body } = answer;
  const headers = { 'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
  response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
}

async function answerTo({ live, ready, metrics }: MonitorServerOptions, path: string, method: string): Promise<Answer> {
  const questions: Readonly<Record<string, () => Promise<Answer>>> = {
    '/health/live': async () => {
      const is = await live();
      return json(is ? 200 : 503, { live: is });
    },
    '/health/ready': async () => {
      const health = await ready();
      return json(health.ready ? 200 : 503, health);
    },
    ...(metrics === null
      ? {}
      : { '/metrics': async () => ({ status: 200, type: metricsType, body: await metrics.text() }) }),
  };
  const ask = Object.hasOwn(questions, path) ? questions[path] : undefined;
  if (ask === undefined) {
    const there = Object.keys(questions).join(', ');
    return problem(new SimloftError('not_found', `There is nothing at this address. There are: ${there}.`));
  }
  if (method !== 'GET' && method !== 'HEAD')
    return problem(new SimloftError('method_not_allowed', `${path} is asked with GET.`));
  return ask();
}

const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});

/** RFC 9457, as the API does it. */
function problem({ code, status, message }: SimloftError): Answer {
  const body = { type: `urn:simloft:error:${code}`, title: errorTable[code].text, status, detail: message, code };
  return { ...json(status, body), type: 'application/problem+json; charset=utf-8' };
}

function refusalOf(cause: Error, place: string): SimloftError {
  const code = 'code' in cause ? cause.code : null;
  if (code === 'EADDRINUSE')
    return new SimloftError(
      'address_in_use',
      `Another program listens on ${place}. Stop it, or choose another address for health and metrics.`,
      { cause },
    );
  return new SimloftError(
    'address_not_allowed',
    `Health and metrics cannot be shown on ${place}: ${cause.message}. Choose another address.`,
    { cause },
  );
}

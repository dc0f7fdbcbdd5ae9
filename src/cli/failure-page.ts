import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listenHost } from '../config/listen-address.ts';
import { failurePlace, type LoadOptions } from '../config/load.ts';
import { sleep, systemClock } from '../core/clock.ts';
import type { SimloftError } from '../core/errors.ts';
import { failureHtml } from '../http/failure-html.ts';
import { addressKind } from '../webhook/address-kind.ts';
import { untilTold } from './until-told.ts';

/** These are about the address itself, or another gateway is there already. */
const withoutPage: ReadonlySet<string> = new Set(['address_in_use', 'usage']);

/**
 * Shows at the gateway's own address why it did not start, for a while or until it is told to stop: who looks there with a browser
 * would find a dead port. Says so on the standard error; what is wrong with the settings does not matter here.
 */
export async function showFailure(failure: SimloftError, given: LoadOptions): Promise<void> {
  if (withoutPage.has(failure.code)) return;
  const { failurePage: forMs, port, ...where } = await failurePlace(given);
  if (forMs === 0) return;
  // Who may not listen there for want of a key shows it to this machine alone.
  const host = failure.code === 'address_not_allowed' ? '127.0.0.1' : listenHost(where);
  const server = createServer((request, response) => answer(failure, request, response));
  const taken = await listenOn(server, host, port);
  if (taken === null) return;
  console.error(`The reason is shown at http://127.0.0.1:${taken} for ${forMs / 1_000} s (Ctrl-C ends it).`);
  const enough = new AbortController();
  await Promise.race([untilTold(), sleep(systemClock, forMs, enough.signal).catch(() => {})]);
  enough.abort();
  server.closeAllConnections();
  server.close();
}

/** The port that it listens on; null when it cannot. */
async function listenOn(server: Server, host: string, port: number): Promise<number | null> {
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch {
    return null;
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function answer(failure: SimloftError, request: IncomingMessage, response: ServerResponse): void {
  const { code, message } = failure;
  const detail = isNear(request) ? message : 'The log of the gateway says why.';
  const headers = { 'cache-control': 'no-store', 'retry-after': '5' };
  if (request.headers.accept?.includes('text/html') !== true) {
    const problem = { type: `urn:simloft:error:${code}`, title: 'Simloft did not start.', status: 503, detail, code };
    response.writeHead(503, { ...headers, 'content-type': 'application/problem+json' });
    response.end(JSON.stringify(problem));
    return;
  }
  const russian = /^ru\b/i.test(request.headers['accept-language'] ?? '');
  const { html, policy } = failureHtml({ code, detail, language: russian ? 'ru' : 'en' });
  response.writeHead(503, {
    ...headers,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  });
  response.end(html);
}

/** A name for another place in Host, or a proxy on the way, and it is not known who asks. */
const ownHost = /^(?:localhost|[\d.]+|\[[\da-f:]+\])(?::\d+)?$/i;

/** Of this machine or of the home: the reason may name files and ports. */
function isNear({ socket, headers }: IncomingMessage): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false;
  if (!ownHost.test(headers.host ?? '')) return false;
  const kind = addressKind((socket.remoteAddress ?? '').replace(/^::ffff:/, ''));
  return kind === 'loopback' || kind === 'private';
}

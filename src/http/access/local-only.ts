import type { FastifyRequest } from 'fastify';
import { SimloftError } from '../../core/errors.ts';

/** Headers that a proxy adds: behind one, every caller looks like this machine. */
const forwardedHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/**
 * As long as there are no access keys, only programs on this machine are answered: not other machines, not a web page that a
 * browser here has opened (its origin is foreign), not a name that was re-pointed at this machine (DNS rebinding: its Host
 * is foreign), and nothing through a proxy.
 * @param alsoAnswered address of the machine that runs our container, which is answered too
 * @throws SimloftError `access_refused`
 */
export function refuseStrangers(request: FastifyRequest, alsoAnswered: string | null = null): void {
  const { headers } = request;
  const address = request.socket.remoteAddress ?? '';
  const own = isLoopback(address) || (alsoAnswered !== null && address.replace(/^::ffff:/, '') === alsoAnswered);
  const host = headers.host ?? '';
  if (!own) refuse('Requests from other machines are refused', 'address');
  if (!isLocalHost(host)) refuse('The Host header names another host than this machine', 'host');
  if (headers.origin !== undefined && headers.origin !== `http://${host}`)
    refuse('Requests of web pages from elsewhere are refused', 'origin');
  const forwarded = forwardedHeaders.find((name) => headers[name] !== undefined);
  if (forwarded !== undefined) refuse(`The request came through a proxy (header "${forwarded}")`, forwarded);
}

/**
 * A page from elsewhere may make a browser send what it knows for this gateway, such as Basic credentials. Answers it cannot read, but
 * orders it must not give.
 * @throws SimloftError `access_refused`
 */
export function refuseForeignPages(request: FastifyRequest): void {
  if (changesNothing(request)) return;
  const { host, headers } = request;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const foreign = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
  if (!foreign && (site === undefined || site === 'same-origin' || site === 'none')) return;
  throw new SimloftError('access_refused', 'Orders of web pages from elsewhere are refused.', {
    details: { field: foreign ? 'origin' : 'sec-fetch-site' },
  });
}

/**
 * Orders of a browser that has logged in must come from a page of this gateway, and say so: a cookie alone says only whose browser it is.
 * @throws SimloftError `access_refused`
 */
export function requireOwnPage(request: FastifyRequest): void {
  if (changesNothing(request)) return;
  const { host, protocol, headers } = request;
  if (headers.origin === `${protocol}://${host}` || headers['sec-fetch-site'] === 'same-origin') return;
  throw new SimloftError('access_refused', 'Orders of a browser are heeded only from a page of this gateway.', {
    details: { field: 'origin' },
  });
}

const changesNothing = ({ method }: FastifyRequest): boolean =>
  method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

function refuse(said: string, field: string): never {
  const mend = 'Until access keys exist, ask from this machine itself, at http://127.0.0.1 or http://localhost.';
  throw new SimloftError('access_refused', `${said}. ${mend}`, { details: { field } });
}

const isLoopback = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address);

const isLocalHost = (host: string): boolean => /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(host);

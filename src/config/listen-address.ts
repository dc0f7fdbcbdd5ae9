import { isIPv4 } from 'node:net';
import type { Settings } from './settings.ts';
import { SimloftError } from '../core/errors.ts';

/** Whether only programs on this machine can reach an address: 127.0.0.0/8 (RFC 1122 §3.2.1.3), ::1 (RFC 4291 §2.5.3), localhost (RFC 6761 §6.3). */
export function isLoopback(host: string): boolean {
  if (isIPv4(host)) return host.startsWith('127.');
  return /^(?:localhost|::1|0:0:0:0:0:0:0:1)$/i.test(host);
}

/** Where the API listens: in a container on all its addresses, since only the machine that runs it is answered. */
export const listenHost = ({ host, access }: Pick<Settings, 'host' | 'access'>): string =>
  access === 'container' ? '0.0.0.0' : host;

/**
 * As long as there is no access key, lets only addresses of this machine pass: whoever reaches the gateway may read codes and send
 * messages at its owner's cost.
 * @throws SimloftError `address_not_allowed`
 */
export function requireOwnAddress({ host, access }: Pick<Settings, 'host' | 'access'>): void {
  if (access === 'container' || isLoopback(host)) return;
  const text = `Listening on ${host} would let everybody who can reach this machine read your messages. Make an access key first: simloft keys add NAME --scope admin. Or leave HOST at 127.0.0.1.`;
  throw new SimloftError('address_not_allowed', text, { details: { setting: 'HOST', value: host } });
}

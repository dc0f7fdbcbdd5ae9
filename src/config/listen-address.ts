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
 * Lets only addresses of this machine pass: whoever reaches the gateway may read codes and send messages at its owner's cost.
 * @throws SimloftError `address_not_allowed`
 */
export function requireAllowedAddress({ host, access }: Pick<Settings, 'host' | 'access'>): void {
  if (access === 'container' || isLoopback(host)) return;
  const text = `Listening on ${host} would let everybody who can reach this machine read your messages: that needs access keys, which this version does not have yet. Leave HOST at 127.0.0.1, and reach it from elsewhere by an SSH tunnel (ssh -L 8080:127.0.0.1:8080 …) or by a reverse proxy that asks for a password.`;
  throw new SimloftError('address_not_allowed', text, { details: { setting: 'HOST', value: host } });
}

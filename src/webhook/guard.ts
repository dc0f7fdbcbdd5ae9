import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { SimloftError } from '../core/errors.ts';
import { type AddressKind, addressKind } from './address-kind.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name. Rejects where there are none. */
export type Lookup = (name: string) => Promise<readonly ResolvedAddress[]>;

export const lookupAll: Lookup = (name) => systemLookup(name, { all: true, verbatim: true });

export interface GuardOptions {
  /** Ports of this machine on which the gateway itself listens. */
  readonly ownPorts: readonly number[];
  readonly lookup: Lookup;
}

/** Where somebody wants us to connect to. */
export interface Place {
  readonly url: string;
  /** Without encryption to public addresses too. */
  readonly allowInsecure: boolean;
}

/** A place that was found to be harmless: only these addresses may be connected to. */
export interface CheckedPlace {
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly ResolvedAddress[];
  /** All of them are at home. */
  readonly home: boolean;
}

const ports: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'smtp:': 587, 'smtps:': 465 };
const encrypted: ReadonlySet<string> = new Set(['https:', 'smtps:', 'smtp:']);

/**
 * Checks a place without asking anybody: its form, and its address where it is written out.
 * @throws SimloftError `webhook_refused`
 */
export function readPlace({ url: text, allowInsecure }: Place, options: Pick<GuardOptions, 'ownPorts'>): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const port = url === null ? undefined : ports[url.protocol];
  if (url === null || port === undefined || url.hostname === '')
    throw refused('The address must be a whole URL, such as https://example.org/hook or http://192.168.1.5:8123/hook.');
  if (url.username !== '' || url.password !== '')
    throw refused('The address holds a user or a password. Leave them out; the options of a template take them.');
  const host = hostOf(url);
  if (isIP(host) !== 0) requireAllowed(url, { allowInsecure, addresses: [host] }, options);
  return url;
}

/**
 * Resolves the name of a place and checks every address that it has, so that a name cannot lead to another place than it seems to.
 * @throws SimloftError `webhook_refused`; whatever the resolver throws.
 */
export async function checkPlace(place: Place, options: GuardOptions): Promise<CheckedPlace> {
  const url = readPlace(place, options);
  const host = hostOf(url);
  const family = isIP(host);
  const addresses = family === 0 ? await options.lookup(host) : [{ address: host, family }];
  if (addresses.length === 0) throw refused(`The name ${host} has no address.`);
  const plain = addresses.map(({ address }) => address);
  requireAllowed(url, { allowInsecure: place.allowInsecure, addresses: plain }, options);
  return { url, host, port: portOf(url), addresses, home: plain.every((one) => addressKind(one) !== 'public') };
}

/** Lets a connection go to these addresses only, whatever the name. */
export const fixedLookup =
  (addresses: readonly ResolvedAddress[]): LookupFunction =>
  (_name, { all }, done) => {
    const [first] = addresses;
    if (all === true || first === undefined) done(null, [...addresses]);
    else done(null, first.address, first.family);
  };

interface Wanted {
  readonly allowInsecure: boolean;
  readonly addresses: readonly string[];
}

function requireAllowed(
  url: URL,
  { allowInsecure, addresses }: Wanted,
  { ownPorts }: Pick<GuardOptions, 'ownPorts'>,
): void {
  const own = ownPorts.includes(portOf(url)) ? ownAddresses() : null;
  for (const address of addresses) {
    const kind = addressKind(address);
    if (kind === 'forbidden')
      throw refused(
        `${address} is no address that anybody may be told at: it is reserved, or gives out secrets of a cloud.`,
      );
    if (own !== null && (kind === 'loopback' || own.has(address)))
      throw refused(`${address} and port ${portOf(url)} are those of the gateway itself.`);
    if (!allowInsecure && !isSafe(url, kind))
      throw refused(
        `${address} is a public address, and ${url.protocol}// is not encrypted on the way there. Use https://, or set allow_insecure.`,
      );
  }
}

/** Without encryption at home only: there it is often the one way, and nothing leaves the house. */
const isSafe = (url: URL, kind: AddressKind): boolean => encrypted.has(url.protocol) || kind !== 'public';

const portOf = (url: URL): number => (url.port === '' ? (ports[url.protocol] ?? 0) : Number(url.port));

const hostOf = ({ hostname }: URL): string => (hostname.startsWith('[') ? hostname.slice(1, -1) : hostname);

const ownAddresses = (): ReadonlySet<string> =>
  new Set(Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address)));

const refused = (why: string): SimloftError => new SimloftError('webhook_refused', why);

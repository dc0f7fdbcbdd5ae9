import { readFileSync } from 'node:fs';

/**
 * The address under which the machine that runs this container appears in it: its default gateway. Other containers, and other
 * machines, have other addresses.
 * @param routes the text of `/proc/net/route`
 */
export function gatewayOf(routes: string): string | null {
  for (const line of routes.split('\n').slice(1)) {
    const [, destination, gateway] = line.trim().split(/\s+/);
    if (destination !== '00000000' || gateway === undefined || !/^[0-9A-F]{8}$/i.test(gateway)) continue;
    // Four octets in the order of the processor, which is little-endian on all that we run on.
    const octets = gateway.match(/../g) ?? [];
    return octets
      .toReversed()
      .map((octet) => Number.parseInt(octet, 16))
      .join('.');
  }
  return null;
}

/** Null where there is no default gateway, or no Linux. */
export function containerHost(): string | null {
  try {
    return gatewayOf(readFileSync('/proc/net/route', 'utf8'));
  } catch {
    return null;
  }
}

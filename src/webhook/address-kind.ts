import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * What stands behind an address. `forbidden`: clouds tell programs on their machines secrets there, or nothing can answer
 * (unspecified, multicast, reserved).
 */
export type AddressKind = 'public' | 'private' | 'loopback' | 'forbidden';

type Range = readonly [address: string, prefix: number];

const forbidden: readonly Range[] = [
  // Metadata of AWS, Google, Azure, Oracle, DigitalOcean …; of containers on AWS; of Azure, Alibaba and Oracle; over IPv6.
  ['169.254.169.252', 30],
  ['169.254.170.0', 24],
  ['168.63.129.16', 32],
  ['100.100.100.200', 32],
  ['192.0.0.0', 24],
  ['fd00:ec2::', 32],
  ['fd20:ce::254', 128],
  ['fd00:42::42', 128],
  // Nobody can answer there, or many.
  ['0.0.0.0', 8],
  ['192.0.2.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 128],
  ['100::', 64],
  ['2001:db8::', 32],
  ['ff00::', 8],
];

const loopback: readonly Range[] = [
  ['127.0.0.0', 8],
  ['::1', 128],
];

/** RFC 1918, RFC 6598 (also home of some VPNs), link-local, RFC 4193. */
const privately: readonly Range[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['fc00::', 7],
  ['fe80::', 10],
];

function listOf(ranges: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of ranges) list.addSubnet(address, prefix, isIPv6(address) ? 'ipv6' : 'ipv4');
  return list;
}

const kinds = [
  ['forbidden', listOf(forbidden)],
  ['loopback', listOf(loopback)],
  ['private', listOf(privately)],
] as const;

/** The kind of an IP address; of the IPv4 address inside, where an IPv6 one holds one. What is no address is `forbidden`. */
export function addressKind(address: string): AddressKind {
  const [plain = ''] = address.split('%');
  if (isIP(plain) === 0) return 'forbidden';
  const within = isIPv6(plain) ? embeddedIpv4(plain) : null;
  if (within !== null) return addressKind(within);
  const family = isIPv6(plain) ? 'ipv6' : 'ipv4';
  return kinds.find(([, list]) => list.check(plain, family))?.[0] ?? 'public';
}

/** Of mapped (`::ffff:0:0/96`), compatible (`::/96`), translated (`64:ff9b::/96`) and 6to4 (`2002::/16`) addresses. */
function embeddedIpv4(address: string): string | null {
  const groups = groupsOf(address);
  const [first = 0, second = 0, third = 0] = groups;
  const upper = groups.slice(0, 6);
  if (first === 0x2002) return dotted(second, third);
  const last = dotted(groups[6] ?? 0, groups[7] ?? 0);
  if (first === 0x64 && second === 0xff9b) return last;
  if (upper.every((group, index) => group === (index === 5 ? 0xffff : 0))) return last;
  if (upper.some((group) => group !== 0) || (groups[6] === 0 && (groups[7] ?? 0) <= 1)) return null;
  return last;
}

const dotted = (upper: number, lower: number): string => [upper >> 8, upper & 255, lower >> 8, lower & 255].join('.');

/** The eight groups, whatever way the address is written. */
function groupsOf(address: string): number[] {
  // The URL parser writes each IPv6 address in one way: no dotted part, no upper case.
  const written = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = written.split('::');
  const read = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  if (tail === undefined) return read(head);
  const [before, after] = [read(head), read(tail)];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

import type { PortReason, PortRemark } from '../core/ports.ts';
import type { PortInfo, UsbDevice, UsbInterface } from './ports.ts';
import {
  bridges,
  cdRomIds,
  huaweiProtocols,
  modemVendors,
  networkStickIds,
  type PortRole,
  usbModems,
} from './usb-table.ts';

export interface CandidatePort {
  readonly path: string;
  readonly stablePath: string | null;
  /** Four hexadecimal digits each; null for a port that is not on USB. */
  readonly vendorId: string | null;
  readonly productId: string | null;
  /** Number of the USB interface. */
  readonly interface: number | null;
  /** Place of the USB device: ports with the same one belong to the same stick. */
  readonly device: string | null;
  /** `probe`: a known modem's, may be asked. `leave`: nothing is written to it. */
  readonly verdict: 'probe' | 'leave';
  readonly why: PortReason;
  /** What the device is called; null when nothing is known of it. */
  readonly name: string | null;
  /** The same in words. */
  readonly reason: string;
}

/** Which ports may be asked for a modem, the likeliest first, and why the others are left alone. */
export function candidatePorts(ports: readonly PortInfo[]): readonly CandidatePort[] {
  return ports
    .map((port) => ({ port, ...judge(port) }))
    .sort((a, b) => a.rank - b.rank || compareDevices(a.port, b.port) || a.order - b.order)
    .map(({ port, rank, why, name, reason }): CandidatePort => {
      const [vendorId = null, productId = null] = port.usb?.id.split(':') ?? [];
      return {
        path: port.path,
        stablePath: port.stablePath,
        vendorId,
        productId,
        interface: port.usb?.number ?? null,
        device: port.usb?.device ?? null,
        verdict: rank === leave ? 'leave' : 'probe',
        why,
        name,
        reason,
      };
    });
}

interface Judgement {
  readonly rank: number;
  /** Among ports of the same rank on the same device. */
  readonly order: number;
  readonly why: PortReason;
  readonly name: string | null;
  readonly reason: string;
}

const leave = 3;

function judge({ usb, driver }: PortInfo): Judgement {
  if (usb === null) {
    const text = 'not on USB, so nobody knows what is behind it; name it with MODEM_PORT to use it';
    return left('not-usb', null, text);
  }
  const model = usbModems.find(({ id }) => id === usb.id);
  const vendor = modemVendors[usb.id.slice(0, 4)];
  if (model === undefined && vendor === undefined) return unknownDevice(usb, driver);
  const name = model?.name ?? vendor ?? '';
  const role = model === undefined ? huaweiRole(usb) : model.ports[usb.number];
  if (role === 'other')
    return left('other-port', name, `on this modem (${name}) the port is for diagnosis, position or sound`);
  if (role === undefined && model?.strict === true)
    return left('unlisted-port', name, `not among the AT ports of ${name}`);
  // Where Huawei says nothing, the last port is the one that announces messages.
  const order = usb.id.startsWith('12d1') ? -usb.number : usb.number;
  const { rank, why, text } = roles[role ?? 'unsure'];
  return { rank, order, why, name, reason: `${text} of ${name}` };
}

const left = (why: PortReason, name: string | null, text: string): Judgement => ({
  rank: leave,
  order: 0,
  why,
  name,
  reason: `left alone: ${text}`,
});

const roles = {
  at: { rank: 0, why: 'at-port', text: 'the AT port that announces messages' },
  unsure: { rank: 1, why: 'maybe-at-port', text: 'perhaps the AT port' },
  modem: { rank: 2, why: 'data-port', text: 'the data port, which may announce nothing,' },
} as const;

function huaweiRole({ id, protocol }: UsbInterface): PortRole | undefined {
  return id.startsWith('12d1') ? huaweiProtocols[protocol] : undefined;
}

function unknownDevice({ id, product }: UsbInterface, driver: string | null): Judgement {
  const cure = 'name it with MODEM_PORT to use it';
  const bridge = bridges[id];
  if (bridge !== undefined)
    return left('bridge', bridge, `a ${bridge} bridge may be a Zigbee stick, a meter or a modem; ${cure}`);
  const name = product ?? driver;
  return left('unknown-device', name, `${name ?? 'an unknown device'} (${id}) is not a known modem; ${cure}`);
}

/** The ports of one stick stay together. */
function compareDevices(a: PortInfo, b: PortInfo): number {
  return (a.usb?.device ?? '').localeCompare(b.usb?.device ?? '', 'en', { numeric: true });
}

/** Sticks that are plugged in but have no port, each with what to do. */
export function remarksOn(devices: readonly UsbDevice[]): readonly PortRemark[] {
  return devices.flatMap((device): PortRemark[] => {
    if (device.hasPort) return [];
    const name = `${device.product ?? modemVendors[device.id.slice(0, 4)] ?? 'A stick'} (USB ${device.id})`;
    const network = networkStickIds[device.id];
    if (network !== undefined) {
      const text = `${name} is a ${network} stick: it works as a network card and has no AT port, so Simloft cannot use it as it is.`;
      return [{ code: 'network-stick', name, text }];
    }
    if (showsDisk(device)) {
      const text = `${name} still shows itself as a CD-ROM. Install usb_modeswitch ("sudo apt install usb-modeswitch") and plug it in again, or run "eject /dev/sr0". In a container, do this on the host.`;
      return [{ code: 'cd-rom', name, text }];
    }
    if (device.id.slice(0, 4) in modemVendors) {
      const text = `${name} has no serial port: its driver ("sudo modprobe option") may be missing, or it works as a network card.`;
      return [{ code: 'no-driver', name, text }];
    }
    return [];
  });
}

const massStorage = 8;

function showsDisk({ id, classes }: UsbDevice): boolean {
  const onlyDisk = classes.length > 0 && classes.every((value) => value === massStorage);
  return cdRomIds.has(id) || (onlyDisk && id.slice(0, 4) in modemVendors);
}

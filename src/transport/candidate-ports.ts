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
  readonly reason: string;
}

/** Which ports may be asked for a modem, the likeliest first, and why the others are left alone. */
export function candidatePorts(ports: readonly PortInfo[]): readonly CandidatePort[] {
  return ports
    .map((port) => ({ port, ...judge(port) }))
    .sort((a, b) => a.rank - b.rank || compareDevices(a.port, b.port) || a.order - b.order)
    .map(({ port, rank, reason }): CandidatePort => {
      const [vendorId = null, productId = null] = port.usb?.id.split(':') ?? [];
      return {
        path: port.path,
        stablePath: port.stablePath,
        vendorId,
        productId,
        interface: port.usb?.number ?? null,
        device: port.usb?.device ?? null,
        verdict: rank === leave ? 'leave' : 'probe',
        reason,
      };
    });
}

interface Judgement {
  readonly rank: number;
  /** Among ports of the same rank on the same device. */
  readonly order: number;
  readonly reason: string;
}

const ranks = { at: 0, unsure: 1, modem: 2 } as const;
const leave = 3;

function judge({ usb, driver }: PortInfo): Judgement {
  const left = (reason: string): Judgement => ({ rank: leave, order: 0, reason });
  if (usb === null)
    return left('left alone: not on USB, so nobody knows what is behind it; name it with MODEM_PORT to use it');
  const model = usbModems.find(({ id }) => id === usb.id);
  const vendor = modemVendors[usb.id.slice(0, 4)];
  if (model === undefined && vendor === undefined) return left(unknownDevice(usb, driver));
  const name = model?.name ?? vendor ?? '';
  const role = model === undefined ? huaweiRole(usb) : model.ports[usb.number];
  if (role === 'other') return left(`left alone: on this modem (${name}) the port is for diagnosis, position or sound`);
  if (role === undefined && model?.strict === true) return left(`left alone: not among the AT ports of ${name}`);
  // Where Huawei says nothing, the last port is the one that announces messages.
  const order = usb.id.startsWith('12d1') ? -usb.number : usb.number;
  return { rank: ranks[role ?? 'unsure'], order, reason: `${roleNames[role ?? 'unsure']} of ${name}` };
}

const roleNames = {
  at: 'the AT port that announces messages',
  unsure: 'perhaps the AT port',
  modem: 'the data port, which may announce nothing,',
} as const;

function huaweiRole({ id, protocol }: UsbInterface): PortRole | undefined {
  return id.startsWith('12d1') ? huaweiProtocols[protocol] : undefined;
}

function unknownDevice({ id, product }: UsbInterface, driver: string | null): string {
  const name = bridges[id] ?? product ?? driver ?? 'an unknown device';
  const what =
    id in bridges
      ? `a ${name} bridge may be a Zigbee stick, a meter or a modem`
      : `${name} (${id}) is not a known modem`;
  return `left alone: ${what}; name it with MODEM_PORT to use it`;
}

/** The ports of one stick stay together. */
function compareDevices(a: PortInfo, b: PortInfo): number {
  return (a.usb?.device ?? '').localeCompare(b.usb?.device ?? '', 'en', { numeric: true });
}

/** Sentences about sticks that are plugged in but have no port, each with what to do. */
export function remarksOn(devices: readonly UsbDevice[]): readonly string[] {
  return devices.flatMap((device) => {
    if (device.hasPort) return [];
    const name = `${device.product ?? modemVendors[device.id.slice(0, 4)] ?? 'A stick'} (USB ${device.id})`;
    const network = networkStickIds[device.id];
    if (network !== undefined) {
      return [
        `${name} is a ${network} stick: it works as a network card and has no AT port, so Simloft cannot use it as it is.`,
      ];
    }
    if (showsDisk(device)) {
      return [
        `${name} still shows itself as a CD-ROM. Install usb_modeswitch ("sudo apt install usb-modeswitch") and plug it in again, or run "eject /dev/sr0". In a container, do this on the host.`,
      ];
    }
    if (device.id.slice(0, 4) in modemVendors) {
      return [
        `${name} has no serial port: its driver ("sudo modprobe option") may be missing, or it works as a network card.`,
      ];
    }
    return [];
  });
}

const massStorage = 8;

function showsDisk({ id, classes }: UsbDevice): boolean {
  const onlyDisk = classes.length > 0 && classes.every((value) => value === massStorage);
  return cdRomIds.has(id) || (onlyDisk && id.slice(0, 4) in modemVendors);
}

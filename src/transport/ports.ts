import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export interface PortInfo {
  /** `/dev/ttyUSB1`: another number may come with each plugging in. */
  readonly path: string;
  /** A name that stays: by the physical socket, or else by the serial number, which cheap sticks share. Null when there is none. */
  readonly stablePath: string | null;
  /** Kernel driver: `option`, `cdc_acm`, `cp210x`. */
  readonly driver: string | null;
  /** Null for a port that is not on USB. */
  readonly usb: UsbInterface | null;
}

export interface UsbInterface {
  /** Vendor and product, for example `19d2:2003`. */
  readonly id: string;
  /** What the device calls itself. */
  readonly product: string | null;
  readonly serial: string | null;
  /** bInterfaceNumber. */
  readonly number: number;
  /** bInterfaceProtocol. */
  readonly protocol: number;
  /** The device that it belongs to, as the kernel names its place: `1-1.2`. */
  readonly device: string;
}

export interface UsbDevice {
  readonly device: string;
  readonly id: string;
  readonly product: string | null;
  /** bInterfaceClass of each interface; 8 is storage. */
  readonly classes: readonly number[];
  readonly hasPort: boolean;
}

export interface Roots {
  readonly sys?: string;
  readonly dev?: string;
}

/** The serial ports of this machine, from sysfs: none is opened. Empty where there is no sysfs. */
export async function listPorts({ sys = '/sys', dev = '/dev' }: Roots = {}): Promise<readonly PortInfo[]> {
  const names = (await list(join(sys, 'class/tty'))).filter((name) => /^tty[A-Z]/.test(name));
  const stable = await stableNames(dev);
  const ports = await Promise.all(
    names.map(async (name): Promise<PortInfo | null> => {
      const tty = join(sys, 'class/tty', name);
      const device = await realpath(join(tty, 'device')).catch(() => null);
      if (device === null || (await isEmptySlot(tty))) return null;
      const path = join(dev, name);
      const place = await interfaceOf(device, sys);
      return {
        path,
        stablePath: stable.get(path) ?? null,
        driver: await driverOf(place ?? device),
        usb: place === null ? null : await usbInterface(place),
      };
    }),
  );
  return ports.filter((port) => port !== null).sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

/** The devices on USB, those without a port too: a stick may still show itself as a CD-ROM. */
export async function listUsbDevices(
  ports: readonly PortInfo[],
  { sys = '/sys' }: Roots = {},
): Promise<readonly UsbDevice[]> {
  const folder = join(sys, 'bus/usb/devices');
  const names = await list(folder);
  const withPort = new Set(ports.flatMap(({ usb }) => usb?.device ?? []));
  const devices = await Promise.all(
    names
      .filter((name) => !name.includes(':'))
      .map(async (device): Promise<UsbDevice | null> => {
        const id = await usbId(join(folder, device));
        if (id === null) return null;
        const interfaces = names.filter((name) => name.startsWith(`${device}:`));
        const classes = await Promise.all(interfaces.map((name) => hexValue(join(folder, name, 'bInterfaceClass'))));
        return {
          device,
          id,
          product: await text(join(folder, device, 'product')),
          classes,
          hasPort: withPort.has(device),
        };
      }),
  );
  return devices.filter((device) => device !== null);
}

/** Device path → its name that stays. The socket wins over the serial number, because cheap sticks all have the same. */
async function stableNames(dev: string): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const root = await realpath(dev).catch(() => dev);
  for (const folder of ['serial/by-path', 'serial/by-id']) {
    for (const name of [...(await list(join(dev, folder)))].sort()) {
      const target = await realpath(join(dev, folder, name)).catch(() => null);
      if (target === null || !target.startsWith(`${root}/`)) continue;
      const path = join(dev, target.slice(root.length + 1));
      if (!names.has(path)) names.set(path, join(dev, folder, name));
    }
  }
  return names;
}

/** The 8250 driver shows four ports wherever it runs; those of type 0 have no chip behind them. */
async function isEmptySlot(tty: string): Promise<boolean> {
  return (await text(join(tty, 'type'))) === '0';
}

/** The folder of the USB interface that a tty hangs on: `…/1-1/1-1:1.1`, one or two above the port. */
async function interfaceOf(device: string, sys: string): Promise<string | null> {
  const top = await realpath(sys).catch(() => sys);
  for (let folder = device; folder.length > top.length; folder = dirname(folder)) {
    if ((await text(join(folder, 'bInterfaceNumber'))) !== null) return folder;
  }
  return null;
}

async function usbInterface(place: string): Promise<UsbInterface | null> {
  const device = dirname(place);
  const id = await usbId(device);
  if (id === null) return null;
  return {
    id,
    product: await text(join(device, 'product')),
    serial: await text(join(device, 'serial')),
    number: await hexValue(join(place, 'bInterfaceNumber')),
    protocol: await hexValue(join(place, 'bInterfaceProtocol')),
    device: basename(device),
  };
}

async function usbId(device: string): Promise<string | null> {
  const [vendor, product] = await Promise.all([text(join(device, 'idVendor')), text(join(device, 'idProduct'))]);
  return vendor === null || product === null ? null : `${vendor}:${product}`.toLowerCase();
}

async function driverOf(place: string): Promise<string | null> {
  const driver = await realpath(join(place, 'driver')).catch(() => null);
  return driver === null ? null : basename(driver);
}

async function text(path: string): Promise<string | null> {
  const content = await readFile(path, 'utf8').catch(() => null);
  return content === null ? null : content.trim();
}

async function hexValue(path: string): Promise<number> {
  return Number.parseInt((await text(path)) ?? '', 16);
}

async function list(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FakeStick {
  /** `1-1.2` */
  readonly at: string;
  readonly id: string;
  readonly product?: string;
  readonly serial?: string;
  readonly driver?: string;
  /** Interface number → tty name. */
  readonly ports?: Readonly<Record<number, string>>;
  /** bInterfaceProtocol by interface number. */
  readonly protocols?: Readonly<Record<number, string>>;
  /** Class of the interfaces without a tty: number → two hexadecimal digits. */
  readonly others?: Readonly<Record<number, string>>;
  /** cdc_acm hangs its tty on the interface itself, the serial drivers put a folder between. */
  readonly acm?: boolean;
}

/** A picture of /sys and /dev with these sticks, laid out as Linux does it, in `folder`. */
export function fakeSys(folder: string, sticks: readonly FakeStick[]): { readonly sys: string; readonly dev: string } {
  const sys = join(folder, 'sys');
  const dev = join(folder, 'dev');
  for (const path of ['class/tty', 'bus/usb/devices', 'bus/usb/drivers'])
    mkdirSync(join(sys, path), { recursive: true });
  mkdirSync(join(dev, 'serial/by-path'), { recursive: true });
  mkdirSync(join(dev, 'serial/by-id'), { recursive: true });
  for (const stick of sticks) addStick(sys, dev, stick);
  return { sys, dev };
}

function addStick(sys: string, dev: string, stick: FakeStick): void {
  const device = join(sys, 'devices/usb1', stick.at);
  const [vendor = '', product = ''] = stick.id.split(':');
  files(device, {
    idVendor: vendor,
    idProduct: product,
    ...(stick.product !== undefined && { product: stick.product }),
    ...(stick.serial !== undefined && { serial: stick.serial }),
  });
  symlinkSync(device, join(sys, 'bus/usb/devices', stick.at));
  for (const [number, tty] of Object.entries(stick.ports ?? {})) addPort({ sys, dev, device, stick, number, tty });
  for (const [number, bInterfaceClass] of Object.entries(stick.others ?? {})) {
    addInterface(sys, device, number, { bInterfaceClass, bInterfaceProtocol: '50' });
  }
}

interface Port {
  readonly sys: string;
  readonly dev: string;
  readonly device: string;
  readonly stick: FakeStick;
  readonly number: string;
  readonly tty: string;
}

function addPort({ sys, dev, device, stick, number, tty }: Port): void {
  const place = addInterface(sys, device, number, {
    bInterfaceClass: 'ff',
    bInterfaceProtocol: stick.protocols?.[Number(number)] ?? 'ff',
  });
  const driver = join(sys, 'bus/usb/drivers', stick.driver ?? 'option');
  mkdirSync(driver, { recursive: true });
  symlinkSync(driver, join(place, 'driver'));
  const port = stick.acm === true ? place : join(place, tty);
  files(join(port, 'tty', tty), {});
  symlinkSync(port, join(port, 'tty', tty, 'device'));
  symlinkSync(join(port, 'tty', tty), join(sys, 'class/tty', tty));
  files(dev, { [tty]: '' });
  symlinkSync(`../../${tty}`, join(dev, 'serial/by-path', `pci-usb-0:${stick.at}:1.${number}-port0`));
  symlinkSync(`../../${tty}`, join(dev, 'serial/by-id', `usb-${stick.at}-if0${number}-port0`));
}

function addInterface(sys: string, device: string, number: string, values: Readonly<Record<string, string>>): string {
  const name = `${device.slice(device.lastIndexOf('/') + 1)}:1.${number}`;
  const place = join(device, name);
  files(place, { bInterfaceNumber: number.padStart(2, '0'), ...values });
  symlinkSync(place, join(sys, 'bus/usb/devices', name));
  return place;
}

function files(folder: string, contents: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, name), `${content}\n`);
}

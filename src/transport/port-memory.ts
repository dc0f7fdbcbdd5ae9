import { realpath } from 'node:fs/promises';
import { listPorts, type PortInfo, type Roots } from './ports.ts';

/**
 * Remembers which port was opened, so that a stick that comes back under another number, or in another socket, is found again, and a
 * Zigbee stick that has taken its old number is not taken for it.
 */
export class PortMemory {
  readonly #named: string;
  readonly #roots: Roots;
  #known: PortInfo | null = null;

  /** @param named what the settings name: `/dev/ttyUSB1` or a link to it */
  constructor(named: string, roots: Roots = {}) {
    this.#named = named;
    this.#roots = roots;
  }

  /** Where the port may be now, the likeliest first. */
  async places(): Promise<readonly string[]> {
    const known = this.#known;
    if (known === null) return [this.#named];
    const ports = await listPorts(this.#roots);
    const same = ports.filter((port) => isSameInterface(port, known));
    const atSocket = same.find(({ stablePath }) => stablePath !== null && stablePath === known.stablePath);
    const byName = same.find(({ path }) => path === known.path);
    // Two sticks of one kind are told apart by their sockets only.
    const elsewhere = same.length === 1 ? same[0] : undefined;
    const paths = [atSocket, byName, elsewhere].flatMap((port) => (port === undefined ? [] : [port.path]));
    return paths.length === 0 ? [known.stablePath ?? this.#named] : [...new Set(paths)];
  }

  /** To be called when a place could be opened. */
  async learn(place: string): Promise<void> {
    const device = await realpath(place).catch(() => place);
    const ports = await listPorts(this.#roots);
    this.#known = ports.find(({ path, usb }) => usb !== null && path === device) ?? null;
  }
}

/** The name of a port that stays when it is plugged in again, or null when udev gives it none. */
export async function stableNameOf(path: string, roots: Roots = {}): Promise<string | null> {
  const device = await realpath(path).catch(() => path);
  return (await listPorts(roots)).find((port) => port.path === device)?.stablePath ?? null;
}

function isSameInterface({ usb }: PortInfo, known: PortInfo): boolean {
  return usb !== null && usb.id === known.usb?.id && usb.number === known.usb.number && usb.serial === known.usb.serial;
}

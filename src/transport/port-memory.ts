import { realpath } from 'node:fs/promises';
import { candidatePorts } from './candidate-ports.ts';
import { listPorts, type PortInfo, type Roots } from './ports.ts';

/**
 * Remembers which port was opened, so that a stick that comes back under another number, or in another socket, is found again, and a
 * Zigbee stick that has taken its old number is not taken for it.
 */
export class PortMemory {
  readonly #named: string;
  readonly #roots: Roots;
  #known: PortInfo | null = null;
  /** Whether there was no second stick of the kind: only then may it be looked for in other sockets. */
  #wasAlone = false;

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
    const elsewhere = this.#wasAlone && same.length === 1 ? same[0] : undefined;
    const found = [atSocket, byName, elsewhere].flatMap((port) => (port === undefined ? [] : [port.path]));
    if (found.length > 0) return [...new Set(found)];
    return [(await this.#holdsAnotherModem(ports)) ? this.#named : (known.stablePath ?? this.#named)];
  }

  /** Somebody may have put a stick of another kind in the place of the one we knew. */
  async #holdsAnotherModem(ports: readonly PortInfo[]): Promise<boolean> {
    const device = await realpath(this.#named).catch(() => null);
    const [candidate] = candidatePorts(ports.filter(({ path }) => path === device));
    return candidate?.verdict === 'probe';
  }

  /** To be called when a place could be opened. */
  async learn(place: string): Promise<void> {
    const device = await realpath(place).catch(() => place);
    const ports = await listPorts(this.#roots);
    const known = ports.find(({ path, usb }) => usb !== null && path === device) ?? null;
    this.#known = known;
    this.#wasAlone = known !== null && ports.filter((port) => isSameInterface(port, known)).length === 1;
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

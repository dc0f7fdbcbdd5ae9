import { SimloftError } from '../core/errors.ts';
import type { Settings } from './settings.ts';

/** A modem as the settings name it. */
export interface ModemSettings {
  readonly name: string;
  readonly port: string;
  readonly pin: string | null;
}

type Named = Pick<Settings, 'modemName' | 'modemPort' | 'modemPin'>;

/**
 * The modems of one worker, at least one; without MODEM_PORT the one that is found.
 * @throws SimloftError `setting_invalid` when there are not as many names or PINs as ports
 */
export function modemsOf({ modemName: names, modemPort, modemPin }: Named): readonly ModemSettings[] {
  const ports = modemPort ?? ['auto'];
  const pins = modemPin ?? ports.map(() => null);
  requireEqual('MODEM_NAME', names.length, ports.length);
  requireEqual('MODEM_PIN', pins.length, ports.length);
  return ports.map((port, index) => ({ port, name: names[index] ?? '', pin: pins[index] ?? null }));
}

/**
 * The modem of a whole gateway in one process.
 * @throws SimloftError `setting_invalid` when there is a list
 */
export function soleModem(settings: Named, port: readonly string[]): ModemSettings {
  return {
    name: soleName(settings),
    port: sole('MODEM_PORT', port) ?? 'auto',
    pin: sole('MODEM_PIN', settings.modemPin ?? []),
  };
}

/**
 * The name of the one modem that is meant.
 * @throws SimloftError `setting_invalid` when there is a list
 */
export const soleName = ({ modemName }: Pick<Settings, 'modemName'>): string => sole('MODEM_NAME', modemName) ?? '';

function requireEqual(setting: string, given: number, ports: number): void {
  if (given === ports) return;
  const text = `MODEM_PORT has ${count(ports)}, and ${setting} has ${given}. Give each modem one of both, in the same order, with commas between them.`;
  throw new SimloftError('setting_invalid', text, { details: { setting } });
}

const count = (entries: number): string => (entries === 1 ? 'one entry' : `${entries} entries`);

function sole<T>(setting: string, entries: readonly T[]): T | null {
  if (entries.length <= 1) return entries[0] ?? null;
  const text = `${setting} has ${entries.length} entries, and only simloft worker takes several modems. Name one here.`;
  throw new SimloftError('setting_invalid', text, { details: { setting } });
}

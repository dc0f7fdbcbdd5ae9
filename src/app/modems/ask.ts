import type { Bus } from '../../bus/bus.ts';
import type { Clock } from '../../core/clock.ts';
import type { CommandValue, ModemCommand } from '../../core/commands.ts';
import { SimloftError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { ModemRecord } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { mayUseModem, type Principal } from '../access/principal.ts';
import { askModem } from '../ask-modem.ts';

export interface ModemsOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  /** The modem that is meant where none is named. */
  readonly modem: string;
}

/** What somebody wants of a modem, and who. */
export interface Wanted {
  readonly modem: string;
  readonly principal: Principal;
  readonly signal: AbortSignal;
}

/** Each command as it is made here: its id and its end are put to it. */
type Asked<Command = ModemCommand> = Command extends ModemCommand ? Omit<Command, 'id' | 'expiresAt'> : never;

/** A person waits no longer than this for a command to begin, ms. */
const patienceMs = 60_000;

/**
 * Asks a modem that the caller may use, and gives what it answered.
 * @throws SimloftError `not_found` for a modem that nobody knows, or that the caller may not use; whatever the worker says.
 */
export async function askOf(
  { store, bus, clock }: ModemsOptions,
  { modem, principal, signal }: Wanted,
  asked: Asked,
): Promise<CommandValue | null> {
  await knownModem(store, modem, principal);
  const command = { ...asked, id: newId(), expiresAt: clock.now() + patienceMs };
  const result = await askModem({ bus, modem, signal }, command);
  if (result.ok) return result.value;
  throw new SimloftError(result.code, result.message, { details: { modem } });
}

/** @throws SimloftError `not_found` */
export async function knownModem(store: Store, modem: string, principal: Principal): Promise<ModemRecord> {
  const known = (await store.modems()).filter((record) => mayUseModem(principal, record.modem));
  const found = known.find((record) => record.modem === modem);
  if (found !== undefined) return found;
  const names = known.map((record) => record.modem);
  const hint = names.length === 0 ? 'No modem is known yet.' : `There are: ${names.join(', ')}.`;
  throw new SimloftError('not_found', `There is no modem ${JSON.stringify(modem)}. ${hint}`);
}

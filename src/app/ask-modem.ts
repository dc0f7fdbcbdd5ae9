import type { Bus } from '../bus/bus.ts';
import type { CommandResult, ModemCommand } from '../core/commands.ts';

export interface ModemQuestion {
  readonly bus: Bus;
  readonly modem: string;
  /** Ends the waiting at once, also where the worker cannot stop what it has begun. */
  readonly signal: AbortSignal;
}

/** Asks the worker of a modem, and stops waiting when the signal says so. */
export async function askModem({ bus, modem, signal }: ModemQuestion, command: ModemCommand): Promise<CommandResult> {
  const { promise: given, resolve } = Promise.withResolvers<CommandResult>();
  const giveUp = () => resolve({ ok: false, code: 'at_aborted', message: 'Nobody waits for the answer any more.' });
  signal.addEventListener('abort', giveUp);
  try {
    return await Promise.race([bus.call(modem, command, { signal }), given]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

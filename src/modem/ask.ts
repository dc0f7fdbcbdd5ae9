import type { AtCommand } from '../at/command.ts';
import type { AtLine, RunOptions } from '../at/channel.ts';
import type { AtFailure, AtOutcome } from '../at/outcome.ts';
import { type Clock, sleep } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';

/** SIM busy (CME 14, CMS 314) and a protocol stack that still starts (515, 532, 535): the same command works a little later. */
const busyCodes: Readonly<Partial<Record<AtFailure['kind'], readonly number[]>>> = {
  CME: [14, 258],
  CMS: [314, 515, 532, 535],
};

/** Whether the modem only says "not now". */
export function isBusy({ kind, code }: AtFailure): boolean {
  return code !== null && (busyCodes[kind]?.includes(code) ?? false);
}

export interface AskOptions extends RunOptions {
  readonly clock: Clock;
  /** How often a busy modem is asked in all; default 20. */
  readonly tries?: number;
  /** Pause between two tries, ms; default 2000: a SIM needs up to 40 s after its PIN. */
  readonly pauseMs?: number;
}

/**
 * Runs a command, and again for as long as the modem is only busy.
 * @throws SimloftError `at_timeout`, `port_closed`, `at_aborted`.
 */
export async function ask(line: Pick<AtLine, 'run'>, command: AtCommand, options: AskOptions): Promise<AtOutcome> {
  const { clock, tries = 20, pauseMs = 2_000, ...run } = options;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await line.run(command, run);
    if (outcome.ok || attempt >= tries || !isBusy(outcome.error)) return outcome;
    await sleep(clock, pauseMs, run.signal);
  }
}

/**
 * Runs a command that a modem may lack: null when it refuses or does not answer in time.
 * @throws SimloftError `port_closed`, `at_aborted`.
 */
export async function tryAsk(
  line: Pick<AtLine, 'run'>,
  command: AtCommand,
  options: RunOptions = {},
): Promise<AtOutcome | null> {
  try {
    const outcome = await line.run(command, options);
    return outcome.ok ? outcome : null;
  } catch (error) {
    if (isTimeout(error)) return null;
    throw error;
  }
}

export function isTimeout(error: unknown): boolean {
  return error instanceof SimloftError && error.code === 'at_timeout';
}

import type { Clock } from '../core/clock.ts';
import type { Leave, ModemEvent } from '../core/events.ts';
import { newId } from '../core/ids.ts';
import type { Logger } from '../core/logger.ts';
import type { Random } from '../core/random.ts';
import type { ModemSettings } from './settings.ts';

/** What the parts of one modem's driver have in common. */
export interface ModemContext {
  /** The configured name of the modem. */
  readonly name: string;
  /** The run of the worker. */
  readonly run: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly settings: ModemSettings;
  /** Resolves when the event is safe; rejects when it is not. */
  readonly publish: (event: ModemEvent) => Promise<void>;
  /** Resolves to whether the handler of events gives leave; rejects when nobody could be asked. */
  readonly ask: (event: ModemEvent) => Promise<Leave>;
  /** For what exists nowhere else: kept and tried again until it is safe. Resolves then; rejects only when the worker has stopped. */
  readonly publishSurely: (event: ModemEvent) => Promise<void>;
}

/** The fields that all events have. */
export function eventBase({ name, run, clock }: ModemContext) {
  return { id: newId(), modem: name, run, at: clock.now() };
}

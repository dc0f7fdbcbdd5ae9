import { createHandler } from '../../app/handler.ts';
import type { Bus, EventHandler } from '../../bus/bus.ts';
import { systemClock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Store } from '../../store/store.ts';
import { storeTroubles } from '../open-parts.ts';
import type { Role } from './role.ts';

export interface HandlerRoleOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly log: Logger;
  /** Looks on at what the handler does. */
  readonly observe?: (handler: EventHandler) => EventHandler;
}

/** Takes events and writes what follows from them; any number of processes may do so. */
export async function startHandlerRole({ store, bus, log, observe }: HandlerRoleOptions): Promise<Role> {
  const handler = createHandler({ store, bus, clock: systemClock, log });
  const subscription = await bus.subscribe('store', observe?.(handler) ?? handler);
  return { troubles: () => storeTroubles(store), stop: () => subscription.stop() };
}

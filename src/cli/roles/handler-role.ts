import { createHandler } from '../../app/handler.ts';
import type { Bus } from '../../bus/bus.ts';
import { systemClock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Store } from '../../store/store.ts';
import { storeTroubles } from '../open-parts.ts';
import type { Watch } from '../watch.ts';
import type { Role } from './role.ts';

export interface HandlerRoleOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly log: Logger;
  readonly watch: Watch | null;
}

/** Takes events and writes what follows from them; any number of processes may do so. */
export async function startHandlerRole({ store, bus, log, watch }: HandlerRoleOptions): Promise<Role> {
  const handler = createHandler({ store, bus, clock: systemClock, log });
  const subscription = await bus.subscribe('store', watch?.handler(handler) ?? handler);
  return { troubles: () => storeTroubles(store), stop: () => subscription.stop() };
}

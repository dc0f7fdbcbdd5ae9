import { createScheduler } from '../../app/scheduler.ts';
import { createWebhookTeller } from '../../app/webhooks/teller.ts';
import type { Bus } from '../../bus/bus.ts';
import type { Settings } from '../../config/settings.ts';
import { systemClock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { systemRandom } from '../../core/random.ts';
import type { Store } from '../../store/store.ts';
import { createCarrier } from '../../webhook/carrier.ts';
import { storeTroubles } from '../open-parts.ts';
import { guardOf } from './guard.ts';
import { retentionOf } from './retention.ts';
import { pollingOf } from './polling.ts';
import type { Role } from './role.ts';

export interface SchedulerRoleOptions {
  readonly settings: Settings;
  readonly store: Store;
  readonly bus: Bus;
  readonly log: Logger;
  /** Others use the same store. */
  readonly shared: boolean;
  /** A modem that is looked after from the start. */
  readonly modem?: string;
}

/** Does what is due by time; any number of processes may do so. */
export function startSchedulerRole({ settings, store, shared, ...rest }: SchedulerRoleOptions): Role {
  const polling = pollingOf(settings);
  const partialAfterMs = settings.partialAfter;
  const scheduler = createScheduler({
    ...rest,
    store,
    shared,
    polling,
    partialAfterMs,
    retention: retentionOf(settings),
    clock: systemClock,
  });
  const teller = createWebhookTeller({
    ...rest,
    store,
    shared,
    clock: systemClock,
    random: systemRandom,
    carrier: createCarrier({ ...guardOf(settings), clock: systemClock }),
  });
  scheduler.start();
  teller.start();
  const stop = async () => void (await Promise.all([scheduler.stop(), teller.stop()]));
  return { troubles: () => storeTroubles(store), stop };
}

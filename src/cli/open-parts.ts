import type { HealthReason } from '../app/queries.ts';
import type { Bus } from '../bus/bus.ts';
import { createInProcessBus } from '../bus/in-process.ts';
import type { QueueDepth } from '../bus/rabbitmq/rabbitmq-bus.ts';
import type { Settings } from '../config/settings.ts';
import { sleep, systemClock } from '../core/clock.ts';
import { SimloftError, toSimloftError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { Store } from '../store/store.ts';

/** A bus, and how it is. */
export interface OpenBus {
  readonly bus: Bus;
  readonly troubles: () => readonly HealthReason[];
  /** What waits in the broker; null where there is none. */
  readonly queueDepths: (() => Promise<readonly QueueDepth[]>) | null;
}

export interface OpenOptions {
  readonly settings: Settings;
  readonly log: Logger;
  /** Who asks, for the lists of connections of the servers: `worker`. */
  readonly role: string;
  /** Ends the waiting for a server. */
  readonly signal?: AbortSignal;
}

/** RabbitMQ where AMQP_URL says so, else a bus within this process. A broker that is away is waited for. */
export async function openBus({ settings, log, role, signal }: OpenOptions): Promise<OpenBus> {
  const { amqpUrl } = settings;
  if (amqpUrl === null)
    return { bus: createInProcessBus({ clock: systemClock, log }), troubles: () => [], queueDepths: null };
  const { openRabbitBus } = await import('../bus/rabbitmq/rabbitmq-bus.ts');
  const bus = await openRabbitBus({ url: amqpUrl, name: `simloft ${role}`, clock: systemClock, log }, signal);
  return {
    bus,
    troubles: () => (bus.trouble === null ? [] : [{ code: 'bus_unavailable', text: bus.trouble }]),
    queueDepths: () => bus.queueDepths(),
  };
}

const retryMs = 1_000;

/** PostgreSQL where DATABASE_URL says so, else SQLite in `directory`. A server that is away is waited for; what a person has to mend is told. */
export async function openStore(options: OpenOptions, directory: string): Promise<Store> {
  const { settings, log, signal } = options;
  const clock = systemClock;
  const { databaseUrl } = settings;
  if (databaseUrl === null) {
    const { openSqliteStore } = await import('../store/sqlite/sqlite-store.ts');
    return openSqliteStore({ directory, clock, log });
  }
  const { openPostgresStore } = await import('../store/postgres/postgres-store.ts');
  let said = '';
  for (;;) {
    try {
      return await openPostgresStore({ url: databaseUrl, clock, log });
    } catch (error) {
      const { message, retryable } = toSimloftError(error);
      if (!(error instanceof SimloftError) || !retryable) throw error;
      if (message !== said) log.warn({}, `The store is waited for: ${message}`);
      said = message;
      await sleep(clock, retryMs, signal);
    }
  }
}

/** What a store says of itself. */
export async function storeTroubles(store: Store): Promise<readonly HealthReason[]> {
  try {
    await store.check();
    return [];
  } catch (thrown) {
    const { code, message } = toSimloftError(thrown);
    return [{ code, text: message }];
  }
}

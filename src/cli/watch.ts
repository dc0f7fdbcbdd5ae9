import type { FastifyInstance } from 'fastify';
import type { EventHandler } from '../bus/bus.ts';
import { systemClock } from '../core/clock.ts';
import type { CommandHandler } from '../core/commands.ts';
import type { ModemEvent } from '../core/events.ts';
import type { Metrics } from '../metrics/contract.ts';
import type { QueueDepth } from '../metrics/queue-gauges.ts';
import type { WatchedStore } from '../metrics/store-gauges.ts';

/** Looks on at the work of this process and counts; nothing that it does can disturb the work. */
export interface Watch {
  readonly metrics: Metrics;
  handler(handler: EventHandler): EventHandler;
  publish<Answer>(publish: (event: ModemEvent) => Promise<Answer>): (event: ModemEvent) => Promise<Answer>;
  commands(modem: string, handler: CommandHandler): CommandHandler;
  store(store: WatchedStore): void;
  queues(read: () => Promise<readonly QueueDepth[]>): void;
  requests(server: FastifyInstance): void;
}

/** Begins to count. Its modules are loaded only here: who asks for no metrics does not pay for them. */
export async function openWatch(role: string): Promise<Watch> {
  const [
    { createMetrics },
    { observeHandler },
    { observePublish },
    { observeCommands },
    { watchStore },
    { watchQueues },
    { observeRequests },
  ] = await Promise.all([
    import('../metrics/metrics.ts'),
    import('../metrics/observe-handler.ts'),
    import('../metrics/observe-publish.ts'),
    import('../metrics/observe-commands.ts'),
    import('../metrics/store-gauges.ts'),
    import('../metrics/queue-gauges.ts'),
    import('../metrics/observe-requests.ts'),
  ]);
  const metrics = createMetrics({ role, clock: systemClock });
  return {
    metrics,
    handler: (handler) => observeHandler(handler, metrics),
    publish: (publish) => observePublish(publish, metrics),
    commands: (modem, handler) => observeCommands(handler, metrics, modem),
    store: (store) => watchStore(store, metrics),
    queues: (read) => watchQueues(read, metrics),
    requests: (server) => observeRequests(server, metrics),
  };
}

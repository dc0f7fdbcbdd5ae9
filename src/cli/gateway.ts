import type { LoadedSettings } from '../config/load.ts';
import type { OpenStream } from '../core/byte-stream.ts';
import type { Logger } from '../core/logger.ts';
import { openBus, openStore } from './open-parts.ts';
import { startHandlerRole } from './roles/handler-role.ts';
import type { Role } from './roles/role.ts';
import { startSchedulerRole } from './roles/scheduler-role.ts';
import { startWorkerRole } from './roles/worker-role.ts';
import type { Watch } from './watch.ts';

export interface GatewayOptions {
  readonly settings: LoadedSettings;
  readonly log: Logger;
  /** The modem on this machine; null when all modems have workers elsewhere. */
  readonly port: GatewayPort | null;
  /** Where the store and the memory of PINs live. */
  readonly directory: string;
  /** The name that the modem has in all rows. */
  readonly modem: string;
  /** Null when nobody asks for metrics. */
  readonly watch: Watch | null;
  /** Carries out an order to the built-in virtual modem; left out with a real one. */
  readonly demo?: (order: unknown) => Readonly<Record<string, unknown>>;
}

export interface GatewayPort {
  /** What a person calls the modem's port. */
  readonly name: string;
  readonly open: OpenStream;
  /** PIN of its SIM card; null for none. */
  readonly pin: string | null;
}

export interface Gateway {
  /** Where the API listens: `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more work, lets a message that is being sent end (for some seconds), and closes everything. */
  stop(): Promise<void>;
}

/** All roles in one process: the modem's worker, the handler, the scheduler and the API. */
export async function startGateway({
  settings,
  log,
  port,
  directory,
  modem,
  watch,
  demo,
}: GatewayOptions): Promise<Gateway> {
  const shared = settings.amqpUrl !== null || settings.databaseUrl !== null;
  const opening = { settings, log, role: 'gateway' };
  const store = await openStore(opening, directory);
  const { bus, troubles, queueDepths } = await openBus(opening);
  // They stop in the order opposite to that of the messages: what has been taken in hand is finished.
  const running: Role[] = [];
  const stop = async () => {
    for (const role of running.toReversed()) await role.stop();
    await bus.close();
    await store.close();
  };
  try {
    // Nobody else uses this store: whoever had messages in hand is gone.
    watch?.store(store);
    if (queueDepths !== null) watch?.queues(queueDepths);
    if (!shared) await store.releaseAllOutgoing();
    running.push(await startHandlerRole({ store, bus, log, watch }));
    // The modem comes first: it may hold messages, and its bytes travel while the rest is being loaded.
    if (port !== null) {
      const { name, ...its } = port;
      running.push(startWorkerRole({ settings, log, bus, modem, port: name, ...its, directory, shared, watch }));
    }
    running.push(startSchedulerRole({ settings, store, bus, log, modem, shared }));
    const { startApiRole } = await import('./roles/api-role.ts');
    const api = await startApiRole({ settings, store, bus, log, modem, troubles, watch, demo: demo ?? null });
    running.push(api);
    return { url: api.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

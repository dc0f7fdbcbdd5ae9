import { createHandler } from '../app/handler.ts';
import { createQueries } from '../app/queries.ts';
import { createScheduler } from '../app/scheduler.ts';
import { createSendMessage } from '../app/send-message.ts';
import { createInProcessBus } from '../bus/in-process.ts';
import type { Settings } from '../config/settings.ts';
import type { OpenStream } from '../core/byte-stream.ts';
import { sleep, systemClock } from '../core/clock.ts';
import { newId } from '../core/ids.ts';
import type { Logger } from '../core/logger.ts';
import { systemRandom } from '../core/random.ts';
import { FilePinMemory } from '../modem/pin-memory.ts';
import { ModemWorker } from '../modem/worker.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { listen } from './listen.ts';

export interface GatewayOptions {
  readonly settings: Settings;
  readonly log: Logger;
  /** What a person calls the modem's port. */
  readonly port: string;
  readonly open: OpenStream;
  /** Where the store and the memory of PINs live. */
  readonly directory: string;
  /** The name that the modem has in all rows. */
  readonly modem: string;
}

export interface Gateway {
  /** Where the API listens: `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more work, lets a message that is being sent end (for some seconds), and closes everything. */
  stop(): Promise<void>;
}

/** A message between Ctrl-Z and its answer gets this long at a stop; then its end is unknown. Below the 10 s that Docker waits. */
const lastWordMs = 8_000;

/** All roles in one process: the modem's worker, the handler, the dispatcher, the poller and the API. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { settings, log, open, directory, modem } = options;
  const clock = systemClock;
  const random = systemRandom;
  const store = await openSqliteStore({ directory, clock, log });
  const bus = createInProcessBus({ clock, log });
  await bus.subscribe('store', createHandler({ store, bus, clock, log }));
  const worker = new ModemWorker({
    name: modem,
    run: newId(),
    port: options.port,
    open,
    publish: (event) => bus.publish(event),
    ask: (event) => bus.ask(event),
    clock,
    random,
    log: log.child({ modem }),
    pin: settings.modemPin,
    pinMemory: new FilePinMemory(directory),
    settings: {
      sweepIntervalMs: settings.sweepInterval,
      memory: settings.smsMemory,
      family: settings.modemFamily,
      rejectCalls: settings.calls === 'reject',
    },
  });
  const serving = await bus.serve(modem, worker.execute);
  // The modem comes first: it may hold messages, and its bytes travel while the rest is being loaded.
  worker.start();
  // Nobody else uses this store: whoever had messages in hand is gone.
  await store.releaseAllOutgoing();
  const scheduler = createScheduler({
    store,
    bus,
    clock,
    log,
    modem,
    polling: pollingOf(settings),
    partialAfterMs: settings.partialAfter,
    shared: false,
  });
  scheduler.start();
  const sendMessage = createSendMessage({ store, bus, clock, random, modem });
  const stop = async () => {
    await scheduler.stop();
    const spoken = new AbortController();
    const patience = sleep(clock, lastWordMs, spoken.signal).catch(() => {});
    await Promise.race([serving.stop(), patience]);
    spoken.abort();
    await worker.stop();
    await bus.close();
    await store.close();
  };
  try {
    const queries = createQueries({ store, modem });
    const server = await listen({
      settings,
      log,
      queries,
      sendMessage: (request) => sendMessage({ expiresInMs: settings.sendExpiry, ...request }),
    });
    return {
      url: server.url,
      async stop() {
        await server.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function pollingOf(settings: Settings) {
  return {
    intervals: {
      operator: settings.operatorInterval,
      signal: settings.signalInterval,
      technology: settings.technologyInterval,
      sweep: settings.sweepInterval,
      balance: settings.balanceInterval,
    },
    balanceUssd: settings.balanceUssd,
    balancePattern: settings.balancePattern,
  };
}

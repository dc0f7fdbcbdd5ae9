import type { Bus, Subscription } from '../bus/bus.ts';
import type { Clock } from '../core/clock.ts';
import { newId } from '../core/ids.ts';
import type { Logger } from '../core/logger.ts';
import type { Store } from '../store/store.ts';
import { createDispatcher } from './dispatcher.ts';
import { Loop } from './loop.ts';
import { showPartialSets } from './partial-sets.ts';
import { forgetCodeTexts, forgetOld, keepAll, type Retention } from './privacy/forget.ts';
import { createPoller, type Polling } from './poller.ts';

export interface SchedulerOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Logger;
  readonly polling: Polling;
  /** How old an incomplete set is when it is shown with gaps, ms. */
  readonly partialAfterMs?: number;
  /** A modem that is looked after from the start; others are as soon as their worker or a message for them is known. */
  readonly modem?: string;
  /** Others may run beside it: then a row says who fires a job. Without it every job is fired here, and nothing is written for that. */
  readonly shared: boolean;
  /** How long things are kept; for ever by default. */
  readonly retention?: Retention;
}

export interface Scheduler {
  start(): void;
  /** Fires and hands over nothing more; waits for what is under way. */
  stop(): Promise<void>;
}

const partialSetsEveryMs = 60_000;
const forgetEveryMs = 15 * 60_000;
const forgetCodesEveryMs = 30_000;
const lookEveryMs = 30_000;
/** Between processes a wake-up may be lost with the broker; rows are then found so soon, ms. */
const sharedLookMs = 5_000;

/**
 * What is done by time: hands messages that are due to their workers, polls modems, shows incomplete messages. Any number of them may
 * run: messages are claimed, and of all that are awake one fires a job.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { store, bus, clock, log, polling, shared } = options;
  const owner = newId();
  const mayFire = async (name: string, sinceMs: number): Promise<boolean> => {
    const now = clock.now();
    return store.fire(name, now, now - sinceMs);
  };
  const loopOptions = { clock, log, ...(shared ? { mayFire } : {}) };
  const modems = new Map<string, { stop(): Promise<void> }>();
  const meet = (modem: string): void => {
    if (modems.has(modem)) return;
    const about = { store, bus, clock, log, modem };
    const dispatcher = createDispatcher({ ...about, owner, shared, ...(shared ? { everyMs: sharedLookMs } : {}) });
    const poller = createPoller({ ...about, polling, ...loopOptions });
    modems.set(modem, { stop: async () => void (await Promise.all([poller.stop(), dispatcher.stop()])) });
    dispatcher.start();
    poller.start();
  };
  const look = async (): Promise<void> => {
    const known = (await store.modems()).map(({ modem }) => modem);
    for (const modem of [...known, ...(await store.modemsWithQueued())]) meet(modem);
  };
  const partialSets = new Loop(
    {
      name: 'partial sets',
      everyMs: partialSetsEveryMs,
      afterReadyMs: null,
      async run() {
        await showPartialSets({ store, bus, clock }, options.partialAfterMs);
      },
    },
    loopOptions,
  );
  const forgetting = { store, clock, log, retention: options.retention ?? keepAll };
  const forget = new Loop(
    {
      name: 'forget',
      everyMs: forgetEveryMs,
      afterReadyMs: null,
      run: (_ttl, signal) => forgetOld(forgetting, signal),
    },
    loopOptions,
  );
  const forgetCodes = new Loop(
    {
      name: 'forget codes',
      everyMs: forgetCodesEveryMs,
      afterReadyMs: null,
      run: (_ttl, signal) => forgetCodeTexts(forgetting, signal),
    },
    loopOptions,
  );
  // Each looks for itself, whoever has done so lately.
  const looking = new Loop({ name: 'modems', everyMs: lookEveryMs, afterReadyMs: null, run: look }, { clock, log });
  let listening: Subscription | null = null;
  return {
    start() {
      listening = bus.listen((notice) => {
        if (notice.type === 'modem.changed' || notice.type === 'message.queued') meet(notice.modem);
      });
      if (options.modem !== undefined) meet(options.modem);
      look().catch((error: unknown) => log.warn({ err: error }, 'The modems could not be looked up yet.'));
      partialSets.start();
      forget.start();
      if (forgetting.retention.codeTexts !== null) forgetCodes.start();
      looking.start();
    },
    async stop() {
      await listening?.stop();
      await Promise.all([partialSets, forget, forgetCodes, looking].map((loop) => loop.stop()));
      await Promise.all([...modems.values()].map((modem) => modem.stop()));
    },
  };
}

import type { Bus, Subscription } from '../bus/bus.ts';
import type { ModemCommand } from '../core/commands.ts';
import { newId } from '../core/ids.ts';
import type { LiveNotice } from '../core/live.ts';
import type { StatusTopic } from '../core/modem-status.ts';
import type { Store } from '../store/store.ts';
import { askModem } from './ask-modem.ts';
import { changeAndTell } from './feed.ts';
import { loseWorker } from './link.ts';
import { type Job, Loop, type LoopOptions } from './loop.ts';
import { pollBalance } from './poll-balance.ts';

/** How often each thing is asked for, ms; 0 means never. */
export interface PollIntervals {
  readonly operator: number;
  readonly signal: number;
  readonly technology: number;
  readonly sweep: number;
  readonly balance: number;
}

export const defaultPollIntervals: PollIntervals = {
  operator: 60_000,
  signal: 60_000,
  technology: 60_000,
  sweep: 30_000,
  balance: 3_600_000,
};

/** What a modem is asked for. */
export interface Polling {
  readonly intervals?: PollIntervals;
  /** The code that asks the operator for the balance; without one it is not asked. */
  readonly balanceUssd?: string | null;
  readonly balancePattern?: RegExp | null;
}

export interface PollerOptions extends LoopOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly modem: string;
  readonly polling?: Polling;
}

export interface Poller {
  start(): void;
  stop(): Promise<void>;
}

/** The first balance waits until the registration and the first sweep are through. */
const balanceAfterReadyMs = 10_000;

/**
 * Asks the modem for what changes with time. A question lives as long as the pause until the next one, and the next one is not asked
 * before this one is answered, so that nothing piles up while the modem is away.
 */
export function createPoller(options: PollerOptions): Poller {
  const loops = jobsOf(options)
    .filter((job) => job.everyMs > 0)
    .map((job) => new Loop(job, options));
  let listening: Subscription | null = null;
  let wasReady = false;
  const ready = async (): Promise<boolean> => {
    const record = (await options.store.modems()).find(({ modem }) => modem === options.modem);
    return record?.state === 'ready';
  };
  const look = async (): Promise<void> => {
    const isReady = await ready();
    if (isReady && !wasReady) for (const loop of loops) loop.modemIsReady();
    wasReady = isReady;
  };
  const lookNow = (): void => {
    look().catch((error: unknown) => options.log.error({ err: error }, 'The state of the modem could not be read.'));
  };
  const hear = (notice: LiveNotice): void => {
    if (notice.type === 'modem.changed' && notice.modem === options.modem) lookNow();
  };
  return {
    start() {
      listening = options.bus.listen(hear);
      for (const loop of loops) loop.start();
      lookNow();
    },
    async stop() {
      await listening?.stop();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function jobsOf(options: PollerOptions): Job[] {
  const { modem, clock, store, bus, polling = {} } = options;
  const { intervals = defaultPollIntervals } = polling;
  const poll = async (command: ModemCommand, signal: AbortSignal): Promise<void> => {
    const result = await askModem({ bus, modem, signal }, command);
    if (!result.ok && result.code === 'no_worker') await noteLoss(options);
  };
  const jobs: Job[] = statusGroups(intervals).map(([everyMs, topics]) => ({
    name: `${modem}: ${topics.join(' ')}`,
    everyMs,
    afterReadyMs: 0,
    async run(ttlMs, signal) {
      await poll({ id: newId(), type: 'read-status', topics, expiresAt: clock.now() + ttlMs }, signal);
    },
  }));
  jobs.push({
    name: `${modem}: sweep`,
    everyMs: intervals.sweep,
    // A worker sweeps by itself when it becomes ready.
    afterReadyMs: intervals.sweep,
    async run(ttlMs, signal) {
      await poll({ id: newId(), type: 'sweep', expiresAt: clock.now() + ttlMs }, signal);
    },
  });
  const { balanceUssd: code, balancePattern: pattern } = polling;
  if (code !== null && code !== undefined && code !== '') {
    jobs.push({
      name: `${modem}: balance`,
      everyMs: intervals.balance,
      afterReadyMs: balanceAfterReadyMs,
      async run(ttlMs, signal) {
        await pollBalance({ store, bus, clock, modem, code, ttlMs, signal, ...(pattern ? { pattern } : {}) });
      },
    });
  }
  return jobs;
}

/** A worker that was killed could not tell that its link is down. */
async function noteLoss(options: PollerOptions): Promise<void> {
  const { modem } = options;
  await changeAndTell(options, async (tx) => ({ notices: await loseWorker(tx, modem) }), { key: modem });
}

/**
 * Topics that are asked for equally often share one command, and one write to the disk. The registration comes before the operator: who finds
 * the network between the two is told so by the modem, and asked for its name then.
 */
function statusGroups(intervals: PollIntervals): [everyMs: number, topics: StatusTopic[]][] {
  const wanted: readonly [number, StatusTopic[]][] = [
    [intervals.operator, ['registration', 'operator', 'sim', 'storage']],
    [intervals.signal, ['signal']],
    [intervals.technology, ['technology']],
  ];
  const groups = new Map<number, StatusTopic[]>();
  for (const [everyMs, topics] of wanted) groups.set(everyMs, [...(groups.get(everyMs) ?? []), ...topics]);
  return [...groups];
}

import type { Bus, Subscription } from '../bus/bus.ts';
import type { Clock, Timer } from '../core/clock.ts';
import { newId } from '../core/ids.ts';
import type { LiveNotice } from '../core/live.ts';
import type { Logger } from '../core/logger.ts';
import type { StatusTopic } from '../core/modem-status.ts';
import type { Store } from '../store/store.ts';
import { askModem } from './ask-modem.ts';
import { showPartialSets } from './partial-sets.ts';
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

export interface PollerOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Logger;
  readonly modem: string;
  readonly intervals?: PollIntervals;
  /** The code that asks the operator for the balance; without one it is not asked. */
  readonly balanceUssd?: string | null;
  readonly balancePattern?: RegExp | null;
  /** How old an incomplete set is when it is shown with gaps, ms. */
  readonly partialAfterMs?: number;
}

export interface Poller {
  start(): void;
  stop(): Promise<void>;
}

interface Job {
  readonly name: string;
  readonly everyMs: number;
  /** Wait after the modem has become ready, ms; null for a job that needs no modem. */
  readonly afterReadyMs: number | null;
  readonly run: (ttlMs: number, signal: AbortSignal) => Promise<void>;
}

/** The first balance waits until the registration and the first sweep are through. */
const balanceAfterReadyMs = 10_000;
const partialSetsEveryMs = 60_000;

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
  const hear = (notice: LiveNotice): void => {
    if (notice.type !== 'modem.changed' || notice.modem !== options.modem) return;
    look().catch((error: unknown) => options.log.error({ err: error }, 'The state of the modem could not be read.'));
  };
  return {
    start() {
      listening = options.bus.listen(hear);
      for (const loop of loops) loop.start();
      hear({ type: 'modem.changed', modem: options.modem });
    },
    async stop() {
      await listening?.stop();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** Runs one job again and again: never two at a time, the next one `everyMs` after the last began. */
class Loop {
  readonly #job: Job;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #abort = new AbortController();
  #timer: Timer | null = null;
  #running: Promise<void> | null = null;

  constructor(job: Job, { clock, log }: PollerOptions) {
    this.#job = job;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#arm(this.#job.everyMs);
  }

  modemIsReady(): void {
    if (this.#job.afterReadyMs !== null && this.#running === null) this.#arm(this.#job.afterReadyMs);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#timer?.cancel();
    await this.#running;
  }

  #arm(ms: number): void {
    if (this.#abort.signal.aborted) return;
    this.#timer?.cancel();
    this.#timer = this.#clock.after(ms, () => {
      this.#running = this.#once().finally(() => {
        this.#running = null;
      });
    });
  }

  async #once(): Promise<void> {
    const { name, everyMs, run } = this.#job;
    const begun = this.#clock.monotonic();
    try {
      await run(everyMs, this.#abort.signal);
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#log.warn({ err: error, poll: name }, 'A poll failed; it goes on.');
    }
    this.#arm(Math.max(0, everyMs - (this.#clock.monotonic() - begun)));
  }
}

function jobsOf(options: PollerOptions): Job[] {
  const { store, bus, clock, modem, intervals = defaultPollIntervals } = options;
  const jobs: Job[] = statusGroups(intervals).map(([everyMs, topics]) => ({
    name: topics.join(' '),
    everyMs,
    afterReadyMs: 0,
    async run(ttlMs, signal) {
      await askModem(
        { bus, modem, signal },
        { id: newId(), type: 'read-status', topics, expiresAt: clock.now() + ttlMs },
      );
    },
  }));
  jobs.push({
    name: 'sweep',
    everyMs: intervals.sweep,
    // A worker sweeps by itself when it becomes ready.
    afterReadyMs: intervals.sweep,
    async run(ttlMs, signal) {
      await askModem({ bus, modem, signal }, { id: newId(), type: 'sweep', expiresAt: clock.now() + ttlMs });
    },
  });
  jobs.push({
    name: 'partial sets',
    everyMs: partialSetsEveryMs,
    afterReadyMs: null,
    async run() {
      const notices = await showPartialSets(store, clock.now(), options.partialAfterMs);
      for (const notice of notices) bus.announce(notice);
    },
  });
  const { balanceUssd: code, balancePattern: pattern } = options;
  if (code !== null && code !== undefined && code !== '') {
    jobs.push({
      name: 'balance',
      everyMs: intervals.balance,
      afterReadyMs: balanceAfterReadyMs,
      async run(ttlMs, signal) {
        await pollBalance({ store, bus, clock, modem, code, ttlMs, signal, ...(pattern ? { pattern } : {}) });
      },
    });
  }
  return jobs;
}

/** Topics that are asked for equally often share one command, and one write to the disk. */
function statusGroups(intervals: PollIntervals): [everyMs: number, topics: StatusTopic[]][] {
  const wanted: readonly [number, StatusTopic[]][] = [
    [intervals.operator, ['operator', 'registration']],
    [intervals.signal, ['signal']],
    [intervals.technology, ['technology']],
  ];
  const groups = new Map<number, StatusTopic[]>();
  for (const [everyMs, topics] of wanted) groups.set(everyMs, [...(groups.get(everyMs) ?? []), ...topics]);
  return [...groups];
}

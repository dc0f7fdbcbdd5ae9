import type { Bus } from '../../bus/bus.ts';
import type { Clock, Timer } from '../../core/clock.ts';
import { isFeedType, type LiveNotice } from '../../core/live.ts';
import type { Logger } from '../../core/logger.ts';
import type { StoreReads } from '../../store/store.ts';
import type { Follower } from './follower.ts';
import type { LiveItem } from './live-event.ts';
import { loadEvents } from './load-events.ts';

export interface FeedReaderOptions {
  readonly store: StoreReads;
  readonly bus: Pick<Bus, 'listen'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Others use the same store: a notice of what they did may be lost. */
  readonly shared: boolean;
}

/** Between processes a notice may be lost; what happened is then found so soon, ms. */
const lookEveryMs = 5_000;
/** A broker needs a moment to hand over the first notices: until then it is looked more often, ms. */
const firstLookMs = 50;
const retryMs = 1_000;
const batch = 500;

/**
 * The one reader of what happens in this process: it wakes on notices, reads each event once, with its row, and hands it to all
 * who follow. Without followers it does nothing.
 */
export class FeedReader {
  readonly #options: FeedReaderOptions;
  readonly #followers = new Set<Follower>();
  /** The id up to which all followers have been told; null while there are none. */
  #last: number | null = null;
  #starting: Promise<number> | null = null;
  /** Grows when the last follower leaves: what was being read for them is nobody's any more. */
  #epoch = 0;
  #listening = false;
  #lookMs = firstLookMs;
  #timer: Timer | null = null;
  #reading = false;
  #again = false;

  constructor(options: FeedReaderOptions) {
    this.#options = options;
  }

  /** From now on `follower` gets all events with an id above the one that is returned. @throws SimloftError `store_unavailable` */
  async join(follower: Follower): Promise<number> {
    this.#followers.add(follower);
    if (this.#last !== null) return this.#last;
    try {
      return await (this.#starting ??= this.#start());
    } catch (error) {
      this.leave(follower);
      throw error;
    }
  }

  leave(follower: Follower): void {
    if (!this.#followers.delete(follower) || this.#followers.size > 0) return;
    this.#epoch += 1;
    this.#last = null;
    this.#starting = null;
    this.#timer?.cancel();
    this.#timer = null;
  }

  async #start(): Promise<number> {
    if (!this.#listening) {
      // For good: with a broker, to hear again after a pause would take as long as the first time.
      this.#listening = true;
      this.#options.bus.listen((notice) => this.#hear(notice));
    }
    const epoch = this.#epoch;
    const { last } = await this.#options.store.feedEnds();
    if (epoch === this.#epoch) {
      this.#last = last;
      // What was told of while the place was asked for.
      this.#wake();
    }
    return last;
  }

  #hear(notice: LiveNotice): void {
    if (this.#last === null) return;
    if (isFeedType(notice.type)) this.#wake();
    else if (notice.type === 'reading.changed') void this.#tellReading(notice.key, notice.modem);
  }

  #wake(): void {
    this.#again = true;
    if (!this.#reading) void this.#readAll();
  }

  async #readAll(): Promise<void> {
    this.#reading = true;
    this.#timer?.cancel();
    let failed = false;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#read();
      }
    } catch (error) {
      failed = true;
      if (this.#last !== null)
        this.#options.log.warn({ err: error }, 'What happened could not be read; it is tried again.');
    }
    this.#reading = false;
    // Asked for while the last look failed, or by somebody who came when all others had just gone.
    if (this.#again && !failed) this.#wake();
    else this.#arm(failed);
  }

  async #read(): Promise<void> {
    const { store } = this.#options;
    const epoch = this.#epoch;
    for (;;) {
      const after = this.#last;
      if (after === null) return;
      const events = await store.feedAfter(after, batch);
      const first = events[0]?.id ?? after + 1;
      const forgotten = first > after + 1 ? (await store.feedEnds()).first - 1 : 0;
      const items = await loadEvents(store, events);
      if (epoch !== this.#epoch) return;
      if (forgotten > after) this.#tell({ type: 'reset', id: forgotten, reason: 'forgotten' });
      for (const item of items) this.#tell(item);
      this.#last = events.at(-1)?.id ?? after;
      if (events.length < batch) return;
    }
  }

  #tell(item: LiveItem): void {
    for (const follower of this.#followers) follower.push(item);
  }

  async #tellReading(key: string, modem: string): Promise<void> {
    const { store, log } = this.#options;
    const wanting = () => [...this.#followers].filter(({ readings }) => readings);
    if (wanting().length === 0) return;
    try {
      const reading = await store.reading(key, modem);
      if (reading === null) return;
      for (const follower of wanting()) follower.push({ type: 'reading.changed', modem, reading });
    } catch (error) {
      log.debug({ err: error }, 'A new reading could not be read.');
    }
  }

  /** In one process each change is told of: then only a look that failed is made again. */
  #arm(failed: boolean): void {
    this.#timer?.cancel();
    if (this.#last === null || (!failed && !this.#options.shared)) return;
    this.#timer = this.#options.clock.after(failed ? retryMs : this.#lookMs, () => this.#wake());
    if (!failed) this.#lookMs = Math.min(lookEveryMs, this.#lookMs * 2);
  }
}

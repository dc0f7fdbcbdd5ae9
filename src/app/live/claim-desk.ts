import type { Clock, Timer } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { ClaimKind } from '../../store/claim-records.ts';
import type { Store } from '../../store/store.ts';
import type { Follower } from './follower.ts';
import type { LiveEvent } from './live-event.ts';

export interface ClaimDeskOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Rows that were given back by another process are found so soon, ms. */
const lookEveryMs = 5_000;
/** Rows that are remembered as claimed. */
const most = 200;

/**
 * Where those who wait in this process claim: of all of them one at a time asks the store for a row, so that a message for which a
 * hundred wait costs one question. A row that is given back is offered to them again.
 */
export class ClaimDesk {
  readonly #options: ClaimDeskOptions;
  readonly #waiting = new Set<Follower>();
  /** Rows that somebody has, or asks for, with the events that told of them; oldest first. */
  readonly #taken = new Map<string, { readonly kind: ClaimKind; readonly event: LiveEvent }>();
  #timer: Timer | null = null;

  constructor(options: ClaimDeskOptions) {
    this.#options = options;
  }

  enter(follower: Follower): void {
    this.#waiting.add(follower);
    this.#arm();
  }

  leave(follower: Follower): void {
    this.#waiting.delete(follower);
    if (this.#waiting.size > 0) return;
    this.#taken.clear();
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** Whether the row of an event is the caller's now. @throws SimloftError `store_unavailable` */
  async claim(kind: ClaimKind, event: LiveEvent, by: string): Promise<boolean> {
    const { row } = event;
    if (row === null) return false;
    const key = keyOf(kind, row);
    if (this.#taken.has(key)) return false;
    this.#taken.set(key, { kind, event });
    const [oldest] = this.#taken.keys();
    if (this.#taken.size > most && oldest !== undefined) this.#taken.delete(oldest);
    try {
      return await this.#options.store.claimRow({ kind, row, by, at: this.#options.clock.now() });
    } catch (error) {
      // Whether it was written is not known; who asks next is told.
      this.#offer(key);
      throw error;
    }
  }

  /** Gives a row back that nobody was told of. */
  async release(kind: ClaimKind, row: number, by: string): Promise<void> {
    await this.#options.store.releaseRow({ kind, row, by });
    this.#offer(keyOf(kind, row));
  }

  #offer(key: string): void {
    const found = this.#taken.get(key);
    if (found === undefined) return;
    this.#taken.delete(key);
    for (const follower of this.#waiting) follower.push(found.event);
  }

  #arm(): void {
    this.#timer ??= this.#options.clock.after(lookEveryMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    const { store, log } = this.#options;
    try {
      for (const kind of ['message', 'call'] as const) {
        const rows = [...this.#taken.values()].flatMap(({ kind: its, event }) =>
          its === kind && event.row !== null ? [event.row] : [],
        );
        if (rows.length === 0) continue;
        const claimed = await store.claimedRows(kind, rows);
        for (const row of rows.filter((one) => !claimed.has(one))) this.#offer(keyOf(kind, row));
      }
    } catch (error) {
      log.debug({ err: error }, 'What was given back could not be looked up; it is tried again.');
    }
    this.#timer = null;
    if (this.#waiting.size > 0) this.#arm();
  }
}

const keyOf = (kind: ClaimKind, row: number): string => `${kind} ${row}`;

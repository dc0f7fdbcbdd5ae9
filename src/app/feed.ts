import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../core/clock.ts';
import { isFeedType, type LiveNotice } from '../core/live.ts';
import type { FeedEvent } from '../store/feed-records.ts';
import type { Store, StoreTransaction, TransactionOptions } from '../store/store.ts';

export interface Teller {
  readonly store: Pick<Store, 'transaction'>;
  readonly bus: Pick<Bus, 'announce'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What a transaction has come to, and what is to be told of it. */
export interface Told {
  readonly notices: readonly LiveNotice[];
}

/**
 * Changes the store and tells of it: what is told is written in the same transaction, for who is away, and announced when that
 * has committed.
 */
export async function changeAndTell<Result extends Told>(
  { store, bus, clock }: Teller,
  work: (tx: StoreTransaction) => Promise<Result>,
  options?: TransactionOptions,
): Promise<Result> {
  const result = await store.transaction(async (tx) => {
    const done = await work(tx);
    // Last, as its lock holds up all others.
    await tx.addFeed(done.notices.flatMap((notice) => toEvent(notice, clock.now())));
    return done;
  }, options);
  for (const notice of result.notices) bus.announce(notice);
  return result;
}

function toEvent(notice: LiveNotice, at: number): Omit<FeedEvent, 'id'>[] {
  const { type, modem } = notice;
  if (!isFeedType(type)) return [];
  return [{ at, type, modem, row: 'id' in notice ? notice.id : null, detail: detailOf(notice) }];
}

function detailOf(notice: LiveNotice): string | null {
  if ('state' in notice) return notice.state;
  return 'outcome' in notice ? notice.outcome : null;
}

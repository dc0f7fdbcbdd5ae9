import type { StoreReads } from '../../store/store.ts';
import type { FeedReader } from './feed-reader.ts';
import type { Follower } from './follower.ts';
import type { LiveItem, LiveReset } from './live-event.ts';
import { loadEvents } from './load-events.ts';

export interface Following {
  readonly follower: Follower;
  /** An id of the feed: what happened after it is told. */
  readonly after: number;
  readonly signal: AbortSignal;
}

const batch = 100;

/**
 * What happened after a place and what happens from then on, each event once and in order, until `signal` is aborted or the
 * follower was cut for being too slow: who goes on then after the last id that came misses nothing.
 * @throws SimloftError `store_unavailable`
 */
export async function* follow(
  { store, reader }: { readonly store: StoreReads; readonly reader: FeedReader },
  { follower, after, signal }: Following,
): AsyncGenerator<LiveItem> {
  const position = await reader.join(follower);
  try {
    let at = after;
    const reset = await lost(store, at, position);
    if (reset !== null) {
      yield reset;
      at = reset.id;
    }
    const from = at;
    while (at < position && !signal.aborted) {
      const page = await store.feedAfter(at, batch);
      const events = page.filter(({ id }) => id <= position);
      yield* await loadEvents(store, events);
      at = page.at(-1)?.id ?? position;
    }
    for (;;) {
      const item = await follower.next(signal);
      if (item === null) return;
      // The reader may be behind the place that somebody already knows of.
      if (item.type === 'reading.changed' || item.id > from) yield item;
    }
  } finally {
    reader.leave(follower);
  }
}

/** Whether what happened after a place is not there, or not yet. */
async function lost(store: StoreReads, after: number, position: number): Promise<LiveReset | null> {
  if (after === position) return null;
  const { first, last } = await store.feedEnds();
  if (after > last) return { type: 'reset', id: last, reason: 'ahead' };
  return after + 1 < first ? { type: 'reset', id: first - 1, reason: 'forgotten' } : null;
}

import type { FeedType } from '../core/live.ts';

/** One thing that happened. It names the row; the row tells how things are now. */
export interface FeedEvent {
  /** Grows in the order of commits: who has read up to an id has missed nothing before it. */
  readonly id: number;
  readonly at: number;
  readonly type: FeedType;
  readonly modem: string;
  /** Id of the message or call; null for a modem. */
  readonly row: number | null;
  /** State of a message to be sent or of a modem, outcome of a call, as they were then; null for received messages. */
  readonly detail: string | null;
}

export interface FeedReads {
  /** Oldest first, with an id above `after`. */
  feedAfter(after: number, limit: number): Promise<FeedEvent[]>;
  /** The ids that there are: what is below `first` was pruned. Both 0 while nothing ever happened; `first` is `last + 1` when all is pruned. */
  feedEnds(): Promise<{ readonly first: number; readonly last: number }>;
  /** The id of the last event before a moment; that before the first one when all that there are came later. */
  feedIdBefore(at: number): Promise<number>;
}

export interface FeedWrites {
  /** To be called last in a transaction: the ids are taken under a lock that all others wait for. */
  addFeed(events: readonly Omit<FeedEvent, 'id'>[]): Promise<void>;
  /** Forgets what happened before, at most so much at a time. Returns how many. */
  pruneFeed(batch: { readonly before: number; readonly limit: number }): Promise<number>;
}

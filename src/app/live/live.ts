import type { Bus } from '../../bus/bus.ts';
import type { Clock } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { Store } from '../../store/store.ts';
import { ClaimDesk } from './claim-desk.ts';
import { FeedReader } from './feed-reader.ts';
import { follow } from './follow.ts';
import { Follower } from './follower.ts';
import type { LiveItem } from './live-event.ts';
import { waitFor, type Waited, type WaitRequest } from './wait.ts';

export interface LiveOptions {
  readonly store: Store;
  readonly bus: Pick<Bus, 'listen'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Others use the same store; true by default. */
  readonly shared?: boolean;
}

/** More of them at once have no place in one process. */
export const mostListeners = 2_000;

/** What happens, as it happens. */
export interface Live {
  /** Time for those who listen. */
  readonly clock: Clock;
  /**
   * What happened after an id of the feed, and what happens then, until `signal` is aborted or
   * the caller was too slow.
   * @throws SimloftError `too_many_listeners`, at once; later `store_unavailable`.
   */
  follow(
    after: number,
    options: { readonly readings: boolean; readonly signal: AbortSignal },
  ): AsyncGenerator<LiveItem>;
  /** @throws SimloftError `too_many_listeners`, `store_unavailable` */
  wait<Hit>(request: WaitRequest<Hit>): Promise<Waited<Hit>>;
  /** The id of the feed that what happens from a moment on comes after, epoch ms; of what happens from now on by default. */
  placeOf(at?: number): Promise<number>;
}

export function createLive({ store, bus, clock, log, shared = true }: LiveOptions): Live {
  const reader = new FeedReader({ store, bus, clock, log, shared });
  const desk = new ClaimDesk({ store, clock, log });
  let listeners = 0;
  const enter = (): void => {
    if (listeners >= mostListeners)
      throw new SimloftError(
        'too_many_listeners',
        `${mostListeners} programs listen or wait already. End some of them, or ask another process of the API.`,
      );
    listeners += 1;
  };
  return {
    clock,
    follow(after, { readings, signal }) {
      enter();
      const leave = () => {
        listeners -= 1;
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      return follow({ store, reader }, { follower: new Follower(readings), after, signal });
    },
    async wait(request) {
      enter();
      try {
        return await waitFor({ store, reader, desk, clock }, request);
      } finally {
        listeners -= 1;
      }
    },
    placeOf: async (at) => (at === undefined ? (await store.feedEnds()).last : store.feedIdBefore(at)),
  };
}

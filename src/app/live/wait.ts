import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { ClaimKind } from '../../store/claim-records.ts';
import type { Store } from '../../store/store.ts';
import type { ClaimDesk } from './claim-desk.ts';
import type { FeedReader } from './feed-reader.ts';
import { follow } from './follow.ts';
import { Follower } from './follower.ts';
import type { LiveEvent, LiveItem } from './live-event.ts';

/** Where a wait goes on: after an event, without the rows that were answered lately, or were known when it all began. */
export interface WaitPlace {
  readonly id: number;
  readonly seen: readonly number[];
}

export interface WaitRequest<Hit> {
  readonly kind: ClaimKind;
  /** What an event answers to the question; null where it does not. */
  readonly pick: (event: LiveEvent) => Hit | null;
  /** Where an earlier answer ended; undefined for the beginning. */
  readonly after?: WaitPlace;
  /** Rows that were stored then or later count too, epoch ms; undefined for what comes from now on. */
  readonly since?: number;
  readonly timeoutMs: number;
  /** Takes the row, so that nobody else who claims gets it. */
  readonly claim: boolean;
  /** Leaves out what somebody has claimed. */
  readonly unclaimed: boolean;
  /** Who waits has gone. */
  readonly signal: AbortSignal;
}

export interface Waited<Hit> {
  /** Null when nothing came in time, or who waited has gone. */
  readonly hit: Hit | null;
  readonly next: WaitPlace;
}

export interface WaitParts {
  readonly store: Store;
  readonly reader: FeedReader;
  readonly desk: ClaimDesk;
  readonly clock: Clock;
}

/** The clocks of those who write differ by no more than this, ms. */
const skewMs = 60_000;
/** Rows that a place remembers. */
const mostSeen = 8;

/**
 * Waits for the first event that answers, from the beginning on without a gap, and gives its answer the moment it is committed.
 * What is claimed for somebody who has gone before the answer could be written is given back.
 * @throws SimloftError `store_unavailable`
 */
export async function waitFor<Hit>(parts: WaitParts, request: WaitRequest<Hit>): Promise<Waited<Hit>> {
  const { clock, desk } = parts;
  const { signal, claim, timeoutMs } = request;
  const ending = new AbortController();
  const end = () => ending.abort();
  const timer = clock.after(timeoutMs, end);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    let place = request.after ?? (await beginning(parts.store, request));
    while (!ending.signal.aborted) {
      const follower = new Follower(false);
      if (claim) desk.enter(follower);
      try {
        for await (const item of follow(parts, { follower, after: place.id, signal: ending.signal })) {
          place = { ...place, id: passed(place.id, item) };
          const hit = await answerOf(parts, request, { item, seen: place.seen });
          if (hit === null) continue;
          const seen = [...place.seen, hit.row].slice(-mostSeen);
          return { hit: hit.hit, next: { ...place, seen } };
        }
      } finally {
        if (claim) desk.leave(follower);
      }
    }
    return { hit: null, next: place };
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', end);
  }
}

/** What was offered again is older than what was seen already; a store that is behind begins anew. */
function passed(id: number, item: LiveItem): number {
  if (item.type === 'reading.changed') return id;
  return item.type === 'reset' ? item.id : Math.max(id, item.id);
}

/**
 * Who names no moment means what happens from now on: told by the order of commits, as the clocks of several machines are never
 * the same.
 */
async function beginning<Hit>(store: Store, { kind, since }: WaitRequest<Hit>): Promise<WaitPlace> {
  if (since !== undefined) return { id: await store.feedIdBefore(since - skewMs), seen: [] };
  const { last: id } = await store.feedEnds();
  return { id, seen: kind === 'call' ? await callsKnown(store, id) : [] };
}

/** A call changes after its number is known: those that were known at `id` are not what somebody waits for. */
async function callsKnown(store: Store, id: number): Promise<number[]> {
  const calls = await store.calls({ limit: mostSeen - 2 });
  const later = new Set(
    (await store.feedAfter(id, 100)).flatMap(({ type, row }) => (type === 'call.changed' ? [row] : [])),
  );
  return calls.filter((call) => call.caller !== '' && !later.has(call.id)).map((call) => call.id);
}

async function answerOf<Hit>(
  { store, desk }: WaitParts,
  { kind, pick, claim, unclaimed, signal }: WaitRequest<Hit>,
  { item, seen }: { readonly item: LiveItem; readonly seen: readonly number[] },
): Promise<{ readonly hit: Hit; readonly row: number } | null> {
  if (item.type === 'reading.changed' || item.type === 'reset') return null;
  const { row } = item;
  if (row === null || seen.includes(row) || signal.aborted) return null;
  const hit = pick(item);
  if (hit === null) return null;
  if (!claim) return unclaimed && (await store.claimedRows(kind, [row])).has(row) ? null : { hit, row };
  const by = newId();
  if (!(await desk.claim(kind, item, by))) return null;
  if (!signal.aborted) return { hit, row };
  await desk.release(kind, row, by);
  return null;
}

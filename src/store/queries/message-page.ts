import type { Direction, MessagePlace } from '../message-records.ts';

/** What one walk along an index has come to: places in their order, and how far it has looked; null when it has reached the end. */
export interface Walked {
  readonly places: readonly MessagePlace[];
  readonly reached: MessagePlace | null;
}

/** Below 0 when `a` stands before `b`: later, or at the same moment sent and not received, or with the higher id. */
export function comparePlaces(a: MessagePlace, b: MessagePlace): number {
  if (a.at !== b.at) return b.at - a.at;
  if (a.direction !== b.direction) return a.direction === 'out' ? -1 : 1;
  return b.id - a.id;
}

/** Rows of one direction that stand behind a place: `at` is not above `at`, and where it is equal, `id` is below `id`. */
export interface Behind {
  readonly at: number;
  readonly id: number;
}

export function behind(place: MessagePlace, direction: Direction): Behind {
  if (place.direction === direction) return { at: place.at, id: place.id };
  return direction === 'in' ? { at: place.at, id: Number.MAX_SAFE_INTEGER } : { at: place.at, id: 0 };
}

/**
 * One list of several walks. It goes no further than the walk that has come least far: behind that another could still have
 * something to put in between.
 */
export function merge(walks: readonly Walked[], limit: number): { places: MessagePlace[]; next: MessagePlace | null } {
  const reached = walks.flatMap((walk) => (walk.reached === null ? [] : [walk.reached]));
  const horizon = reached.toSorted(comparePlaces)[0] ?? null;
  const all = walks.flatMap((walk) => walk.places).toSorted(comparePlaces);
  const sure = horizon === null ? all : all.filter((place) => comparePlaces(place, horizon) <= 0);
  if (sure.length > limit) {
    const places = sure.slice(0, limit);
    return { places, next: places.at(-1) ?? null };
  }
  return { places: sure, next: horizon };
}

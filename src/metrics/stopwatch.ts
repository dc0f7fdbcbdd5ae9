import type { Clock } from '../core/clock.ts';

/** Begins to measure; what it returns says how many seconds have passed. */
export function stopwatch(clock: Clock): () => number {
  const begun = clock.monotonic();
  return () => (clock.monotonic() - begun) / 1000;
}

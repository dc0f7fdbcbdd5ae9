import type { Random } from '../core/random.ts';

/**
 * How long to wait before try `attempt` (from 1) is made again, ms: doubling from `firstMs` up to `longestMs`, spread by
 * a quarter either way, so that several modems behind one hub do not all knock at once.
 */
export function backoffMs(attempt: number, random: Random, { firstMs = 1_000, longestMs = 30_000 } = {}): number {
  const step = Math.min(longestMs, firstMs * 2 ** Math.min(Math.max(0, attempt - 1), 30));
  return Math.min(longestMs, Math.round(step * (0.75 + random.next() / 2)));
}

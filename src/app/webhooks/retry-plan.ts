import type { Random } from '../../core/random.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long after each failure it is tried again; the last one for all that follow, ms. */
const delays = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 4 * hour] as const;
const longest = 4 * hour;

/** How long a delivery is tried, ms. */
export const triedForMs = 48 * hour;

/** Each wait is up to so much shorter or longer than planned, so that all who failed at once do not come back at once. */
const jitter = 0.2;

export interface Failure {
  /** Tries so far, this one counted. */
  readonly attempt: number;
  readonly now: number;
  readonly expiresAt: number;
  /** How long the target asks to be left alone, ms. */
  readonly retryAfterMs: number | null;
}

/** When a delivery that failed is tried again, the last time when its time is over; null when it is given up. */
export function nextTry({ attempt, now, expiresAt, retryAfterMs }: Failure, random: Random): number | null {
  if (now >= expiresAt) return null;
  const planned = (delays[attempt - 1] ?? longest) * (1 - jitter + 2 * jitter * random.next());
  return Math.min(now + Math.round(Math.max(planned, retryAfterMs ?? 0)), expiresAt);
}

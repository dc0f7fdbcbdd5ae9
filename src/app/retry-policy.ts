import type { SendFailure } from '../core/events.ts';

/** Waits after the 1st, 2nd … temporary failure, ms. After the last one the message has failed. */
const temporaryWaits: readonly number[] = [10_000, 30_000, 120_000, 600_000];
/** One more try where the code says nothing: it is often an empty account or a wrong SMSC number, which no retry mends. */
const unclearWaits: readonly number[] = [10_000];
/** Busy answers in a row that are retried in seconds and not counted as attempts. */
const busyLimit = 5;

export interface FailedAttempt {
  readonly kind: SendFailure['kind'];
  /** Attempts begun so far, this one included. */
  readonly attempt: number;
  /** Busy answers in a row, this one included. */
  readonly busyCount: number;
  /** Epoch ms. */
  readonly now: number;
  /** Epoch ms after which the message is not sent any more. */
  readonly expiresAt: number;
  /** A number in [0, 1) that spreads retries, so that several gateways do not knock together. */
  readonly jitter: number;
}

export type RetryDecision =
  | { readonly action: 'retry'; readonly at: number; readonly counted: boolean }
  | { readonly action: 'fail' }
  /** The next try would come after the message has expired. */
  | { readonly action: 'expire' };

/** What to do after a part was not sent. Pure; the table of waits is above. */
export function afterFailure(failed: FailedAttempt): RetryDecision {
  const quick = failed.kind === 'busy' && failed.busyCount <= busyLimit;
  const wait = quick ? 1_000 + 2_000 * failed.jitter : waitFor(failed);
  if (wait === null) return { action: 'fail' };
  const at = Math.round(failed.now + wait);
  return at < failed.expiresAt ? { action: 'retry', at, counted: !quick } : { action: 'expire' };
}

function waitFor({ kind, attempt, jitter }: FailedAttempt): number | null {
  if (kind === 'permanent' || kind === 'configuration') return null;
  const wait = (kind === 'unclear' ? unclearWaits : temporaryWaits)[attempt - 1];
  return wait === undefined ? null : wait * (1 + jitter / 10);
}

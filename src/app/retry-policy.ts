import type { SendFailure } from '../core/events.ts';

/** Waits after the 1st, 2nd … temporary failure, ms. After the last one the message has failed. */
const temporaryWaits: readonly number[] = [10_000, 30_000, 120_000, 600_000];
/** One more try where the code says nothing: it is often an empty account or a wrong SMSC number, which no retry mends. */
const unclearWaits: readonly number[] = [10_000];
/** Busy answers in a row that are retried in seconds and not counted as attempts. */
const busyLimit = 5;
/** Without a network nothing can leave, and nothing is counted: it is asked again until the message expires. */
const noNetworkWait = 60_000;

export interface FailedAttempt {
  readonly kind: SendFailure['kind'] | 'no-network';
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
  const free = freeWait(failed);
  const wait = free ?? countedWait(failed);
  if (wait === null) return { action: 'fail' };
  const at = Math.round(failed.now + wait);
  return at < failed.expiresAt ? { action: 'retry', at, counted: free === null } : { action: 'expire' };
}

/** The wait after a failure that is not counted as an attempt; null for one that is. */
function freeWait({ kind, busyCount, jitter }: FailedAttempt): number | null {
  if (kind === 'no-network') return noNetworkWait * (1 + jitter / 10);
  return kind === 'busy' && busyCount <= busyLimit ? 1_000 + 2_000 * jitter : null;
}

function countedWait({ kind, attempt, jitter }: FailedAttempt): number | null {
  if (kind === 'permanent' || kind === 'configuration') return null;
  const wait = (kind === 'unclear' ? unclearWaits : temporaryWaits)[attempt - 1];
  return wait === undefined ? null : wait * (1 + jitter / 10);
}

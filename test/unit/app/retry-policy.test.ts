import { describe, expect, it } from 'vitest';
import { afterFailure, type FailedAttempt } from '../../../src/app/retry-policy.ts';

const never = Number.POSITIVE_INFINITY;
const after = (failed: Partial<FailedAttempt>) =>
  afterFailure({ kind: 'temporary', attempt: 1, busyCount: 0, now: 1_000_000, expiresAt: never, jitter: 0, ...failed });

/** Kind, attempts begun, busy answers in a row → seconds until the next try, or the end. */
const table: [FailedAttempt['kind'], number, number, number | 'fail', boolean | null][] = [
  ['temporary', 1, 0, 10, true],
  ['temporary', 2, 0, 30, true],
  ['temporary', 3, 0, 120, true],
  ['temporary', 4, 0, 600, true],
  ['temporary', 5, 0, 'fail', null],
  ['temporary', 9, 0, 'fail', null],
  ['busy', 1, 1, 1, false],
  ['busy', 1, 5, 1, false],
  ['busy', 1, 6, 10, true],
  ['busy', 4, 3, 1, false],
  ['busy', 5, 6, 'fail', null],
  ['unclear', 1, 0, 10, true],
  ['unclear', 2, 0, 'fail', null],
  ['no-network', 1, 0, 60, false],
  ['no-network', 9, 0, 60, false],
  ['permanent', 1, 0, 'fail', null],
  ['configuration', 1, 0, 'fail', null],
];

describe('after a failed attempt', () => {
  it.each(table)('%s, attempt %d, busy %d: %s', (kind, attempt, busyCount, expected, counted) => {
    const decision = after({ kind, attempt, busyCount });
    expect(decision).toEqual(
      expected === 'fail' ? { action: 'fail' } : { action: 'retry', at: 1_000_000 + expected * 1000, counted },
    );
  });

  it('spreads retries by a tenth, and busy ones over one to three seconds', () => {
    expect(after({ jitter: 0.5 })).toMatchObject({ at: 1_000_000 + 10_500 });
    expect(after({ kind: 'busy', busyCount: 1, jitter: 0.5 })).toMatchObject({ at: 1_000_000 + 2_000 });
  });

  it('gives up when the message would have expired by then', () => {
    expect(after({ expiresAt: 1_010_001 })).toMatchObject({ action: 'retry' });
    expect(after({ expiresAt: 1_010_000 })).toEqual({ action: 'expire' });
    expect(after({ kind: 'permanent', expiresAt: 0 })).toEqual({ action: 'fail' });
  });
});

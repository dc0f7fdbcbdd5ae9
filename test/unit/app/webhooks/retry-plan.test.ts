import { expect, it } from 'vitest';
import { nextTry } from '../../../../src/app/webhooks/retry-plan.ts';
import { seededRandom } from '../../../../src/core/random.ts';

const second = 1_000;
const hour = 3_600_000;
const never = Number.MAX_SAFE_INTEGER;

it.each([
  [1, 5 * second],
  [2, 30 * second],
  [3, 120 * second],
  [4, 600 * second],
  [5, 0.5 * hour],
  [6, hour],
  [7, 4 * hour],
  [8, 4 * hour],
  [50, 4 * hour],
])('after failure %i it waits %i ms, a fifth more or less', (attempt, ms) => {
  const random = seededRandom(attempt);
  const waits = Array.from({ length: 500 }, () =>
    nextTry({ attempt, now: 1_000, expiresAt: never, retryAfterMs: null }, random),
  ).map((at) => (at ?? 0) - 1_000);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(ms * 0.8);
  expect(Math.min(...waits)).toBeLessThan(ms * 0.82);
  expect(Math.max(...waits)).toBeLessThanOrEqual(ms * 1.2);
  expect(Math.max(...waits)).toBeGreaterThan(ms * 1.18);
});

it('waits as long as the target asks, if that is longer', () => {
  const at = (retryAfterMs: number) => nextTry({ attempt: 1, now: 0, expiresAt: never, retryAfterMs }, seededRandom(1));
  expect(at(9 * hour)).toBe(9 * hour);
  expect(at(1)).toBeGreaterThan(3_999);
});

it('tries a last time when its time is over, and then no more', () => {
  const at = (now: number) => nextTry({ attempt: 20, now, expiresAt: hour, retryAfterMs: null }, seededRandom(1));
  expect(at(hour - 1)).toBe(hour);
  expect(at(hour)).toBeNull();
});

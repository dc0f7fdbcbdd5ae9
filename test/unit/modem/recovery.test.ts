import { describe, expect, it } from 'vitest';
import { nextRung, type PastAction, recoveryLadder, type Trouble } from '../../../src/modem/recovery.ts';

const hour = 3_600_000;

/** What is done at each failure in a row, `stepMs` apart. */
function climb(trouble: Trouble, failures: number, { heard = true, stepMs = 30_000 } = {}): string[] {
  const past: PastAction[] = [];
  return Array.from({ length: failures }, (_, index) => {
    const now = index * stepMs;
    const { action } = nextRung({ trouble, failures: index + 1, past, now, heard });
    past.push({ action, at: now });
    return action;
  });
}

describe('the recovery ladder', () => {
  it('goes from gentle to rude', () => {
    const from = recoveryLadder.map(({ fromFailure }) => fromFailure);
    expect(from).toEqual([...from].sort((a, b) => a - b));
  });

  it('reopens first, then resets the radio, then restarts a modem that answers but does not work', () => {
    expect(climb('broken', 9)).toEqual([
      'reopen',
      'reopen',
      'reset-radio',
      'reopen',
      'reopen',
      'restart-modem',
      'reopen',
      'reopen',
      'restart-modem',
    ]);
  });

  it('does not turn the radio off and on of a modem that answers nothing', () => {
    expect(climb('silent', 6)).toEqual(['reopen', 'reopen', 'reopen', 'reopen', 'reopen', 'restart-modem']);
  });

  it('never restarts a modem because of its SIM, its PIN or its port', () => {
    for (const trouble of ['sim', 'port'] as const) expect(new Set(climb(trouble, 200))).toEqual(new Set(['reopen']));
  });

  it('sends nothing rude to what was never heard: it may be no modem', () => {
    for (const trouble of ['silent', 'broken'] as const)
      expect(new Set(climb(trouble, 50, { heard: false }))).toEqual(new Set(['reopen']));
  });

  it('keeps to its limits within an hour', () => {
    const actions = climb('broken', hour / 30_000);
    for (const { action, perHour } of recoveryLadder) {
      if (perHour !== null) expect(actions.filter((done) => done === action).length).toBeLessThanOrEqual(perHour);
    }
    expect(actions.filter((done) => done === 'restart-modem')).toHaveLength(2);
  });

  it('may be rude again after an hour', () => {
    const past: PastAction[] = [1, 2].map((at) => ({ action: 'restart-modem', at }));
    const at = (now: number) => nextRung({ trouble: 'silent', failures: 6, past, now, heard: true }).action;
    expect(at(hour)).toBe('reopen');
    expect(at(hour + 1)).toBe('restart-modem');
  });
});

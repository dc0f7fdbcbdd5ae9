import { describe, expect, it } from 'vitest';
import { sleep } from '../../../src/core/clock.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

describe('sleep', () => {
  it('ends after its time and not before', async () => {
    const clock = new VirtualClock();
    let ended = false;
    const waiting = sleep(clock, 1000).then(() => {
      ended = true;
    });
    await clock.advance(999);
    expect(ended).toBe(false);
    await clock.advance(1);
    await waiting;
    expect(ended).toBe(true);
  });

  it('is given up at once when aborted, and leaves no timer behind', async () => {
    const clock = new VirtualClock();
    const abort = new AbortController();
    const waiting = sleep(clock, 60_000, abort.signal);
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(clock.waiting).toBe(0);
  });

  it('does not begin when it is aborted already', async () => {
    await expect(sleep(new VirtualClock(), 1, AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
  });
});

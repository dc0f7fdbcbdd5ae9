import { setTimeout as pause } from 'node:timers/promises';
import { until } from './until.ts';

/** Time as it passes, for tests that talk to another process; the counterpart of the virtual clock. */
export const realTime = {
  now: () => Date.now(),
  advance: (ms: number): Promise<void> => pause(ms),
  async advanceUntil(done: () => boolean): Promise<void> {
    await until('something to happen', done);
  },
};

/**
 * Time as a dependency: nothing outside this file reads the machine's clock or starts a timer, so that time-outs of
 * minutes and expiries of days are tested in milliseconds.
 */
export interface Clock {
  /** Wall clock, epoch milliseconds. For what people see and what is stored. */
  now(): number;
  /** Steady clock, milliseconds from an arbitrary start. For durations: it never jumps. */
  monotonic(): number;
  /** Calls `run` once after `ms` milliseconds, unless cancelled first. */
  after(ms: number, run: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

/** The longest delay that a JavaScript timer can hold (2^31-1 ms); longer ones would fire at once. */
const longestDelay = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const handle = setTimeout(run, Math.min(Math.max(ms, 0), longestDelay));
    return { cancel: () => clearTimeout(handle) };
  },
};

/**
 * Resolves after `ms` milliseconds on `clock`.
 * @throws the signal's reason, at once, when `signal` is aborted.
 */
export async function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve) => {
    const finish = () => {
      timer.cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.after(ms, finish);
    signal?.addEventListener('abort', finish);
  });
  signal?.throwIfAborted();
}

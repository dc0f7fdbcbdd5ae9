import type { WireLine } from '../../core/live.ts';
import { askOf, type ModemsOptions, type Wanted } from './ask.ts';

/** The worker tells for so long and is asked again in time: who looks may vanish without a word. ms */
const tellMs = 60_000;
const askAgainMs = 20_000;
/** Who does not take what is told misses the oldest of it. */
const mostWaiting = 500;

/**
 * What is said to a modem and by it, from now on until the signal, as its worker tells it: masked.
 * @throws SimloftError what {@link askOf} throws when the worker is asked for it
 */
export async function watchWire(options: ModemsOptions, wanted: Wanted): Promise<AsyncIterable<readonly WireLine[]>> {
  const { bus, clock } = options;
  const { modem, signal } = wanted;
  const waiting: (readonly WireLine[])[] = [];
  let wake: () => void = () => {};
  // Before the worker is asked, so that nothing is missed.
  const listening = bus.listen((notice) => {
    if (notice.type !== 'wire' || notice.modem !== modem) return;
    waiting.push(notice.lines);
    if (waiting.length > mostWaiting) waiting.shift();
    wake();
  });
  const ask = () => askOf(options, wanted, { type: 'trace', forMs: tellMs });
  try {
    await ask();
  } catch (error) {
    await listening.stop();
    throw error;
  }
  return (async function* () {
    // A worker that is away for a while is asked again by the next turn.
    const again = () => {
      ask().catch(() => {});
      timer = clock.after(askAgainMs, again);
    };
    let timer = clock.after(askAgainMs, again);
    const stop = () => wake();
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted) {
        const lines = waiting.shift();
        if (lines !== undefined) yield lines;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      timer.cancel();
      signal.removeEventListener('abort', stop);
      await listening.stop();
    }
  })();
}

import { sleep } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { Metrics } from './contract.ts';

/** How long what was read counts as fresh, ms: whoever scrapes every second asks the store no more often than this. */
const freshMs = 5_000;
/** A scrape waits no longer for an answer, ms; Prometheus itself gives up after 10 s. */
const patienceMs = 3_000;

/**
 * Reads something at each scrape, at most every 5 s, and shows it; `lost` is called where it cannot be read within 3 s. One
 * that still runs is not asked again.
 */
export function readOnScrape<T>(metrics: Metrics, read: () => Promise<T>, show: (value: T) => void, lost: () => void) {
  const { clock } = metrics;
  let running: Promise<void> | null = null;
  let readAt: number | null = null;
  metrics.onScrape(async () => {
    if (running === null && readAt !== null && clock.monotonic() - readAt < freshMs) return;
    running ??= Promise.resolve()
      .then(read)
      .then(show)
      .then(() => void (readAt = clock.monotonic()))
      .finally(() => void (running = null));
    const waiting = new AbortController();
    const patience = sleep(clock, patienceMs, waiting.signal).then(() => {
      throw new SimloftError('internal', `What a scrape asked for did not come within ${patienceMs / 1000} s.`);
    });
    try {
      await Promise.race([running, patience]);
    } catch (error) {
      readAt = null;
      lost();
      metrics.countError('scrape', error);
    } finally {
      waiting.abort();
      await patience.catch(() => {});
    }
  });
}

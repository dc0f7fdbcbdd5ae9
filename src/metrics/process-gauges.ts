import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from './contract.ts';

/** How often the event loop is looked at, ms; ten times a second takes 0.05 % of a processor. */
const resolutionMs = 100;

/** What a process says of itself, without the dozens of numbers that nobody looks at. Returns how to end it. */
export function watchProcess(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  const startedAt = metrics.clock.now() / 1000 - process.uptime();
  let counted = 0;
  metrics.onScrape(() => {
    const { user, system } = process.cpuUsage();
    const used = (user + system) / 1_000_000;
    metrics.count('process_cpu_seconds_total', {}, used - counted);
    counted = used;
    metrics.set('process_resident_memory_bytes', {}, process.memoryUsage.rss());
    metrics.set('process_start_time_seconds', {}, startedAt);
    // What is measured is the time between two looks; what is above the resolution is the lag.
    const longestMs = delay.count === 0 ? 0 : Math.max(0, delay.max / 1_000_000 - resolutionMs);
    metrics.set('nodejs_eventloop_lag_max_seconds', {}, longestMs / 1000);
    delay.reset();
  });
  return () => void delay.disable();
}

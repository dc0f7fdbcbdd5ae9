import type { Clock } from '../core/clock.ts';
import { toSimloftError } from '../core/errors.ts';
import type { Metrics } from './contract.ts';
import { Instruments } from './instruments.ts';
import { createLabels } from './labels.ts';
import { metricTable } from './metric-table.ts';
import { watchProcess } from './process-gauges.ts';

export interface MetricsOptions {
  /** What this process does: `gateway` (all of it), `worker`, `handler`, `scheduler`, `api`; a label of every metric. */
  readonly role: string;
  readonly clock: Clock;
}

/** Begins to measure one process. */
export function createMetrics({ role, clock }: MetricsOptions): Metrics {
  const instruments = new Instruments(role);
  const reads: (() => Promise<void> | void)[] = [];
  const metrics: Metrics = {
    async text() {
      await Promise.all(reads.map(async (read) => read()));
      return instruments.text();
    },
    clock,
    labels: createLabels(),
    count(name, labels, by = 1) {
      if (Number.isFinite(by) && by >= 0) instruments.counter(name).inc({ ...labels }, by);
    },
    set(name, labels, value) {
      const gauge = instruments.gauge(name);
      if (value !== null && Number.isFinite(value)) gauge.set({ ...labels }, value);
      else gauge.remove({ ...labels });
    },
    add(name, labels, by) {
      if (Number.isFinite(by)) instruments.gauge(name).inc({ ...labels }, by);
    },
    clear(name) {
      const gauge = instruments.gauge(name);
      gauge.reset();
      // One without labels would show a 0 now.
      if (metricTable[name].labels.length === 0) gauge.remove({});
    },
    observe(name, labels, seconds) {
      if (!Number.isNaN(seconds)) instruments.histogram(name).observe({ ...labels }, Math.max(0, seconds));
    },
    countError(where, error) {
      metrics.count('simloft_errors_total', { where, code: toSimloftError(error).code });
    },
    onScrape(read) {
      reads.push(read);
    },
    close: () => stopWatching(),
  };
  const stopWatching = watchProcess(metrics);
  return metrics;
}

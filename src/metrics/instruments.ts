import Counter from 'prom-client/lib/counter.js';
import Gauge from 'prom-client/lib/gauge.js';
import Histogram from 'prom-client/lib/histogram.js';
import Registry from 'prom-client/lib/registry.js';
import {
  type CounterName,
  durationSteps,
  type GaugeName,
  type HistogramName,
  type MetricName,
  metricTable,
} from './metric-table.ts';

/**
 * The instruments of one process, in a registry of its own. Each is built when it is first asked for: one without labels shows a
 * 0 from then on, and a role without a store must not say that its store is down.
 */
export class Instruments {
  readonly #registry = new Registry();
  readonly #counters = new Map<CounterName, Counter>();
  readonly #gauges = new Map<GaugeName, Gauge>();
  readonly #histograms = new Map<HistogramName, Histogram>();

  /** @param role becomes a label of every metric. */
  constructor(role: string) {
    this.#registry.setDefaultLabels({ role });
  }

  counter(name: CounterName): Counter {
    return found(this.#counters, name, () => new Counter(this.#configuration(name)));
  }

  gauge(name: GaugeName): Gauge {
    return found(this.#gauges, name, () => new Gauge(this.#configuration(name)));
  }

  histogram(name: HistogramName): Histogram {
    return found(
      this.#histograms,
      name,
      () => new Histogram({ ...this.#configuration(name), buckets: [...durationSteps] }),
    );
  }

  /** All of them in Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #configuration(name: MetricName) {
    const { help, labels } = metricTable[name];
    return { name, help, labelNames: labels, registers: [this.#registry] };
  }
}

function found<Name, Instrument>(all: Map<Name, Instrument>, name: Name, build: () => Instrument): Instrument {
  const known = all.get(name);
  if (known !== undefined) return known;
  const built = build();
  all.set(name, built);
  return built;
}

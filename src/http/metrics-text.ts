/** Whatever has metrics to show, as far as a server needs to know it. */
export interface MetricsText {
  /** In Prometheus' text format. */
  text(): Promise<string>;
}

/** The media type of Prometheus' text format, version 0.0.4. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

import type { Clock } from '../core/clock.ts';
import type { Labels } from './labels.ts';
import type { CounterName, GaugeName, HistogramName, LabelsOf } from './metric-table.ts';

/** What a role may have broken when an error is counted. */
export type ErrorPlace = 'handler' | 'command' | 'publish' | 'http' | 'scrape';

/** The metrics of one process. The `observe…` functions beside this file feed them; nothing they do may fail what they watch. */
export interface Metrics {
  /** Everything in Prometheus' text format, version 0.0.4; what is read on scrape is read now. Never rejects for what cannot be read. */
  text(): Promise<string>;
  readonly clock: Clock;
  /** Values of labels, each from a closed set. */
  readonly labels: Labels;
  count<Name extends CounterName>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  /** Sets a gauge; `null` takes it away until it is set again. */
  set<Name extends GaugeName>(name: Name, labels: LabelsOf<Name>, value: number | null): void;
  add<Name extends GaugeName>(name: Name, labels: LabelsOf<Name>, by: number): void;
  /** Takes a gauge away with all its labels. */
  clear(name: GaugeName): void;
  /** Seconds; less than 0 counts as 0. */
  observe<Name extends HistogramName>(name: Name, labels: LabelsOf<Name>, seconds: number): void;
  countError(where: ErrorPlace, error: unknown): void;
  /** Has `read` called at each scrape, before the text is made. It must end soon and must not throw. */
  onScrape(read: () => Promise<void> | void): void;
  /** Ends the watch over the event loop. */
  close(): void;
}

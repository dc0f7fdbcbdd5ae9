import type { Reading } from './records.ts';

/** What was read in a while, averaged; or one value, where it is kept only when it changes. */
export interface ReadingPoint {
  readonly modem: string;
  /** `signal` (dBm), `balance` (hundredths of the currency), `technology` (generation of the network, 0 for none). */
  readonly key: string;
  /** When the while began, epoch ms. */
  readonly at: number;
  readonly value: number;
}

export interface PointQuery {
  readonly modem: string;
  readonly key: string;
  readonly since: number;
  readonly until: number;
  /** Points within so many ms become one, their average; 0 for each as it is. */
  readonly step: number;
  /** At most so many, the newest. */
  readonly limit: number;
}

export interface PointReads {
  /** The newest reading of each key of a modem. */
  readings(modem: string): Promise<Reading[]>;
  /** Oldest first. */
  readingPoints(query: PointQuery): Promise<ReadingPoint[]>;
}

export interface PointWrites {
  /** Counts a value into the point that begins at `at`. */
  addReadingPoint(point: ReadingPoint): Promise<void>;
}

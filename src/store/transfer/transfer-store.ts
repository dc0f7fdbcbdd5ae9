import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { AnyDb } from './tables.ts';

/** A store that rows are taken out of. Nothing in it is changed. */
export interface SourceStore {
  /** Where it is, without secrets. */
  readonly name: string;
  /** Lets `work` read one state of the store that does not move, whoever writes at the same time. */
  read<T>(work: (db: AnyDb) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A store that rows are brought into. */
export interface TargetStore {
  /** Where it is, without secrets. */
  readonly name: string;
  readonly db: AnyDb;
  /** Makes or changes the tables up to the step `upTo`, or up to this version. */
  migrate(upTo?: string): Promise<void>;
  /** Lets the ids of a table go on above the highest that was brought along. */
  continueIds(db: AnyDb, table: string): Promise<void>;
  close(): Promise<void>;
}

/** What a step of a long work tells: how many rows of a table are done, of how many. */
export type Progress = (table: string, done: number, all: number) => void;

export interface TransferOptions {
  readonly clock: Clock;
  readonly log: Logger;
}

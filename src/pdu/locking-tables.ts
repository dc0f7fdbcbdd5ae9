import type { GsmTable } from './gsm-table.ts';

/** National language locking shift tables by their identifier (TS 23.038 §6.2.1.2.4, §A.3). */
export const lockingTables: ReadonlyMap<number, GsmTable> = new Map<number, GsmTable>();

import type { GsmTable } from './gsm-table.ts';

/** National language single shift tables by their identifier (TS 23.038 §6.2.1.2.2, §A.2). */
export const singleTables: ReadonlyMap<number, GsmTable> = new Map<number, GsmTable>();

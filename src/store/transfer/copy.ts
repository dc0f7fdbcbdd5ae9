import { SimloftError } from '../../core/errors.ts';
import { countOf, keyOf, pagesOf, rowsLike } from './pages.ts';
import { byKey, otherData, putRows, sameRow } from './put-rows.ts';
import { bringTo, stepOf } from './step.ts';
import { type AnyDb, columnsOf, type Table, tables } from './tables.ts';
import type { Progress, SourceStore, TargetStore } from './transfer-store.ts';

/** What came of one table: how many rows both sides have now, and how many of them this run has written. */
export interface Moved {
  readonly table: string;
  readonly rows: number;
  readonly added: number;
}

/**
 * Copies everything of one store into another, which is empty or was begun by an earlier run. Ids stay. Killed at any moment, it
 * goes on at the next run; run again, it finds nothing to do.
 * @throws SimloftError `store_unsafe` when the target holds anything that the source does not, before a row is written
 */
export async function copyStore(source: SourceStore, target: TargetStore, progress: Progress): Promise<Moved[]> {
  return source.read(async (from) => {
    await bringTo(target, await stepOf(from, source.name));
    const existing = await columnsOf(from);
    const all = tables.filter(({ name }) => existing.has(name));
    for (const table of all) await refuseOthers(from, table, target);
    const moved: Moved[] = [];
    for (const table of all) moved.push(await copyTable(from, table, { target, progress }));
    for (const { table, rows } of moved) await compareCounts(target.db, { table, rows, target: target.name });
    await target.migrate();
    return moved;
  });
}

/** Whoever has data of his own in the target finds it as it was. */
async function refuseOthers(from: AnyDb, table: Table, target: TargetStore): Promise<void> {
  for await (const rows of pagesOf(target.db, table)) {
    const originals = byKey(table, await rowsLike(from, table, rows));
    for (const row of rows) {
      const original = originals.get(keyOf(table, row));
      if (original === undefined || !sameRow(original, row)) throw otherData(table, row, target.name);
    }
  }
}

interface Way {
  readonly target: TargetStore;
  readonly progress: Progress;
}

async function copyTable(from: AnyDb, table: Table, { target, progress }: Way): Promise<Moved> {
  const all = await countOf(from, table);
  let done = 0;
  let added = 0;
  for await (const rows of pagesOf(from, table)) {
    added += await target.db.transaction().execute((tx) => putRows(tx, table, { rows, target: target.name }));
    done += rows.length;
    progress(table.name, done, all);
  }
  if (table.key.includes('id')) await target.continueIds(target.db, table.name);
  return { table: table.name, rows: done, added };
}

interface Expected {
  readonly table: string;
  readonly rows: number;
  readonly target: string;
}

/**
 * Holds the target against what was read.
 * @throws SimloftError `store_unsafe`
 */
export async function compareCounts(db: AnyDb, { table, rows, target }: Expected): Promise<void> {
  const there = await countOf(db, { name: table, key: [] });
  if (there === rows) return;
  const text = `The table ${table} has ${rows} rows in the source and ${there} in ${target}. Either it held other data before, or another program writes to it. Give a target that is empty and that nobody uses.`;
  throw new SimloftError('store_unsafe', text, { details: { table, rows, there } });
}

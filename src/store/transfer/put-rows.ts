import { SimloftError } from '../../core/errors.ts';
import { keyOf, rowsLike } from './pages.ts';
import type { AnyDb, Row, Table } from './tables.ts';

/**
 * Writes the rows that are not there yet and keeps those that are. Returns how many were written.
 * @throws SimloftError `store_unsafe` when a row is there with the same key and other contents
 */
export async function putRows(
  db: AnyDb,
  table: Table,
  { rows, target }: { rows: readonly Row[]; target: string },
): Promise<number> {
  const present = byKey(table, await rowsLike(db, table, rows));
  for (const row of rows) {
    const there = present.get(keyOf(table, row));
    if (there !== undefined && !sameRow(row, there)) throw otherData(table, there, target);
  }
  const missing = rows.filter((row) => !present.has(keyOf(table, row)));
  if (missing.length > 0) await db.insertInto(table.name).values(missing).execute();
  return missing.length;
}

export const byKey = (table: Table, rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [keyOf(table, row), row]));

/** Whether two rows hold the same, in whatever order their columns come. */
export function sameRow(one: Row, other: Row): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** The target is somebody's: nothing of it may be lost or mixed. */
export function otherData(table: Table, row: Row, target: string): SimloftError {
  const where = table.key.map((column) => `${column} ${JSON.stringify(row[column])}`).join(', ');
  const text = `${target} holds other data: its row of the table ${table.name} with ${where} does not come from this source. Nothing of it was changed. Give a target that is empty, or one that an earlier run with the same source has begun.`;
  return new SimloftError('store_unsafe', text, { details: { table: table.name } });
}

import { type SqlBool, sql } from 'kysely';
import { SimloftError } from '../../core/errors.ts';
import type { AnyDb, Row, Table, Value } from './tables.ts';

/** Rows at a time: few enough for the parameters of one statement (32766 in SQLite), many enough not to wait for each sync. */
export const pageRows = 500;

/** All rows of a table in the order of its key, in pages of {@link pageRows}. */
export async function* pagesOf(db: AnyDb, table: Table): AsyncGenerator<readonly Row[]> {
  let last: Row | null = null;
  for (;;) {
    const page: readonly Row[] = await pageAfter(db, table, last);
    if (page.length > 0) yield page;
    last = page.at(-1) ?? null;
    if (page.length < pageRows || last === null) return;
  }
}

async function pageAfter(db: AnyDb, { name, key }: Table, last: Row | null): Promise<readonly Row[]> {
  let rows = db.selectFrom(name).selectAll().limit(pageRows);
  for (const column of key) rows = rows.orderBy(column);
  if (last !== null) {
    const place = sql.join(key.map((column) => valueOf(last, column)));
    rows = rows.where(sql<SqlBool>`(${sql.join(key.map((column) => sql.ref(column)))}) > (${place})`);
  }
  return rows.execute();
}

/** Those of the rows that a table holds, by their keys; each as the table has it. */
export async function rowsLike(db: AnyDb, table: Table, rows: readonly Row[]): Promise<readonly Row[]> {
  const [first] = table.key;
  if (first === undefined || rows.length === 0) return [];
  const wanted = new Set(rows.map((row) => keyOf(table, row)));
  const values = [...new Set(rows.map((row) => valueOf(row, first)))];
  const found: readonly Row[] = await db.selectFrom(table.name).selectAll().where(first, 'in', values).execute();
  return found.filter((row) => wanted.has(keyOf(table, row)));
}

/** The key of a row as one text. */
export const keyOf = ({ key }: Table, row: Row): string => JSON.stringify(key.map((column) => valueOf(row, column)));

export async function countOf(db: AnyDb, { name }: Table): Promise<number> {
  const { count } = await db.selectFrom(name).select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
  return count;
}

function valueOf(row: Row, column: string): Value {
  const value = row[column];
  if (value === undefined) throw new SimloftError('internal', `A row has no ${column}.`);
  return value;
}

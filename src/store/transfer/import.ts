import { SimloftError } from '../../core/errors.ts';
import { compareCounts, type Moved } from './copy.ts';
import { type ExportHeader, readHeader, readRow } from './export-format.ts';
import { linesOf, type NumberedLine, wrongLine } from './json-lines.ts';
import { pageRows } from './pages.ts';
import { putRows } from './put-rows.ts';
import { bringTo } from './step.ts';
import { type AnyDb, type Column, columnsOf, type Row, type Table, tables } from './tables.ts';
import type { Progress, TargetStore } from './transfer-store.ts';

export interface Import {
  /** The octets of the file. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Called when the first line is read and right: before that nothing is made. */
  readonly openTarget: () => Promise<TargetStore>;
  readonly progress: Progress;
}

/**
 * Brings an exported store into one that is empty, or holds the same already, in one transaction: all of it or nothing.
 * @throws SimloftError `request_invalid` naming the line that is wrong, `store_unsafe` when the file is of a newer version or the
 * target holds other data
 */
export async function importStore({ chunks, openTarget, progress }: Import): Promise<Moved[]> {
  const lines = linesOf(chunks);
  const first = await lines.next();
  if (first.done === true) throw wrongLine(1, 'the file is empty');
  const header = readHeader(first.value);
  const target = await openTarget();
  try {
    await bringTo(target, header.migration);
    const moved = await target.db.transaction().execute(async (tx) => {
      const moved = await writeAll(tx, lines, { header, target, progress });
      for (const { table, rows } of moved) await compareCounts(tx, { table, rows, target: target.name });
      for (const { name, key } of tables) if (key.includes('id')) await target.continueIds(tx, name);
      return moved;
    });
    await target.migrate();
    return moved;
  } finally {
    await target.close();
  }
}

interface Way {
  readonly header: ExportHeader;
  readonly target: TargetStore;
  readonly progress: Progress;
}

async function writeAll(tx: AnyDb, lines: AsyncIterable<NumberedLine>, way: Way): Promise<Moved[]> {
  const columns = await columnsOfMoved(tx);
  const counts = new Map([...columns.keys()].map((name) => [name, { rows: 0, added: 0 }]));
  let last = 1;
  for await (const page of pagesIn(lines, columns)) {
    const count = counts.get(page.table.name);
    if (count === undefined) throw new SimloftError('internal', `There is no table ${page.table.name}.`);
    count.added += await writePage(tx, page, way);
    count.rows += page.rows.length;
    last = page.to;
    way.progress(page.table.name, count.rows, way.header.rows[page.table.name] ?? 0);
  }
  for (const name of new Set([...Object.keys(way.header.rows), ...counts.keys()])) {
    const [promised, came] = [way.header.rows[name] ?? 0, counts.get(name)?.rows ?? 0];
    if (promised !== came) throw wrongCount(last, { name, promised, came });
  }
  return [...counts].map(([table, count]) => ({ table, ...count }));
}

/** Only what is moved: a file cannot write the table of migrations. */
async function columnsOfMoved(db: AnyDb): Promise<ReadonlyMap<string, readonly Column[]>> {
  const existing = await columnsOf(db);
  return new Map(
    tables.flatMap(({ name }) => {
      const columns = existing.get(name);
      return columns === undefined ? [] : [[name, columns] as const];
    }),
  );
}

interface Page {
  readonly table: Table;
  readonly rows: readonly Row[];
  /** The lines that they came from. */
  readonly from: number;
  readonly to: number;
}

/** Rows of one table that follow each other, gathered. */
async function* pagesIn(
  lines: AsyncIterable<NumberedLine>,
  columns: ReadonlyMap<string, readonly Column[]>,
): AsyncGenerator<Page> {
  let page: { table: Table; rows: Row[]; from: number; to: number } | null = null;
  for await (const line of lines) {
    const read = readRow(line, columns);
    const table = tables.find(({ name }) => name === read.table);
    if (table === undefined) throw wrongLine(line.number, `there is no table ${read.table}`);
    if (page !== null && (page.table !== table || page.rows.length === pageRows)) {
      yield page;
      page = null;
    }
    page ??= { table, rows: [], from: line.number, to: line.number };
    page.rows.push(read.row);
    page.to = line.number;
  }
  if (page !== null) yield page;
}

/** What the database itself refuses (a row that points to none, a key that is there twice) lies within these lines. */
async function writePage(tx: AnyDb, { table, rows, from, to }: Page, { target }: Way): Promise<number> {
  try {
    return await putRows(tx, table, { rows, target: target.name });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const where = from === to ? `Line ${from}` : `A line from ${from} to ${to}`;
    const text = `${where} of the file cannot be used: the database refuses a row of the table ${table.name}. Nothing was imported.`;
    throw new SimloftError('request_invalid', text, { cause: error, details: { from, to } });
  }
}

/** Whether the database refused a row for what it holds: code 19 of SQLite, the classes 22 and 23 of PostgreSQL. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof SimloftError)) return false;
  const { sqlite, sqlState } = error.details;
  return sqlite === 19 || (typeof sqlState === 'string' && /^2[23]/.test(sqlState));
}

interface WrongCount {
  readonly name: string;
  readonly promised: number;
  readonly came: number;
}

function wrongCount(last: number, { name, promised, came }: WrongCount): SimloftError {
  const cut = promised > came ? ' It was cut off.' : '';
  const text = `The file ends after line ${last}: its first line promises ${promised} rows of the table ${name}, and ${came} came.${cut} Nothing was imported.`;
  return new SimloftError('request_invalid', text, { details: { line: last, table: name, promised, came } });
}

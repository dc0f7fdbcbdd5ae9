import { headerLine, rowLine } from './export-format.ts';
import { countOf, pagesOf } from './pages.ts';
import { stepOf } from './step.ts';
import { columnsOf, tables } from './tables.ts';
import type { Progress, SourceStore } from './transfer-store.ts';

/** Takes a piece of the file; resolves when the next may come. */
export type Write = (text: string) => Promise<void>;

/**
 * Writes everything of a store as lines of JSON. Two exports of one state of a database are the same, byte for byte.
 * Returns how many rows each table has.
 */
export async function exportStore(
  source: SourceStore,
  { write, progress }: { write: Write; progress: Progress },
): Promise<Readonly<Record<string, number>>> {
  return source.read(async (db) => {
    const migration = await stepOf(db, source.name);
    const existing = await columnsOf(db);
    const all = tables.filter(({ name }) => existing.has(name));
    const rows: Record<string, number> = {};
    for (const table of all) rows[table.name] = await countOf(db, table);
    await write(`${headerLine({ migration, rows })}\n`);
    for (const table of all) {
      let done = 0;
      for await (const page of pagesOf(db, table)) {
        await write(page.map((row) => `${rowLine(table.name, row)}\n`).join(''));
        done += page.length;
        progress(table.name, done, rows[table.name] ?? 0);
      }
    }
    return rows;
  });
}

import type { Moved } from '../store/transfer/copy.ts';

/** What was moved, one table a line, for people. */
export function rowsTable(moved: readonly Moved[]): string {
  const width = Math.max(...moved.map(({ table }) => table.length));
  const digits = Math.max(...moved.map(({ rows }) => String(rows).length));
  return moved
    .map(({ table, rows, added }) => {
      const kept = added === rows ? '' : `  (${rows - added} there already)`;
      return `  ${table.padEnd(width)}  ${String(rows).padStart(digits)} ${rows === 1 ? 'row' : 'rows'}${kept}`;
    })
    .join('\n');
}

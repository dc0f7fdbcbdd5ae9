import { steps } from '../migrations/migrator.ts';
import { isObject, type NumberedLine, objectIn, wrongLine } from './json-lines.ts';
import { madeByNewer } from './step.ts';
import type { Column, Row, Value } from './tables.ts';

/** The first line of an exported store: what it is, and how many rows of each table follow. */
export interface ExportHeader {
  /** The last step of the schema that the rows are written in. */
  readonly migration: string;
  readonly rows: Readonly<Record<string, number>>;
}

const format = 'simloft-store';
const version = 1;

export const headerLine = (header: ExportHeader): string => JSON.stringify({ format, version, ...header });
export const rowLine = (table: string, row: Row): string => JSON.stringify({ table, row });

/**
 * @throws SimloftError `request_invalid` when the line is no such header, `store_unsafe` when a newer version wrote it
 */
export function readHeader(line: NumberedLine): ExportHeader {
  const header = objectIn(line);
  if (header['format'] !== format) {
    throw wrongLine(line.number, 'it is not the first line of a file that simloft export has written');
  }
  if (typeof header['version'] === 'number' && header['version'] > version) {
    throw madeByNewer('The file', `file format ${header['version']}`);
  }
  const { migration, rows } = header;
  if (header['version'] !== version || typeof migration !== 'string' || !isCounts(rows)) {
    throw wrongLine(line.number, 'version, migration or rows is missing or wrong in it');
  }
  if (!steps.includes(migration)) throw madeByNewer('The file', migration);
  return { migration, rows };
}

function isCounts(value: unknown): value is Readonly<Record<string, number>> {
  return isObject(value) && Object.values(value).every((count) => Number.isSafeInteger(count) && Number(count) >= 0);
}

/**
 * Reads a line after the first, against the columns that the tables have.
 * @throws SimloftError `request_invalid`
 */
export function readRow(
  line: NumberedLine,
  columns: ReadonlyMap<string, readonly Column[]>,
): { readonly table: string; readonly row: Row } {
  const { table, row } = objectIn(line);
  const expected = typeof table === 'string' ? columns.get(table) : undefined;
  if (typeof table !== 'string' || expected === undefined) {
    throw wrongLine(line.number, `there is no table ${JSON.stringify(table) ?? 'named in it'}`);
  }
  if (!isObject(row)) throw wrongLine(line.number, 'it holds no row');
  const stranger = Object.keys(row).find((name) => !expected.some((column) => column.name === name));
  if (stranger !== undefined) throw wrongLine(line.number, `the table ${table} has no column ${stranger}`);
  return {
    table,
    row: Object.fromEntries(
      expected.map((column) => [column.name, readValue(row[column.name], column, { line, table })]),
    ),
  };
}

function readValue(
  value: unknown,
  { name, kind, nullable }: Column,
  { line, table }: { line: NumberedLine; table: string },
): Value {
  if (value === null && nullable) return null;
  if (kind === 'text' && typeof value === 'string' && value.isWellFormed()) return value;
  if (kind === 'integer' && typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const wanted = kind === 'text' ? 'a text' : 'a whole number';
  throw wrongLine(line.number, `the column ${name} of ${table} must be ${wanted}${nullable ? ' or null' : ''}`);
}

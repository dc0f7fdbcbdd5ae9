import { SimloftError } from '../../../core/errors.ts';

/** One record of a CSV file, and the line that it begins on, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A record may have so many characters; without an end in sight a quotation mark was never closed. */
const longestRecord = 100_000;

/**
 * A row of CSV as RFC 4180 has it. A cell that a spreadsheet would take for a formula gets an apostrophe in front: who sends us an SMS
 * must not compute in the table of who opens it.
 */
export const writeCsvRow = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map((cell) => quote(cell === null ? '' : String(cell))).join(',')}\r\n`;

function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The apostrophe that {@link writeCsvRow} has put before what looks like a formula is not a part of it. */
export const unguard = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/**
 * Reads records from text that comes in pieces of any size. Cells are separated by commas, or by semicolons where the first line has
 * those and no comma, as spreadsheets write in some countries. Empty lines are passed over.
 * @throws SimloftError `request_invalid` for a record without an end
 */
export async function* readCsv(pieces: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const reader = new CsvReader();
  for await (const piece of pieces) yield* reader.read(piece);
  yield* reader.end();
}

class CsvReader {
  #cells: string[] = [];
  #cell = '';
  #length = 0;
  #line = 1;
  #beginsOn = 1;
  #separator: string | null = null;
  /** `inside` a quotation; `closed`: behind its mark, which may be the first of two. */
  #quote: 'none' | 'inside' | 'closed' = 'none';

  *read(piece: string): Generator<CsvRecord> {
    for (const character of piece) {
      if (character === '\n') this.#line += 1;
      this.#length += 1;
      if (this.#length > longestRecord) throw endless(this.#beginsOn);
      if (this.#quote === 'inside' || (this.#quote === 'closed' && character === '"')) this.#inQuotes(character);
      else if (character === '\n') yield* this.#endRecord();
      else this.#plain(character);
    }
  }

  *end(): Generator<CsvRecord> {
    if (this.#quote === 'inside') throw endless(this.#beginsOn);
    if (this.#length > 0) yield* this.#endRecord();
  }

  #inQuotes(character: string): void {
    if (this.#quote === 'closed') {
      this.#cell += character;
      this.#quote = 'inside';
    } else if (character === '"') this.#quote = 'closed';
    else this.#cell += character;
  }

  #plain(character: string): void {
    if (character === '"' && this.#cell === '' && this.#quote === 'none') this.#quote = 'inside';
    else if (this.#separates(character)) this.#endCell();
    else this.#cell += character;
  }

  #separates(character: string): boolean {
    if (this.#separator !== null) return character === this.#separator;
    if (character !== ',' && character !== ';') return false;
    this.#separator = character;
    return true;
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    this.#cell = '';
    this.#quote = 'none';
  }

  *#endRecord(): Generator<CsvRecord> {
    this.#cell = this.#cell.replace(/\r$/, '');
    const quoted = this.#quote !== 'none';
    this.#endCell();
    const cells = this.#cells;
    const empty = cells.length === 1 && cells[0] === '' && !quoted;
    if (!empty) yield { line: this.#beginsOn, cells };
    this.#cells = [];
    this.#length = 0;
    this.#beginsOn = this.#line;
  }
}

const endless = (line: number): SimloftError =>
  new SimloftError(
    'request_invalid',
    `The record that begins on line ${line} has no end: it is longer than ${longestRecord} characters, or a quotation mark is not closed.`,
    { details: { line } },
  );

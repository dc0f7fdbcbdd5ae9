import { SimloftError } from '../../core/errors.ts';

/** One line of a file, with its number as an editor counts (from 1). */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** No row is this long: a text of 255 parts is 80 KB, its PDUs 90 KB. What is longer is no export, and is not held in memory. */
const longestLine = 16 * 1024 * 1024;
const lineFeed = 0x0a;

/**
 * Cuts octets into lines at LF and nowhere else: texts of messages hold other characters that break lines, which JSON leaves as they are.
 * @throws SimloftError `request_invalid` for a line that is not UTF-8, or too long
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedLine> {
  let number = 1;
  let pending: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      yield { number, text: decoded([...pending, chunk.subarray(start, end)], number) };
      [pending, length, start] = [[], 0, end + 1];
      number += 1;
    }
    if (start === chunk.length) continue;
    pending.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > longestLine) throw wrongLine(number, 'it is too long to be one row of a store');
  }
  if (length > 0) yield { number, text: decoded(pending, number) };
}

function decoded(pieces: readonly Uint8Array[], number: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    throw wrongLine(number, 'it is not UTF-8');
  }
}

/** A file that cannot be brought in, with the line to look at. */
export function wrongLine(number: number, what: string): SimloftError {
  const text = `Line ${number} of the file cannot be used: ${what}. Nothing was imported.`;
  return new SimloftError('request_invalid', text, { details: { line: number } });
}

/**
 * The object that a line holds.
 * @throws SimloftError `request_invalid`
 */
export function objectIn({ number, text }: NumberedLine): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrongLine(number, 'it is not JSON, or it was cut off');
  }
  if (!isObject(value)) throw wrongLine(number, 'it is not a JSON object');
  return value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

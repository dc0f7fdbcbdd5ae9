import { SimloftError } from '../../../core/errors.ts';

const longestLine = 100_000;

/** Octets that come in pieces, as text. A mark of the order of octets at the beginning is no part of it. */
export async function* textOfPieces(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** Lines with their numbers, from 1; empty ones are passed over. @throws SimloftError `request_invalid` for a line without an end */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<{ line: number; text: string }> {
  let line = 0;
  let rest = '';
  for await (const piece of pieces) {
    const lines = `${rest}${piece}`.split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line += 1;
      if (text.trim() !== '') yield { line, text };
    }
    if (rest.length > longestLine)
      throw new SimloftError('request_invalid', `Line ${line + 1} is longer than ${longestLine} characters.`);
  }
  if (rest.trim() !== '') yield { line: line + 1, text: rest };
}

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, unguard, writeCsvRow } from '../../../../src/http/v1/transfer/csv.ts';
import { linesOf, textOfPieces } from '../../../../src/http/v1/transfer/pieces.ts';

async function* pieces(text: string, size: number) {
  for (let from = 0; from < text.length; from += size) yield text.slice(from, from + size);
}

async function read(text: string, size = 3) {
  const records: [line: number, cells: readonly string[]][] = [];
  for await (const { line, cells } of readCsv(pieces(text, size))) records.push([line, cells]);
  return records;
}

describe('CSV', () => {
  it.each([
    [
      'a,b\r\nc,d\r\n',
      [
        [1, ['a', 'b']],
        [2, ['c', 'd']],
      ],
    ],
    [
      'a,b\nc',
      [
        [1, ['a', 'b']],
        [2, ['c']],
      ],
    ],
    [
      '"a, ""b""\nc",d\r\n\r\n,\n',
      [
        [1, ['a, "b"\nc', 'd']],
        [4, ['', '']],
      ],
    ],
    [
      'a;b\n"c;d";e,f\n',
      [
        [1, ['a', 'b']],
        [2, ['c;d', 'e,f']],
      ],
    ],
    ['""\n', [[1, ['']]]],
    ['', []],
  ])('is read: %j', async (text, records) => {
    for (const size of [1, 2, 100]) expect(await read(text, size)).toEqual(records);
  });

  it('says where a record begins that has no end', async () => {
    await expect(read('a\n"b\nc')).rejects.toMatchObject({ code: 'request_invalid', details: { line: 2 } });
    await expect(read(`a\n${'x'.repeat(100_001)}`, 1_000)).rejects.toMatchObject({ details: { line: 2 } });
  });

  it('holds no formula, and takes the apostrophe off again', () => {
    expect(writeCsvRow(['=1+1', '+7916', '-1', '@x', '\tx', 'x=1', '', null, 5, true])).toBe(
      "'=1+1,'+7916,'-1,'@x,'\tx,x=1,,,5,true\r\n",
    );
    expect(unguard("'=1+1")).toBe('=1+1');
    expect(unguard("'tis")).toBe("'tis");
  });

  it('comes back as it was written, in pieces of any size', async () => {
    const cells = fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(cells, { minLength: 1 }), fc.integer({ min: 1, max: 9 }), async (rows, size) => {
        const text = `a,b\n${rows.map(writeCsvRow).join('')}`;
        const found = (await read(text, size)).slice(1).map(([, cells]) => cells.map(unguard));
        // An apostrophe before what would be guarded is taken for a guard.
        expect(found).toEqual(rows.map((row) => row.map(unguard)));
      }),
    );
  });
});

describe('pieces of a file', () => {
  it('are text whatever they cut through, without the mark of the order of octets', async () => {
    const octets = new TextEncoder().encode('\uFEFFПривет 👋\n');
    for (const size of [1, 2, 3, 7]) {
      async function* cut() {
        for (let from = 0; from < octets.length; from += size) yield octets.subarray(from, from + size);
      }
      let text = '';
      for await (const piece of textOfPieces(cut())) text += piece;
      expect(text).toBe('Привет 👋\n');
    }
  });

  it('are lines with their numbers', async () => {
    const found = [];
    for await (const line of linesOf(pieces('{"a":1}\n\n{"b":2}', 2))) found.push(line);
    expect(found).toEqual([
      { line: 1, text: '{"a":1}' },
      { line: 3, text: '{"b":2}' },
    ]);
  });
});

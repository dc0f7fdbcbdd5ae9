import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { steps } from '../../../../src/store/migrations/migrator.ts';
import { oddTexts } from '../../../support/odd-texts.ts';
import { rowsIn } from '../../../support/store-rows.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';
import { exported, filledStore, imported } from '../../../support/transfer.ts';

const filling = { seed: 1, rows: 6, texts: oddTexts };

describe('an export that is imported', () => {
  it('gives the same rows, and the same file when it is exported again', async () => {
    await using temporary = await temporaryDirectory();
    const from = await filledStore(join(temporary.path, 'from'), filling);
    const file = await exported(from);
    const to = join(temporary.path, 'to');
    const moved = await imported(file, to);
    expect(moved.every(({ rows, added }) => rows === 6 && added === 6)).toBe(true);
    expect(rowsIn(to)).toEqual(rowsIn(from));
    expect(await exported(to)).toBe(file);
    const again = await imported(file, to);
    expect(again.every(({ rows, added }) => rows === 6 && added === 0)).toBe(true);
    expect(rowsIn(to)).toEqual(rowsIn(from));
  });

  it('may come from an earlier version', async () => {
    await using temporary = await temporaryDirectory();
    const from = await filledStore(join(temporary.path, 'from'), filling, steps[0]);
    const file = await exported(from);
    expect(file.split('\n')[0]).toContain(`"migration":"${steps[0]}"`);
    const to = join(temporary.path, 'to');
    await imported(file, to);
    expect(rowsIn(to)['inbound']).toMatchObject(rowsIn(from)['inbound'] ?? []);
    expect(rowsIn(to)['migration']).toMatchObject(steps.map((name) => ({ name })));
  });

  it('may come in pieces of any size, and with the line ends of another system', async () => {
    await using temporary = await temporaryDirectory();
    const from = await filledStore(join(temporary.path, 'from'), {
      ...filling,
      texts: ['Ёлка 🎄', '\u2028', 'a\u0000b'],
    });
    const file = await exported(from);
    for (const [name, text, size] of [
      ['octets', file, 1],
      ['threes', file.trimEnd(), 3],
      ['crlf', file.replaceAll('\n', '\r\n'), 1000],
    ] as const) {
      const to = join(temporary.path, name);
      await imported(text, to, size);
      expect(rowsIn(to)).toEqual(rowsIn(from));
    }
  });
});

describe('a file that is wrong', () => {
  /** What each does to the lines of a good file; what is said of it. */
  const wrong: readonly (readonly [string, (lines: string[]) => string, RegExp])[] = [
    ['empty', () => '', /^Line 1 .*the file is empty/],
    ['no JSON', () => 'SQLite format 3\n', /^Line 1 .*not JSON/],
    ['JSON of another kind', () => '[1]\n', /^Line 1 .*not a JSON object/],
    ['JSON of another program', () => '{"a":1}\n', /^Line 1 .*not the first line of a file that simloft export/],
    ['without its first line', (lines) => lines.slice(1).join('\n'), /^Line 1 .*not the first line/],
    [
      'without counts',
      ([head = '', ...rest]) => [head.replace('"rows"', '"r"'), ...rest].join('\n'),
      /^Line 1 .*rows is missing/,
    ],
    [
      'of a newer format',
      ([head = '']) => head.replace('"version":1', '"version":2'),
      /^The file was made by a newer version.*file format 2/,
    ],
    [
      'of a newer schema',
      ([head = '']) => head.replace(/"migration":"[^"]*"/, '"migration":"9999-x"'),
      /newer version.*9999-x/,
    ],
    ['cut within a line', (lines) => lines.join('\n').slice(0, -40), /^Line \d+ .*not JSON, or it was cut off/],
    [
      'cut between lines',
      (lines) => lines.slice(0, 60).join('\n'),
      /ends after line 60: its first line promises 6 rows of the table \w+, and \d came. It was cut off/,
    ],
    [
      'cut after its first line',
      ([head]) => `${head}\n`,
      /ends after line 1: .* promises 6 rows of the table peer, and 0 came/,
    ],
    [
      'with a line twice',
      (lines) => [...lines.slice(0, 4), ...lines.slice(3)].join('\n'),
      /^A line from 2 to 8 of the file .*refuses a row of the table peer/,
    ],
    [
      'with a line too many',
      (lines) => [...lines, '{"table":"sim","row":{"sim":"x","knownAt":1}}'].join('\n'),
      /ends after line \d+: .* 6 rows of the table sim, and 7 came\. Nothing/,
    ],
    ['with an empty line', (lines) => [...lines.slice(0, 9), '', ...lines.slice(9)].join('\n'), /^Line 10 .*not JSON/],
    [
      'with an unknown table',
      (lines) => [...lines.slice(0, 9), '{"table":"x","row":{}}'].join('\n'),
      /^Line 10 .*no table "x"/,
    ],
    [
      'with the table of migrations',
      (lines) => [...lines.slice(0, 9), '{"table":"migration","row":{}}'].join('\n'),
      /^Line 10 .*no table "migration"/,
    ],
    ['without a table', (lines) => [...lines.slice(0, 9), '{"row":{}}'].join('\n'), /^Line 10 .*no table named in it/],
    ['without a row', (lines) => [...lines.slice(0, 9), '{"table":"sim"}'].join('\n'), /^Line 10 .*holds no row/],
    [
      'with an unknown column',
      (lines) => lines.join('\n').replace('"address":', '"x":1,"address":'),
      /^Line 2 .*peer has no column x/,
    ],
    [
      'with a column missing',
      (lines) => lines.join('\n').replace(/,"search":"[^"]*"/, ''),
      /^Line 2 .*search of peer must be a text/,
    ],
    [
      'with a fraction',
      (lines) =>
        lines
          .join('\n')
          .replace('"id":', '"id":0.5,"_":')
          .replace(/"_":\d+,/, ''),
      /^Line 2 .*id of peer must be a whole number/,
    ],
    [
      'with a number too large',
      (lines) => lines.join('\n').replace(/"id":\d+/, '"id":9007199254740993'),
      /^Line 2 .*id of peer must be a whole number/,
    ],
    [
      'with a key that is null',
      (lines) => lines.join('\n').replace(/"id":\d+/, '"id":null'),
      /^Line 2 .*id of peer must be a whole number/,
    ],
    [
      'with half a character',
      (lines) => lines.join('\n').replace('"address":"', '"address":"\\ud83c'),
      /^Line 2 .*address of peer must be a text/,
    ],
    [
      'pointing to no row',
      (lines) => lines.join('\n').replaceAll(/"peerId":\d+/g, '"peerId":777777'),
      /^A line from 8 to 13 of the file .*refuses a row of the table inbound/,
    ],
  ];

  it.each(wrong)('%s is refused, and the store is as it was', async (_, change, message) => {
    await using temporary = await temporaryDirectory();
    const from = await filledStore(join(temporary.path, 'from'), { ...filling, texts: ['Hello'] });
    const lines = (await exported(from)).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(50);
    const to = await filledStore(join(temporary.path, 'to'), { ...filling, rows: 0 });
    const before = rowsIn(to);
    await expect(imported(change(lines), to)).rejects.toThrow(
      expect.objectContaining({ message: expect.stringMatching(message) }),
    );
    expect(rowsIn(to)).toEqual(before);
  });

  it('is refused for octets that are no text, with their line, and makes no store', async () => {
    await using temporary = await temporaryDirectory();
    const to = join(temporary.path, 'to');
    await expect(imported(Buffer.from([0x7b, 0xff, 0x0a]), to)).rejects.toThrow(/^Line 1 .*not UTF-8/);
    await expect(imported(Buffer.alloc(17 * 1024 * 1024, 0x20), to)).rejects.toThrow(/^Line 1 .*too long/);
    expect(existsSync(to)).toBe(false);
  });

  it('is refused by a store that holds other data', async () => {
    await using temporary = await temporaryDirectory();
    const file = await exported(await filledStore(join(temporary.path, 'from'), filling));
    const to = await filledStore(join(temporary.path, 'to'), filling);
    const path = join(to, 'simloft.db');
    for (const [statement, said] of [
      ["insert into sim values ('mine', 1)", /sim has 6 rows in the source and 7 in .* held other data/],
      ["update sim set known_at = 5 where sim <> 'mine'", /holds other data: its row of the table sim/],
    ] as const) {
      new DatabaseSync(path).exec(statement);
      const before = rowsIn(to);
      await expect(imported(file, to)).rejects.toMatchObject({
        code: 'store_unsafe',
        message: expect.stringMatching(said),
      });
      expect(rowsIn(to)).toEqual(before);
    }
  });
});

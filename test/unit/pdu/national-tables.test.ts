import { describe, expect, it } from 'vitest';
import {
  defaultExtension,
  defaultTable,
  escapeSeptet,
  type GsmTable,
  noCharacter,
} from '../../../src/pdu/gsm-table.ts';
import { decodeSeptets, encodeSeptets, indexTables } from '../../../src/pdu/gsm-text.ts';
import { lockingTables } from '../../../src/pdu/national-locking-table.ts';
import { singleTables } from '../../../src/pdu/national-single-shift-table.ts';

/** The characters of a table that stand in more than one cell, the cell of the escape not counted. */
function repeated(table: GsmTable): string[] {
  const units = [...table].filter((unit, septet) => unit !== noCharacter && septet !== escapeSeptet);
  return units.filter((unit, at) => units.indexOf(unit) !== at).map((unit) => String.fromCharCode(unit));
}

function emptyCells(table: GsmTable): number {
  return table.filter((unit) => unit === noCharacter).length;
}

/** The characters of some cells, which are written in hex; U+FFFF for an empty one. */
function charactersAt(table: GsmTable | undefined, cells: string): string {
  return String.fromCharCode(...cells.split(' ').map((cell) => table?.[Number.parseInt(cell, 16)] ?? 0));
}

describe('national locking shift tables (TS 23.038 §A.3)', () => {
  it('has a table for every identifier but Spanish', () => {
    expect([...lockingTables.keys()]).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it.each([...lockingTables])(
    'table %i has 128 cells, and LF, CR, escape, space and digits where all have them',
    (_id, table) => {
      expect(table).toHaveLength(128);
      expect(String.fromCharCode(table[0x0a] ?? 0, table[0x0d] ?? 0)).toBe('\n\r');
      expect(table[escapeSeptet]).toBe(defaultTable[escapeSeptet]);
      expect(table.slice(0x30, 0x3c)).toEqual(defaultTable.slice(0x30, 0x3c));
      expect(table.slice(0x61, 0x7b)).toEqual(defaultTable.slice(0x61, 0x7b));
      expect(table[0x20]).toBe(0x20);
    },
  );

  it.each([...lockingTables])('table %i has no character twice', (_id, table) => {
    expect(repeated(table)).toEqual([]);
  });

  it('has holes only in the tables of India, as many as the standard leaves', () => {
    expect([...lockingTables].map(([id, table]) => [id, emptyCells(table)])).toEqual([
      [1, 0],
      [3, 0],
      [4, 13],
      [5, 7],
      [6, 0],
      [7, 7],
      [8, 7],
      [9, 11],
      [10, 17],
      [11, 25],
      [12, 7],
      [13, 0],
    ]);
  });

  it.each([
    ['Turkish', 1, '04 07 0b 1d 40 60', '€ıĞşİç'],
    ['Portuguese', 3, '04 12 15 17 24 7d', 'êª∞\\º`'],
    ['Bengali', 4, '00 46 45 60 7b 7f', '\u0981\u09b2\uffff\u09ce\u09d7\u09f1'],
    ['Gujarati', 5, '0c 11 12 5b 60 7f', '\u0a8d\u0a91\uffff\u0ac9\u0ad0\u0af1'],
    ['Hindi', 6, '00 02 3c 4e 60 7e', '\u0901\u0903\u0929\u093c\u0950\u097e'],
    ['Kannada', 7, '00 01 24 3d 60 7f', '\uffff\u0c82\u0ca1\u0caa\u0cd5\u0ce3'],
    ['Malayalam', 8, '0e 48 4e 4f 60 7f', '\u0d0e\u0d34\uffff\u0d3d\u0d57\u0d79'],
    ['Oriya', 9, '00 0e 47 4e 60 7c', '\u0b01\uffff\u0b33\u0b3c\u0b56\u0b60'],
    ['Punjabi', 10, '08 47 4b 54 60 7f', '\u0a0a\u0a33\uffff\u0a42\u0a51\u0a74'],
    ['Tamil', 11, '11 19 2f 3c 60 7c', '\uffff\u0b99\u0ba8\u0ba9\u0bd0\u0bf0'],
    ['Telugu', 12, '00 11 45 4f 60 7f', '\u0c01\uffff\u0c31\u0c3d\u0c55\u0c63'],
    ['Urdu', 13, '00 07 3c 45 5b 7f', '\u0627\u062a\u069a\u0641\u06d2\u0670'],
  ])('has the characters of %s', (_name, id, cells, characters) => {
    expect(charactersAt(lockingTables.get(id), cells)).toBe(characters);
  });
});

describe('national single shift tables (TS 23.038 §A.2)', () => {
  it('has a table for every identifier', () => {
    expect([...singleTables.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it.each([...singleTables])(
    'table %i has 128 cells, those of the default extension, none for CR and escape',
    (_id, table) => {
      expect(table).toHaveLength(128);
      expect(table[0x0d]).toBe(noCharacter);
      expect(table[escapeSeptet]).toBe(noCharacter);
      expect(table.filter((_unit, septet) => defaultExtension[septet] !== noCharacter)).toEqual(
        defaultExtension.filter((unit) => unit !== noCharacter),
      );
    },
  );

  it.each([...singleTables])('table %i repeats nothing but the "¡" and "*" of the eastern tables', (id, table) => {
    expect(repeated(table)).toEqual(id < 4 ? [] : ['¡', '*']);
  });

  it('has as many characters as the standard gives each language', () => {
    const eastern = 58;
    expect([...singleTables].map(([id, table]) => [id, 128 - emptyCells(table)])).toEqual([
      [1, 17],
      [2, 19],
      [3, 37],
      [4, eastern + 24],
      [5, eastern + 12],
      [6, eastern + 30],
      [7, eastern + 15],
      [8, eastern + 24],
      [9, eastern + 17],
      [10, eastern + 18],
      [11, eastern + 19],
      [12, eastern + 20],
      [13, eastern + 32],
    ]);
  });

  it.each([
    ['Turkish', 1, '47 49 53 63 69 73', 'ĞİŞçış'],
    ['Spanish', 2, '09 41 49 4f 6f 75', 'çÁÍÓóú'],
    ['Portuguese', 3, '05 12 19 1f 5b 7f', 'êΦΘÊÃâ'],
    ['Bengali', 4, '19 1c 24 2a 30 34', '\u09e6\u09e8\u09df\u09e3\u09f6\u09fa'],
    ['Gujarati', 5, '19 1a 1c 25 26 41', '\u0964\u0965\u0ae6\u0aef\uffffA'],
    ['Hindi', 6, '1c 26 2c 30 3a 3b', '\u0966\u0951\u0958\u095b\u0971\uffff'],
    ['Kannada', 7, '1c 25 26 27 2a 2b', '\u0ce6\u0cef\u0cde\u0cf1\u0cf2\uffff'],
    ['Malayalam', 8, '1c 26 2d 2e 30 34', '\u0d66\u0d70\u0d75\u0d7a\u0d7b\u0d7f'],
    ['Oriya', 9, '1c 20 26 27 2a 2c', '\u0b66\u0b6a\u0b5c\u0b5d\u0b5f\u0b71'],
    ['Punjabi', 10, '1c 26 2a 2c 2d 2e', '\u0a66\u0a59\u0a5b\u0a5e\u0a75\uffff'],
    ['Tamil', 11, '1c 24 25 26 2d 2e', '\u0be6\u0bee\u0bef\u0bf3\u0bf8\u0bfa'],
    ['Telugu', 12, '19 1c 22 26 2a 32', '\uffff\u0c66\u0c6c\u0c58\u0c78\u0c7f'],
    ['Urdu', 13, '19 1c 26 33 3b 3f', '\u0600\u06f0\u060c\u061f\u06cd\u06d4'],
  ])('has the characters of %s', (_name, id, cells, characters) => {
    expect(charactersAt(singleTables.get(id), cells)).toBe(characters);
  });
});

describe('national tables in a text', () => {
  it.each([...singleTables])('language %i writes every character of its tables and reads it back', (id, single) => {
    const tables = { locking: lockingTables.get(id) ?? defaultTable, single };
    const units = [...tables.locking, ...tables.single].filter((unit) => unit !== noCharacter);
    const text = String.fromCharCode(...units);
    const septets = encodeSeptets(text, indexTables(tables));
    expect(septets === null ? null : decodeSeptets(septets, tables)).toBe(text);
  });

  it('shows an empty cell behind the escape as the locking table has it', () => {
    const tables = { locking: lockingTables.get(6) ?? defaultTable, single: singleTables.get(6) ?? defaultExtension };
    expect(decodeSeptets(Uint8Array.of(0x1b, 0x0d, 0x1b, 0x3b, 0x1b, 0x1b), tables)).toBe('\r; ');
  });
});

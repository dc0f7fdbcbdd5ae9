import { extensionTable, type GsmTable, noCharacter, tableOfRows } from './gsm-table.ts';

// Cell 0x0D stays empty in every table: the standard keeps it for a control character (TS 23.038 §A.2), and an empty
// cell is shown as in the locking table, that is as CR. Cell 0x1B is the escape to a further table, as yet unused.

/** What the Latin tables share with the default extension; 0x0A is the page break. */
const latin = {
  0x0a: '\f',
  0x14: '^',
  0x28: '{',
  0x29: '}',
  0x2f: '\\',
  0x3c: '[',
  0x3d: '~',
  0x3e: ']',
  0x40: '|',
  0x65: '€',
};

/** Turkish (TS 23.038 §A.2.1). */
const turkish = extensionTable({
  ...latin,
  0x47: 'Ğ',
  0x49: 'İ',
  0x53: 'Ş',
  0x63: 'ç',
  0x67: 'ğ',
  0x69: 'ı',
  0x73: 'ş',
});

/** Spanish (TS 23.038 §A.2.2). */
const spanish = extensionTable({
  ...latin,
  0x09: 'ç',
  0x41: 'Á',
  0x49: 'Í',
  0x4f: 'Ó',
  0x55: 'Ú',
  0x61: 'á',
  0x69: 'í',
  0x6f: 'ó',
  0x75: 'ú',
});

/** Portuguese (TS 23.038 §A.2.3). */
const portuguese = extensionTable({
  ...latin,
  0x05: 'ê',
  0x09: 'ç',
  0x0b: 'Ô',
  0x0c: 'ô',
  0x0e: 'Á',
  0x0f: 'á',
  0x12: 'Φ',
  0x13: 'Γ',
  0x15: 'Ω',
  0x16: 'Π',
  0x17: 'Ψ',
  0x18: 'Σ',
  0x19: 'Θ',
  0x1f: 'Ê',
  0x41: 'À',
  0x49: 'Í',
  0x4f: 'Ó',
  0x55: 'Ú',
  0x5b: 'Ã',
  0x5c: 'Õ',
  0x61: 'Â',
  0x69: 'í',
  0x6f: 'ó',
  0x75: 'ú',
  0x7b: 'ã',
  0x7c: 'õ',
  0x7f: 'â',
});

/** What the tables of Bengali to Urdu share. "*" and "¡" stand in it twice, as in the standard. */
const eastern = tableOfRows([
  '@£$¥¿"¤%&\'\f*+\uffff-/',
  '<=>¡^¡_#*\uffff\uffff\uffff\uffff\uffff\uffff\uffff',
  '\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff{}\uffff\uffff\uffff\uffff\uffff\\',
  '\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff[~]\uffff',
  '|ABCDEFGHIJKLMNO',
  'PQRSTUVWXYZ\uffff\uffff\uffff\uffff\uffff',
  '\uffff\uffff\uffff\uffff\uffff€',
]);

/** The cells that those tables leave to the characters of a language, in order. */
const languageCells = [
  0x19, 0x1a, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e,
  0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3f,
];

/** A table from the characters of {@link languageCells}; the cells behind the last of them stay empty. */
function easternTable(characters: string): GsmTable {
  const table = eastern.slice();
  for (const [at, cell] of languageCells.entries()) {
    table[cell] = at < characters.length ? characters.charCodeAt(at) : noCharacter;
  }
  return table;
}

/** Bengali (TS 23.038 §A.2.4). */
const bengali = easternTable(
  '\u09e6\u09e7\u09e8\u09e9\u09ea\u09eb\u09ec\u09ed\u09ee\u09ef' +
    '\u09df\u09e0\u09e1\u09e2\u09e3\u09f2\u09f3\u09f4\u09f5\u09f6\u09f7\u09f8\u09f9\u09fa',
);

/** Gujarati (TS 23.038 §A.2.5). */
const gujarati = easternTable('\u0964\u0965\u0ae6\u0ae7\u0ae8\u0ae9\u0aea\u0aeb\u0aec\u0aed\u0aee\u0aef');

/** Hindi (TS 23.038 §A.2.6). */
const hindi = easternTable(
  '\u0964\u0965\u0966\u0967\u0968\u0969\u096a\u096b\u096c\u096d\u096e\u096f\u0951\u0952\u0953\u0954' +
    '\u0958\u0959\u095a\u095b\u095c\u095d\u095e\u095f\u0960\u0961\u0962\u0963\u0970\u0971',
);

/** Kannada (TS 23.038 §A.2.7). */
const kannada = easternTable(
  '\u0964\u0965\u0ce6\u0ce7\u0ce8\u0ce9\u0cea\u0ceb\u0cec\u0ced\u0cee\u0cef\u0cde\u0cf1\u0cf2',
);

/** Malayalam (TS 23.038 §A.2.8). */
const malayalam = easternTable(
  '\u0964\u0965\u0d66\u0d67\u0d68\u0d69\u0d6a\u0d6b\u0d6c\u0d6d\u0d6e\u0d6f' +
    '\u0d70\u0d71\u0d72\u0d73\u0d74\u0d75\u0d7a\u0d7b\u0d7c\u0d7d\u0d7e\u0d7f',
);

/** Oriya (TS 23.038 §A.2.9). */
const oriya = easternTable(
  '\u0964\u0965\u0b66\u0b67\u0b68\u0b69\u0b6a\u0b6b\u0b6c\u0b6d\u0b6e\u0b6f\u0b5c\u0b5d\u0b5f\u0b70\u0b71',
);

/** Punjabi (TS 23.038 §A.2.10). */
const punjabi = easternTable(
  '\u0964\u0965\u0a66\u0a67\u0a68\u0a69\u0a6a\u0a6b\u0a6c\u0a6d\u0a6e\u0a6f\u0a59\u0a5a\u0a5b\u0a5c\u0a5e\u0a75',
);

/** Tamil (TS 23.038 §A.2.11; U+0BEF printed in cell 0x24 of the standard is a slip for U+0BEE, the digit eight). */
const tamil = easternTable(
  '\u0964\u0965\u0be6\u0be7\u0be8\u0be9\u0bea\u0beb\u0bec\u0bed\u0bee\u0bef\u0bf3\u0bf4\u0bf5\u0bf6\u0bf7\u0bf8\u0bfa',
);

/** Telugu (TS 23.038 §A.2.12), without dandas; its digits six and seven are misprinted in some versions. */
const telugu = easternTable(
  '\uffff\uffff\u0c66\u0c67\u0c68\u0c69\u0c6a\u0c6b\u0c6c\u0c6d\u0c6e\u0c6f' +
    '\u0c58\u0c59\u0c78\u0c79\u0c7a\u0c7b\u0c7c\u0c7d\u0c7e\u0c7f',
);

/** Urdu (TS 23.038 §A.2.13). */
const urdu = easternTable(
  '\u0600\u0601\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9\u060c\u060d\u060e\u060f' +
    '\u0610\u0611\u0612\u0613\u0614\u061b\u061f\u0640\u0652\u0658\u066b\u066c\u0672\u0673\u06cd\u06d4',
);

/**
 * The national single shift tables by national language identifier (TS 23.038 §6.2.1.2.2, §6.2.1.2.4, §A.2). A text
 * that asks for another identifier is read by the default extension.
 */
export const singleTables: ReadonlyMap<number, GsmTable> = new Map([
  [1, turkish],
  [2, spanish],
  [3, portuguese],
  [4, bengali],
  [5, gujarati],
  [6, hindi],
  [7, kannada],
  [8, malayalam],
  [9, oriya],
  [10, punjabi],
  [11, tamil],
  [12, telugu],
  [13, urdu],
]);

import { type GsmTable, noCharacter, tableOfRows } from './gsm-table.ts';

// As in the default table, a space stands in the cell of the escape. U+FFFF is a cell without a character.

/** Turkish (TS 23.038 §A.3.1). */
const turkish = tableOfRows([
  '@£$¥€éùıòÇ\nĞğ\rÅå',
  'Δ_ΦΓΛΩΠΨΣΘΞ ŞşßÉ',
  ' !"#¤%&\'()*+,-./',
  '0123456789:;<=>?',
  'İABCDEFGHIJKLMNO',
  'PQRSTUVWXYZÄÖÑÜ§',
  'çabcdefghijklmno',
  'pqrstuvwxyzäöñüà',
]);

/** Portuguese (TS 23.038 §A.3.3). */
const portuguese = tableOfRows([
  '@£$¥êéúíóç\nÔô\rÁá',
  'Δ_ªÇÀ∞^\\€Ó| ÂâÊÉ',
  ' !"#º%&\'()*+,-./',
  '0123456789:;<=>?',
  'ÍABCDEFGHIJKLMNO',
  'PQRSTUVWXYZÃÕÚÜ§',
  '~abcdefghijklmno',
  'pqrstuvwxyzãõ`üà',
]);

/** Hindi (TS 23.038 §A.3.6): it fills every cell, so the other scripts of India are written as differences from it. */
const hindi = tableOfRows([
  '\u0901\u0902\u0903\u0905\u0906\u0907\u0908\u0909\u090a\u090b\n\u090c\u090d\r\u090e\u090f',
  '\u0910\u0911\u0912\u0913\u0914\u0915\u0916\u0917\u0918\u0919\u091a \u091b\u091c\u091d\u091e',
  ' !\u091f\u0920\u0921\u0922\u0923\u0924)(\u0925\u0926,\u0927.\u0928',
  '0123456789:;\u0929\u092a\u092b?',
  '\u092c\u092d\u092e\u092f\u0930\u0931\u0932\u0933\u0934\u0935\u0936\u0937\u0938\u0939\u093c\u093d',
  '\u093e\u093f\u0940\u0941\u0942\u0943\u0944\u0945\u0946\u0947\u0948\u0949\u094a\u094b\u094c\u094d',
  '\u0950abcdefghijklmno',
  'pqrstuvwxyz\u0972\u097b\u097c\u097e\u097f',
]);

/** Urdu (TS 23.038 §A.3.13). */
const urdu = tableOfRows([
  '\u0627\u0622\u0628\u067b\u0680\u067e\u06a6\u062a\u06c2\u067f\n\u0679\u067d\r\u067a\u067c',
  '\u062b\u062c\u0681\u0684\u0683\u0685\u0686\u0687\u062d\u062e\u062f \u068c\u0688\u0689\u068a',
  ' !\u068f\u068d\u0630\u0631\u0691\u0693)(\u0699\u0632,\u0696.\u0698',
  '0123456789:;\u069a\u0633\u0634?',
  '\u0635\u0636\u0637\u0638\u0639\u0641\u0642\u06a9\u06aa\u06ab\u06af\u06b3\u06b1\u0644\u0645\u0646',
  '\u06ba\u06bb\u06bc\u0648\u06c4\u06d5\u06c1\u06be\u0621\u06cc\u06d0\u06d2\u064d\u0650\u064f\u0657',
  '\u0654abcdefghijklmno',
  'pqrstuvwxyz\u0655\u0651\u0653\u0656\u0670',
]);

/** First code point of the Unicode block that the Hindi table takes its letters from. */
const devanagari = 0x0900;

/** The cells in which every script of India has letters of its own. */
const ownCells = [0x60, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f];

interface IndicScript {
  /** First code point of the script's Unicode block. */
  readonly block: number;
  /** Cells without a character. */
  readonly holes: readonly number[];
  /** Characters of {@link ownCells}, in their order. */
  readonly own: string;
}

/**
 * The table of another script of India. Unicode lays these scripts out in parallel blocks, and the standard puts the
 * same place of each block into the same cell; so the letters are those of the Hindi table, moved to the other block.
 */
function indicTable({ block, holes, own }: IndicScript): GsmTable {
  const table = hindi.map((unit) => (unit < devanagari ? unit : unit - devanagari + block));
  for (const hole of holes) table[hole] = noCharacter;
  for (const [at, cell] of ownCells.entries()) table[cell] = own.charCodeAt(at);
  return table;
}

/** Bengali (TS 23.038 §A.3.4). */
const bengali = indicTable({
  block: 0x0980,
  holes: [0x0c, 0x0e, 0x11, 0x12, 0x3c, 0x45, 0x47, 0x48, 0x49, 0x57, 0x58, 0x5b, 0x5c],
  own: '\u09ce\u09d7\u09dc\u09dd\u09f0\u09f1',
});

/** Gujarati (TS 23.038 §A.3.5). */
const gujarati = indicTable({
  block: 0x0a80,
  holes: [0x0e, 0x12, 0x3c, 0x45, 0x48, 0x58, 0x5c],
  own: '\u0ad0\u0ae0\u0ae1\u0ae2\u0ae3\u0af1',
});

/** Kannada (TS 23.038 §A.3.7; U+0CAA printed in cell 0x24 of the standard is a slip for U+0CA1, as the order shows). */
const kannada = indicTable({
  block: 0x0c80,
  holes: [0x00, 0x0c, 0x11, 0x3c, 0x48, 0x57, 0x5b],
  own: '\u0cd5\u0cd6\u0ce0\u0ce1\u0ce2\u0ce3',
});

/** Malayalam (TS 23.038 §A.3.8). */
const malayalam = indicTable({
  block: 0x0d00,
  holes: [0x00, 0x0c, 0x11, 0x3c, 0x4e, 0x57, 0x5b],
  own: '\u0d57\u0d60\u0d61\u0d62\u0d63\u0d79',
});

/** Oriya (TS 23.038 §A.3.9). */
const oriya = indicTable({
  block: 0x0b00,
  holes: [0x0c, 0x0e, 0x11, 0x12, 0x3c, 0x45, 0x48, 0x57, 0x58, 0x5b, 0x5c],
  own: '\u0b56\u0b57\u0b60\u0b61\u0b62\u0b63',
});

/** Punjabi (TS 23.038 §A.3.10). */
const punjabi = indicTable({
  block: 0x0a00,
  holes: [0x09, 0x0b, 0x0c, 0x0e, 0x11, 0x12, 0x3c, 0x45, 0x48, 0x4b, 0x4f, 0x55, 0x56, 0x57, 0x58, 0x5b, 0x5c],
  own: '\u0a51\u0a70\u0a71\u0a72\u0a73\u0a74',
});

/** Tamil (TS 23.038 §A.3.11). Unicode has no character U+0B91, so cell 0x11 is a hole. */
const tamil = indicTable({
  block: 0x0b80,
  holes: [
    0x00, 0x09, 0x0b, 0x0c, 0x11, 0x16, 0x17, 0x18, 0x1c, 0x1e, 0x23, 0x24, 0x25, 0x2a, 0x2b, 0x2d, 0x3e, 0x40, 0x41,
    0x4e, 0x4f, 0x55, 0x56, 0x57, 0x5b,
  ],
  own: '\u0bd0\u0bd7\u0bf0\u0bf1\u0bf2\u0bf9',
});

/** Telugu (TS 23.038 §A.3.12). Unicode has no character U+0C11, so cell 0x11 is a hole. */
const telugu = indicTable({
  block: 0x0c00,
  holes: [0x0c, 0x11, 0x3c, 0x48, 0x4e, 0x57, 0x5b],
  own: '\u0c55\u0c56\u0c60\u0c61\u0c62\u0c63',
});

/**
 * The national locking shift tables by national language identifier (TS 23.038 §6.2.1.2.3, §6.2.1.2.4, §A.3). Spanish
 * (2) has none: a text that asks for it, or for an identifier above 13, is read by the default alphabet.
 */
export const lockingTables: ReadonlyMap<number, GsmTable> = new Map([
  [1, turkish],
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

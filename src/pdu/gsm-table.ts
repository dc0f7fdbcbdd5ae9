/** Marks a cell without a character. */
export const noCharacter = 0xffff;

/** The escape to the single shift table. */
export const escapeSeptet = 0x1b;

/** UTF-16 units of the 128 septets of one table; {@link noCharacter} where the table says nothing. */
export type GsmTable = Uint16Array;

// A space stands in the cell of the escape: TS 23.038 §6.2.1 asks for it where the escape is not understood.
const defaultRows = [
  '@£$¥èéùìòÇ\nØø\rÅå',
  'Δ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ',
  ' !"#¤%&\'()*+,-./',
  '0123456789:;<=>?',
  '¡ABCDEFGHIJKLMNO',
  'PQRSTUVWXYZÄÖÑÜ§',
  '¿abcdefghijklmno',
  'pqrstuvwxyzäöñüà',
];

/** The GSM 7-bit default alphabet (TS 23.038 §6.2.1). */
export const defaultTable: GsmTable = tableOfRows(defaultRows);

/** The default extension table (TS 23.038 §6.2.1.1); 0x0A is the page break. */
export const defaultExtension: GsmTable = extensionTable({
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
});

/** A table of eight rows of sixteen characters. U+FFFF in a row is a cell without a character. */
export function tableOfRows(rows: readonly string[]): GsmTable {
  const units = rows.join('');
  return Uint16Array.from({ length: 128 }, (_, septet) =>
    septet < units.length ? units.charCodeAt(septet) : noCharacter,
  );
}

/** A table that has characters in a few cells only. */
export function extensionTable(cells: Readonly<Record<number, string>>): GsmTable {
  return Uint16Array.from({ length: 128 }, (_, septet) => cells[septet]?.charCodeAt(0) ?? noCharacter);
}

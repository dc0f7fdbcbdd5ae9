import { defaultExtension, defaultTable, escapeSeptet, noCharacter, type GsmTable } from './gsm-table.ts';
import { textOfUnits } from './utf16.ts';

const space = 0x20;
const replacement = 0xfffd;

/** The two tables that a text is read by: the locking shift table and the single shift table behind ESC. */
export interface GsmTables {
  readonly locking: GsmTable;
  readonly single: GsmTable;
}

/** Default alphabet and default extension (TS 23.038 §6.2.1, §6.2.1.1). */
export const defaultTables: GsmTables = { locking: defaultTable, single: defaultExtension };

/**
 * Reads septets as text. Behind ESC a septet without a character in the single shift table is shown as in the locking
 * table; ESC ESC and an ESC at the end are shown as a space (TS 23.038 §6.2.1.1).
 */
export function decodeSeptets(septets: Uint8Array, tables: GsmTables = defaultTables): string {
  const units = new Uint16Array(septets.length);
  const { locking } = tables;
  let out = 0;
  for (let at = 0; at < septets.length; at += 1) {
    const septet = (septets[at] ?? 0) & 0x7f;
    let unit = locking[septet] ?? noCharacter;
    if (septet === escapeSeptet) {
      at += 1;
      unit = unitBehindEscape(at < septets.length ? (septets[at] ?? 0) & 0x7f : escapeSeptet, tables);
    }
    units[out] = unit === noCharacter ? replacement : unit;
    out += 1;
  }
  return textOfUnits(units.subarray(0, out));
}

function unitBehindEscape(septet: number, { locking, single }: GsmTables): number {
  if (septet === escapeSeptet) return space;
  const unit = single[septet] ?? noCharacter;
  return unit === noCharacter ? (locking[septet] ?? noCharacter) : unit;
}

/** Septets of the characters of a pair of tables, by UTF-16 unit; a pair with ESC has 0x100 added. */
export type SeptetIndex = ReadonlyMap<number, number>;

const escaped = 0x100;

/** Turns tables around for {@link encodeSeptets}. A character in both tables is written by the locking one. */
export function indexTables({ locking, single }: GsmTables): SeptetIndex {
  const index = new Map<number, number>();
  const add = (table: GsmTable, flag: number): void => {
    for (let septet = 0; septet < table.length; septet += 1) {
      const unit = table[septet] ?? noCharacter;
      if (septet === escapeSeptet || unit === noCharacter || index.has(unit)) continue;
      index.set(unit, septet | flag);
    }
  };
  add(locking, 0);
  add(single, escaped);
  return index;
}

/** The index of the default alphabet and its extension. */
export const defaultIndex: SeptetIndex = indexTables(defaultTables);

/** Septets that one UTF-16 unit takes: 1, 2 with ESC, 0 when the tables do not have it. */
export function septetsOfUnit(unit: number, index: SeptetIndex = defaultIndex): 0 | 1 | 2 {
  const septet = index.get(unit);
  if (septet === undefined) return 0;
  return septet >= escaped ? 2 : 1;
}

/** Septets of a text; null when a character is in neither table. */
export function countSeptets(text: string, index: SeptetIndex = defaultIndex): number | null {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const septets = septetsOfUnit(text.charCodeAt(at), index);
    if (septets === 0) return null;
    count += septets;
  }
  return count;
}

/** Writes a text as septets, ESC pairs included; null when a character is in neither table. */
export function encodeSeptets(text: string, index: SeptetIndex = defaultIndex): Uint8Array<ArrayBuffer> | null {
  const septets = new Uint8Array(text.length * 2);
  let out = 0;
  for (let at = 0; at < text.length; at += 1) {
    const septet = index.get(text.charCodeAt(at));
    if (septet === undefined) return null;
    if (septet >= escaped) {
      septets[out] = escapeSeptet;
      out += 1;
    }
    septets[out] = septet & 0x7f;
    out += 1;
  }
  return septets.slice(0, out);
}

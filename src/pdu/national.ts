import { defaultExtension, defaultTable } from './gsm-table.ts';
import { defaultTables, type GsmTables } from './gsm-text.ts';
import { lockingTables } from './national-locking-table.ts';
import { octetAt } from './octets.ts';
import { singleTables } from './national-single-shift-table.ts';
import type { InformationElement } from './tpdu.ts';
import { iei } from './user-data-header.ts';

/** National language identifiers (TS 23.038 §6.2.1.2.4): the default is 0, Turkish 1, Urdu 13. */
export interface Languages {
  readonly locking?: number;
  readonly single?: number;
}

/** The tables of a pair of languages. An identifier without tables stands for the default ones (TS 23.040 §9.2.3.24.15). */
export function tablesOfLanguages({ locking = 0, single = 0 }: Languages): GsmTables {
  if (locking === 0 && single === 0) return defaultTables;
  return {
    locking: lockingTables.get(locking) ?? defaultTable,
    single: singleTables.get(single) ?? defaultExtension,
  };
}

/** The tables that a header asks for with its shift elements (TS 23.040 §9.2.3.24.15, §9.2.3.24.16); the last ones count. */
export function tablesOfHeader(header: readonly InformationElement[]): GsmTables {
  if (header.length === 0) return defaultTables;
  let locking = 0;
  let single = 0;
  for (const { iei: id, data } of header) {
    if (data.length !== 1) continue;
    if (id === iei.lockingShift) locking = octetAt(data, 0);
    if (id === iei.singleShift) single = octetAt(data, 0);
  }
  return tablesOfLanguages({ locking, single });
}

/** The elements that tell the reader which tables to take; none for the default ones. */
export function languageElements({ locking = 0, single = 0 }: Languages): InformationElement[] {
  const elements: InformationElement[] = [];
  if (single !== 0) elements.push({ iei: iei.singleShift, data: Uint8Array.of(single) });
  if (locking !== 0) elements.push({ iei: iei.lockingShift, data: Uint8Array.of(locking) });
  return elements;
}

import { defaultExtension, defaultTable } from './gsm-table.ts';
import { countSeptets, defaultTables, type GsmTables, indexTables } from './gsm-text.ts';
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

/** Languages that may be tried for a text; all that have tables unless given. */
export interface AllowedLanguages {
  readonly locking?: readonly number[];
  readonly single?: readonly number[];
}

/**
 * The tables that write a text with the fewest septets, the default ones before all others; null when none have all its
 * characters. Many phones cannot read national tables: only for receivers of which it is known.
 */
export function languagesFor(text: string, allowed: AllowedLanguages = {}): Languages | null {
  const free = allowed.locking === undefined && allowed.single === undefined;
  const lockings = [0, ...(allowed.locking ?? (free ? lockingTables.keys() : []))];
  const singles = [0, ...(allowed.single ?? (free ? singleTables.keys() : []))];
  let best: Languages | null = null;
  let fewest = Infinity;
  for (const locking of lockings) {
    for (const single of singles) {
      const septets = countSeptets(text, indexTables(tablesOfLanguages({ locking, single })));
      if (septets === null) continue;
      const cost = septets + headerSeptets({ locking, single });
      if (cost >= fewest) continue;
      fewest = cost;
      best = { ...(locking === 0 ? {} : { locking }), ...(single === 0 ? {} : { single }) };
    }
  }
  return best;
}

/** What the elements of these tables cost in septets, three octets each and the length octet. */
function headerSeptets(languages: Languages): number {
  const count = languageElements(languages).length;
  return count === 0 ? 0 : Math.ceil(((1 + 3 * count) * 8) / 7);
}

import { decodeSeptets } from './gsm-text.ts';
import { tablesOfHeader } from './national.ts';
import { concatOctets } from './octets.ts';
import { bodyOctets, bodySeptets, type RawUserData } from './user-data.ts';
import type { DataCoding } from './tpdu.ts';
import { textOfUcs2, unitsOfOctets } from './utf16.ts';

/** A part as {@link joinText} needs it. */
export interface TextPart {
  readonly dataCoding: Pick<DataCoding, 'alphabet' | 'compressed'>;
  readonly userData: RawUserData;
}

/** Shown where a part is missing. */
const gap = '…';

/**
 * The text of a set, its parts in order; null stands for one that is missing and is shown as `…`. Parts of one alphabet
 * and of the same tables are put together before they are decoded, because an ESC pair or a surrogate pair may be torn
 * between them. 8-bit parts have no text.
 */
export function joinText(parts: readonly (TextPart | null)[]): string {
  let text = '';
  let run: TextPart[] = [];
  let alike: string | null = null;
  for (const part of parts) {
    const kind = part === null ? null : kindOf(part);
    if (kind !== alike) {
      text += textOfRun(run);
      run = [];
      alike = kind;
    }
    if (part === null) text += gap;
    else run.push(part);
  }
  return text + textOfRun(run);
}

/** Parts that are read in the same way have the same kind. */
function kindOf({ dataCoding, userData }: TextPart): string {
  if (dataCoding.compressed) return 'compressed';
  if (dataCoding.alphabet !== 'gsm7') return dataCoding.alphabet;
  return userData.header.reduce((kind, { iei, data }) => {
    return iei === 0x24 || iei === 0x25 ? `${kind} ${iei}:${data.join()}` : kind;
  }, 'gsm7');
}

function textOfRun(run: readonly TextPart[]): string {
  const [first] = run;
  if (first === undefined || first.dataCoding.compressed) return '';
  const { alphabet } = first.dataCoding;
  if (alphabet === 'gsm7') {
    const septets = concatOctets(...run.map(({ userData }) => bodySeptets(userData)));
    return decodeSeptets(septets, tablesOfHeader(first.userData.header));
  }
  return alphabet === 'ucs2' ? textOfUcs2(unitsOfOctets(joinUnits(run))) : '';
}

/** Of a part with an odd number of octets the last one is left out, so that the next part is not shifted. */
function joinUnits(run: readonly TextPart[]): Uint8Array {
  const bodies = run.map(({ userData }) => bodyOctets(userData));
  return concatOctets(...bodies.map((octets) => octets.subarray(0, octets.length & ~1)));
}

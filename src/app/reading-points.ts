import type { StoreTransaction } from '../store/store.ts';

/** The signal is kept as its average over so long, ms: a row for each poll would wear out an SD card. */
export const signalPointMs = 5 * 60_000;

/** Counts a signal into the average of its five minutes. */
export async function keepSignal(
  tx: StoreTransaction,
  modem: string,
  { dbm, at }: { readonly dbm: number; readonly at: number },
): Promise<void> {
  await tx.addReadingPoint({ modem, key: 'signal', at: at - (at % signalPointMs), value: dbm });
}

/** Keeps a balance that is another than the last one, in hundredths of the currency; to be called before the reading is put. */
export async function keepBalance(
  tx: StoreTransaction,
  modem: string,
  { minor, at }: { readonly minor: number | null; readonly at: number },
): Promise<void> {
  if (minor === null) return;
  const known = (await tx.reading('balance', modem))?.data;
  const before = typeof known === 'object' && known !== null && 'minor' in known ? known.minor : null;
  if (before !== minor) await tx.addReadingPoint({ modem, key: 'balance', at, value: minor });
}

/** Keeps the generation of the network (2 to 5, 0 without one) when it is another; to be called before the reading is put. */
export async function keepTechnology(
  tx: StoreTransaction,
  modem: string,
  { technology, at }: { readonly technology: unknown; readonly at: number },
): Promise<void> {
  const value = generationOf(technology);
  if (value === null) return;
  const known = await tx.reading('signal-type', modem);
  if (known !== null && generationOf(known.data) === value) return;
  await tx.addReadingPoint({ modem, key: 'technology', at, value });
}

/** Names of TS 27.007 §7.2 <AcT> and those that modems use for them. */
const generations: readonly (readonly [RegExp, number])[] = [
  [/^(?:GSM|GPRS|EDGE)/, 2],
  [/^(?:UMTS|WCDMA|HS|3G)/, 3],
  [/^(?:LTE|NB-IOT|CAT-M|4G)/, 4],
  [/^(?:NR|5G)/, 5],
];

function generationOf(technology: unknown): number | null {
  if (technology === null) return 0;
  const word = typeof technology === 'string' ? technology.toUpperCase() : '';
  return generations.find(([names]) => names.test(word))?.[1] ?? null;
}

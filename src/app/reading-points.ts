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

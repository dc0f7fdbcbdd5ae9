import { loadSettings } from '../config/load.ts';
import { systemClock } from '../core/clock.ts';
import { silentLogger } from '../core/logger.ts';
import { type Location, readLocation } from '../store/transfer/location.ts';
import type { TransferOptions } from '../store/transfer/transfer-store.ts';

/** What the commands for whole stores share. They tell people the outcome, and nothing is logged between the lines of an export. */
export const transferOptions: TransferOptions = { clock: systemClock, log: silentLogger };

/** The place that was given, or else the store that the settings in the environment name, as a gateway would take it. */
export async function locationOr(given: string | undefined): Promise<Location> {
  if (given !== undefined) return readLocation(given);
  const { databaseUrl, dataDir } = await loadSettings({ env: process.env });
  return databaseUrl === null ? { kind: 'files', path: dataDir } : { kind: 'postgres', url: databaseUrl };
}

import { loadSettings } from '../config/load.ts';
import { systemClock } from '../core/clock.ts';
import { silentLogger } from '../core/logger.ts';
import { type Location, readLocation } from '../store/transfer/location.ts';
import type { TransferOptions } from '../store/transfer/transfer-store.ts';

/** What the commands for whole stores share. They tell people the outcome, and nothing is logged between the lines of an export. */
export const transferOptions: TransferOptions = { clock: systemClock, log: silentLogger };

/** The place that was given, or else the data directory of the settings. */
export async function locationOr(given: string | undefined): Promise<Location> {
  return given === undefined ? { kind: 'files', path: await dataDirectory() } : readLocation(given);
}

/** `DATA_DIR`, or its default. */
export async function dataDirectory(): Promise<string> {
  return (await loadSettings({ env: process.env })).dataDir;
}

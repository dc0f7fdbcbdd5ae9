import type { Location } from './location.ts';
import { openSqliteSource, openSqliteTarget } from './sqlite-ends.ts';
import type { SourceStore, TargetStore, TransferOptions } from './transfer-store.ts';

/**
 * Opens the store at a place for reading.
 * @throws SimloftError `store_busy`, `store_unavailable`
 */
export async function openSource(location: Location, options: TransferOptions): Promise<SourceStore> {
  if (location.kind === 'files') return openSqliteSource(location.path, options);
  return (await import('./postgres-ends.ts')).openPostgresSource(location.url, options);
}

/**
 * Opens the store at a place for writing, alone where that can be had.
 * @throws SimloftError `store_busy`, `store_unsafe`, `store_unavailable`
 */
export async function openTarget(location: Location, options: TransferOptions): Promise<TargetStore> {
  if (location.kind === 'files') return openSqliteTarget(location.path, options);
  return (await import('./postgres-ends.ts')).openPostgresTarget(location.url, options);
}

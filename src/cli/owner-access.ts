import { loadSettings } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import { systemClock } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import { silentLogger } from '../core/logger.ts';
import type { Store } from '../store/store.ts';
import type { ParsedArguments } from './arguments.ts';
import { connect } from './client-options.ts';
import type { GatewayClient } from './gateway-client.ts';

/** What the owner of the machine does to the locks of the door, in one of two ways. */
export interface Ways {
  through(client: GatewayClient): Promise<void>;
  within(store: Store): Promise<void>;
}

/**
 * Through the gateway that runs, which knows where its store is; where none does, in the store that the settings name. A database is
 * asked itself: it may have many gateways.
 */
export async function withAccess({ strings }: ParsedArguments, ways: Ways): Promise<void> {
  const { config } = strings;
  const settings = await loadSettings({ env: process.env, ...(config === undefined ? {} : { file: config }) });
  const client = await connect({ strings: config === undefined ? {} : { config } });
  if (settings.databaseUrl === null && (await runs(client))) return ways.through(client);
  const store = await openOwnStore(settings);
  try {
    await ways.within(store);
  } finally {
    await store.close();
  }
}

async function runs(client: GatewayClient): Promise<boolean> {
  try {
    await client.get('/health/live');
    return true;
  } catch (error) {
    if (error instanceof SimloftError && error.code === 'gateway_unreachable') return false;
    throw error;
  }
}

async function openOwnStore({ databaseUrl, dataDir }: Settings): Promise<Store> {
  const service = { clock: systemClock, log: silentLogger };
  if (databaseUrl !== null) {
    const { openPostgresStore } = await import('../store/postgres/postgres-store.ts');
    return openPostgresStore({ ...service, url: databaseUrl });
  }
  const { openSqliteStore } = await import('../store/sqlite/sqlite-store.ts');
  return openSqliteStore({ ...service, directory: dataDir });
}

import type { HealthReason } from '../app/queries.ts';
import type { Settings } from '../config/settings.ts';
import type { Logger } from '../core/logger.ts';

export interface MonitorOptions {
  readonly settings: Settings;
  readonly log: Logger;
  readonly troubles: () => Promise<readonly HealthReason[]>;
}

export interface Monitor {
  /** Null when none was asked for. */
  readonly url: string | null;
  close(): Promise<void>;
}

export async function openMonitor(_options: MonitorOptions): Promise<Monitor> {
  return { url: null, close: async () => {} };
}

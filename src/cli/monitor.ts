import type { HealthReason } from '../app/queries.ts';
import type { Settings } from '../config/settings.ts';
import type { Logger } from '../core/logger.ts';
import type { Watch } from './watch.ts';

export interface MonitorOptions {
  readonly settings: Settings;
  readonly log: Logger;
  readonly watch: Watch | null;
  /** What keeps the process from its work. */
  readonly troubles: () => Promise<readonly HealthReason[]>;
}

export interface Monitor {
  /** Where health and metrics are; null when MONITOR_PORT is not set. */
  readonly url: string | null;
  close(): Promise<void>;
}

/**
 * Tells on a port of its own how this process is, if MONITOR_PORT asks for that.
 * @throws SimloftError `address_in_use`, `address_not_allowed`
 */
export async function openMonitor({ settings, log, watch, troubles }: MonitorOptions): Promise<Monitor> {
  const { monitorHost: host, monitorPort: port } = settings;
  if (port === null) return { url: null, close: async () => {} };
  const { createMonitorServer } = await import('../http/monitor-server.ts');
  const ready = async () => {
    const reasons = await troubles();
    return { ready: reasons.length === 0, reasons };
  };
  const server = createMonitorServer({ live: () => true, ready, metrics: watch?.metrics ?? null, log });
  const url = await server.listen({ host, port });
  return { url, close: () => server.close() };
}

import type { EventOf } from '../core/events.ts';
import { linkStates } from './labels.ts';
import type { Metrics } from './contract.ts';

/**
 * Keeps the state of each link as a gauge, and counts how often one ended: was lost, or could not be brought up. A failure that
 * only goes on (`failed`, then `closed`) is one; a stop, which has no reason, is none. The same event again changes nothing.
 */
export function watchLinks(metrics: Metrics): (event: EventOf<'link.changed'>) => void {
  const { labels } = metrics;
  const before = new Map<string, string>();
  return (event) => {
    const modem = labels.modem(event.modem);
    const state = labels.linkState(event.state);
    const previous = before.get(modem) ?? 'closed';
    before.set(modem, state);
    for (const one of linkStates) metrics.set('simloft_modem_link_state', { modem, state: one }, one === state ? 1 : 0);
    if (state !== 'ready') metrics.set('simloft_modem_signal_dbm', { modem }, null);
    if (event.reason === null || !down(state) || down(previous)) return;
    metrics.count('simloft_modem_link_resets_total', { modem, reason: labels.errorCode(event.reason.code) });
  };
}

const down = (state: string): boolean => state === 'closed' || state === 'failed';

import type { ModemEvent } from '../core/events.ts';
import type { Metrics } from './contract.ts';

/** Counts what an event, now that it is safe, tells of its modem. */
export function countModemEvent(metrics: Metrics, event: ModemEvent): void {
  const { labels } = metrics;
  const modem = labels.modem(event.modem);
  const part = (outcome: 'sent' | 'failed' | 'unknown', code: string) =>
    metrics.count('simloft_modem_parts_total', { modem, outcome, code });
  switch (event.type) {
    case 'pdu.received':
      metrics.count('simloft_modem_pdus_received_total', { modem, found: labels.found(event.found) });
      return;
    case 'part.sent':
      part('sent', 'none');
      return;
    case 'part.failed':
      part('failed', labels.failure(event.failure));
      return;
    case 'part.unknown':
      part('unknown', 'none');
      return;
    case 'status.read':
      if (event.status.signal !== undefined)
        metrics.set('simloft_modem_signal_dbm', { modem }, event.status.signal.dbm);
      return;
    case 'worker.started':
    case 'link.changed':
    case 'sweep.finished':
    case 'part.sending':
    case 'call.ringing':
    case 'call.ended':
    case 'ussd.received':
  }
}

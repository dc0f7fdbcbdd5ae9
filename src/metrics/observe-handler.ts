import type { EventHandler } from '../bus/bus.ts';
import type { Metrics } from './contract.ts';
import { stopwatch } from './stopwatch.ts';

/** The same handler, watched: what it handled, how long it took, and how old a PDU was when it was stored. */
export function observeHandler(handler: EventHandler, metrics: Metrics): EventHandler {
  const { clock, labels } = metrics;
  // A rate needs to have seen the 0: without it the first failure of the store would pass unseen.
  metrics.count('simloft_errors_total', { where: 'handler', code: 'store_unavailable' }, 0);
  return async (event) => {
    const type = labels.eventType(event.type);
    const passed = stopwatch(clock);
    let outcome: 'ok' | 'failed' = 'failed';
    try {
      const leave = await handler(event);
      outcome = 'ok';
      if (event.type === 'pdu.received')
        metrics.observe('simloft_received_latency_seconds', {}, (clock.now() - event.at) / 1000);
      return leave;
    } catch (error) {
      metrics.countError('handler', error);
      throw error;
    } finally {
      metrics.count('simloft_events_handled_total', { type, outcome });
      metrics.observe('simloft_event_handling_duration_seconds', { type }, passed());
    }
  };
}

import type { ModemEvent } from '../core/events.ts';
import { watchLinks } from './link-gauges.ts';
import type { Metrics } from './contract.ts';
import { countModemEvent } from './modem-events.ts';
import { stopwatch } from './stopwatch.ts';

/**
 * The same `publish` (or `ask`) of a worker, watched: how long until an event is safe, how many wait, what failed; and what the
 * events tell of the modem. An event that is tried again after a failure is counted once, when it is safe.
 */
export function observePublish<Answer>(
  publish: (event: ModemEvent) => Promise<Answer>,
  metrics: Metrics,
): (event: ModemEvent) => Promise<Answer> {
  const { clock, labels } = metrics;
  const tellLink = watchLinks(metrics);
  metrics.add('simloft_events_waiting', {}, 0);
  return async (event) => {
    const type = labels.eventType(event.type);
    const passed = stopwatch(clock);
    // The modem is as it is, whether or not the event gets through.
    if (event.type === 'link.changed') tellLink(event);
    metrics.add('simloft_events_waiting', {}, 1);
    try {
      const answer = await publish(event);
      metrics.observe('simloft_event_publish_duration_seconds', {}, passed());
      metrics.count('simloft_events_published_total', { type });
      countModemEvent(metrics, event);
      return answer;
    } catch (error) {
      metrics.count('simloft_event_publish_failures_total', { type });
      metrics.countError('publish', error);
      throw error;
    } finally {
      metrics.add('simloft_events_waiting', {}, -1);
    }
  };
}

import type { Metrics } from './contract.ts';
import { readOnScrape } from './scraped.ts';

export interface QueueDepth {
  readonly queue: string;
  readonly messages: number;
}

/** Shows how many messages lie in each queue; `read` is asked at a scrape, at most every 5 s. Where it fails the gauge is absent. */
export function watchQueues(read: () => Promise<readonly QueueDepth[]>, metrics: Metrics): void {
  const lost = () => metrics.clear('simloft_queue_messages');
  const show = (queues: readonly QueueDepth[]) => {
    lost();
    for (const { queue, messages } of queues)
      metrics.add('simloft_queue_messages', { queue: metrics.labels.queue(queue) }, messages);
  };
  readOnScrape(metrics, read, show, lost);
}

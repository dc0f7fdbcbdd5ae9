import type { AsyncMessage, Channel } from 'rabbitmq-client';
import { type Clock, sleep } from '../../core/clock.ts';

export interface Deliveries {
  readonly channel: Channel;
  readonly queue: string;
  /** How many are wanted at most. */
  readonly count: number;
  /** How many are given at a time at most. */
  readonly batch: number;
  readonly clock: Clock;
}

/** A queue that has given nothing for so long has no more to give: somebody else took the rest, ms. */
const quietMs = 2_000;

/**
 * What a queue delivers, in its order, until there is as much as was wanted, or no more. Nothing is acknowledged here.
 * Subscribing instead of getting one by one is quick, and keeps the order of what goes back: a quorum queue returns the letters of
 * one subscriber sorted, but those of many single questions anyhow.
 */
export async function* deliveries({ channel, queue, count, batch, clock }: Deliveries): AsyncGenerator<AsyncMessage[]> {
  const arrived: AsyncMessage[] = [];
  let wake = () => {};
  channel.once('close', () => wake());
  const { consumerTag } = await channel.basicConsume({ queue }, (message) => {
    arrived.push(message);
    wake();
  });
  let given = 0;
  while (given < count && channel.active) {
    if (arrived.length === 0) {
      const news = new AbortController();
      wake = () => news.abort();
      await sleep(clock, quietMs, news.signal).catch(() => {});
      if (arrived.length === 0) break;
    }
    const next = arrived.splice(0, Math.min(batch, count - given));
    given += next.length;
    yield next;
  }
  if (channel.active) await channel.basicCancel({ consumerTag });
}

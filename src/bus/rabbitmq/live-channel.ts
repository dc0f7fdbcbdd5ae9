import type { Consumer, Publisher } from 'rabbitmq-client';
import type { LiveNotice } from '../../core/live.ts';
import type { Logger } from '../../core/logger.ts';
import type { Subscription } from '../bus.ts';
import { type Listener, tellAll } from '../tell.ts';
import type { RabbitLink } from './link.ts';
import { exchangesOf, type Names } from './names.ts';
import { readNotice } from './wire.ts';

export interface LiveChannelOptions {
  readonly link: RabbitLink;
  readonly names: Names;
  /** The queue of this process alone. */
  readonly queue: string;
  readonly log: Logger;
}

/**
 * What happened, told to whoever listens now: neither confirmed nor kept. A process in which nobody listens has no queue for it, so
 * that the broker does not hand every notice to processes that throw it away.
 */
export class LiveChannel {
  readonly #options: LiveChannelOptions;
  readonly #publisher: Publisher;
  readonly #listeners = new Set<Listener>();
  #hearing: { readonly consumer: Consumer; readonly begun: Promise<void> } | null = null;

  constructor(options: LiveChannelOptions) {
    const { link, names } = options;
    this.#options = options;
    this.#publisher = link.connection.createPublisher({ exchanges: exchangesOf(names) });
  }

  announce(notice: LiveNotice): void {
    // Who listens in this process hears what it tells itself, also right after it has begun to listen.
    if (this.#hearing === null) this.#send(notice);
    else void this.#hearing.begun.then(() => this.#send(notice));
  }

  listen(listener: Listener): Subscription {
    this.#hearing ??= this.#hear();
    // The same function may listen twice and stop once.
    const own: Listener = (notice) => listener(notice);
    this.#listeners.add(own);
    return { stop: async () => void this.#listeners.delete(own) };
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    await this.#hearing?.consumer.close();
    await this.#publisher.close().catch(() => {});
  }

  #send(notice: LiveNotice): void {
    const { link, names, log } = this.#options;
    // While the broker is away a notice would only come late: the rows are looked through all the same.
    if (!link.connection.ready) return;
    this.#publisher
      .send({ exchange: names.live }, notice)
      .catch((error: unknown) => log.debug({ err: error }, 'A live notice was lost.'));
  }

  #hear() {
    const { link, names, queue, log } = this.#options;
    const consumer = link.connection.createConsumer(
      {
        queue,
        noAck: true,
        queueOptions: { queue, exclusive: true },
        exchanges: exchangesOf(names),
        queueBindings: [{ exchange: names.live, queue }],
      },
      ({ body }) => this.#heard(body),
    );
    consumer.on('error', (error: unknown) => log.debug({ err: error }, 'Live notices are subscribed to again.'));
    const begun = new Promise<void>((resolve) => consumer.on('ready', () => resolve()));
    return { consumer, begun };
  }

  #heard(body: unknown): void {
    const { log } = this.#options;
    try {
      const notice = readNotice(body);
      tellAll(this.#listeners, notice, log);
    } catch (error) {
      log.warn({ err: error }, 'A live notice could not be read.');
    }
  }
}

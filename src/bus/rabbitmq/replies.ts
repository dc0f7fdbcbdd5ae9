import type { Consumer } from 'rabbitmq-client';
import type { Logger } from '../../core/logger.ts';
import type { RabbitLink } from './link.ts';

/** The queue on which answers come back to this process. It goes with the connection and is made again with the next one. */
export class Replies {
  readonly queue: string;
  readonly #consumer: Consumer;
  readonly #listeners = new Map<string, (body: unknown) => void>();
  readonly #ready = Promise.withResolvers<void>();

  constructor(link: RabbitLink, queue: string, log: Logger) {
    this.queue = queue;
    this.#consumer = link.connection.createConsumer(
      { queue, noAck: true, queueOptions: { queue, exclusive: true } },
      ({ correlationId, body }) => this.#listeners.get(correlationId ?? '')?.(body),
    );
    this.#consumer.on('ready', () => this.#ready.resolve());
    this.#consumer.on('error', (error: unknown) => log.debug({ err: error }, 'The queue of answers is made again.'));
  }

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Calls `listener` for each answer to `id` until {@link Replies.forget}. */
  expect(id: string, listener: (body: unknown) => void): void {
    this.#listeners.set(id, listener);
  }

  forget(id: string): void {
    this.#listeners.delete(id);
  }

  close(): Promise<void> {
    return this.#consumer.close();
  }
}

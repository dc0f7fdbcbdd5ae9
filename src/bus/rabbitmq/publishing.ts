import type { Envelope, Publisher, PublisherProps } from 'rabbitmq-client';
import type { RabbitLink } from './link.ts';

/** What the broker says of a message: kept by a queue, or that there is none for it. */
export type Kept = 'kept' | 'no-queue';

/** Publishes with confirms, and knows which messages no queue wanted (`mandatory`, AMQP 0-9-1 §1.8.3.3). */
export class ConfirmedPublisher {
  readonly #publisher: Publisher;
  readonly #returned = new Set<string>();

  constructor(link: RabbitLink, props: PublisherProps) {
    this.#publisher = link.connection.createPublisher({ ...props, confirm: true, maxAttempts: 1 });
    this.#publisher.on('basic.return', ({ messageId }) => {
      if (messageId !== undefined) this.#returned.add(messageId);
    });
  }

  /** One try. @throws whatever the client throws: the message may have been kept all the same. */
  async send(envelope: Envelope & { readonly messageId: string }, body: object): Promise<Kept> {
    await this.#publisher.send({ ...envelope, mandatory: true }, body);
    // A return comes before its confirm, but the client tells of it in the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    return this.#returned.delete(envelope.messageId) ? 'no-queue' : 'kept';
  }

  close(): Promise<void> {
    return this.#publisher.close();
  }
}

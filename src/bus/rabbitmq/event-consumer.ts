import { type AsyncMessage, type Consumer, ConsumerStatus } from 'rabbitmq-client';
import { type Clock, sleep } from '../../core/clock.ts';
import { SimloftError, toSimloftError } from '../../core/errors.ts';
import type { Leave, ModemEvent } from '../../core/events.ts';
import { newId } from '../../core/ids.ts';
import type { Logger } from '../../core/logger.ts';
import type { EventHandler } from '../bus.ts';
import { EventQueue } from '../event-queue.ts';
import type { RabbitLink } from './link.ts';
import { deadQueueOf, eventQueueOf, exchangesOf, type Names } from './names.ts';
import { ConfirmedPublisher } from './publishing.ts';
import { readEvent } from './wire.ts';

export interface EventConsumerOptions {
  readonly link: RabbitLink;
  readonly names: Names;
  readonly group: string;
  readonly handler: EventHandler;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How many events a handler has in its hands; their modems are dealt with side by side. */
const prefetch = 32;
/** How long to wait while the store is away, ms. */
const storeAwayMs = 1_000;

type Reply = (body: object) => Promise<void>;

/**
 * The events of one group. Those of one modem are handled one after the other, those of different modems side by side.
 * An event is acknowledged when its transaction has committed. While the store is away it is kept and tried again; one that is
 * refused for another reason goes to the dead letters, where a person finds it.
 */
export class EventConsumer {
  readonly #options: EventConsumerOptions;
  readonly #consumer: Consumer;
  readonly #dead: ConfirmedPublisher;
  readonly #lanes = new Map<string, { readonly queue: EventQueue; open: number }>();
  readonly #stopping = new AbortController();
  readonly #ready = Promise.withResolvers<void>();

  constructor(options: EventConsumerOptions) {
    const { link, names, group, log } = options;
    this.#options = options;
    const { queue } = eventQueueOf(names, group);
    this.#dead = new ConfirmedPublisher(link, {
      exchanges: exchangesOf(names),
      queues: [deadQueueOf(names)],
      queueBindings: [{ exchange: names.dead, queue: names.deadQueue }],
    });
    this.#consumer = link.connection.createConsumer(
      {
        queue,
        queueOptions: eventQueueOf(names, group),
        exchanges: exchangesOf(names),
        queueBindings: [{ exchange: names.events, queue, routingKey: '#' }],
        qos: { prefetchCount: prefetch },
      },
      (message, reply) => this.#take(message, reply),
    );
    this.#consumer.on('ready', () => this.#ready.resolve());
    this.#consumer.on('error', (error: unknown) =>
      log.debug({ err: error, group }, 'The subscription to events is made again.'),
    );
  }

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Takes nothing more, waits for handlers that run, and leaves the rest to others. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#lanes.values()].map(({ queue }) => queue.stop()));
    await this.#consumer.close();
    await this.#dead.close().catch(() => {});
  }

  async #take(message: AsyncMessage, reply: Reply): Promise<ConsumerStatus> {
    const { log, group } = this.#options;
    try {
      const event = readEvent(message.body);
      const leave = await this.#handle(event);
      if (message.replyTo !== undefined) await reply({ leave: leave ?? 'refused' }).catch(() => {});
      return ConsumerStatus.ACK;
    } catch (error) {
      if (this.#stopping.signal.aborted) return ConsumerStatus.REQUEUE;
      const { code, message: reason } = toSimloftError(error);
      log.error({ err: error, code, group, event: message.routingKey }, 'An event cannot be handled and is put aside.');
      return this.#bury(message, reason);
    }
  }

  /** Tries until it is handled or certain that it cannot be. */
  async #handle(event: ModemEvent): Promise<Leave | null> {
    const { clock, log, group } = this.#options;
    for (;;) {
      try {
        return await this.#inLane(event);
      } catch (error) {
        const retryable = error instanceof SimloftError && error.retryable;
        if (!retryable || this.#stopping.signal.aborted) throw error;
        log.warn({ code: error.code, group, event: event.type }, `An event waits: ${error.message}`);
        await sleep(clock, storeAwayMs, this.#stopping.signal);
      }
    }
  }

  async #inLane(event: ModemEvent): Promise<Leave | null> {
    const { modem } = event;
    const lane = this.#lanes.get(modem) ?? { queue: new EventQueue(this.#options), open: 0 };
    this.#lanes.set(modem, lane);
    lane.open += 1;
    try {
      return await lane.queue.push(event);
    } finally {
      lane.open -= 1;
      if (lane.open === 0) this.#lanes.delete(modem);
    }
  }

  async #bury(message: AsyncMessage, reason: string): Promise<ConsumerStatus> {
    const { names, group, clock } = this.#options;
    const headers = { 'simloft-reason': reason, 'simloft-group': group, 'simloft-at': clock.now() };
    const { routingKey, messageId = newId() } = message;
    const envelope = { exchange: names.dead, routingKey, messageId, durable: true, headers };
    try {
      const kept = await this.#dead.send(envelope, message.body);
      return kept === 'kept' ? ConsumerStatus.ACK : ConsumerStatus.REQUEUE;
    } catch {
      return ConsumerStatus.REQUEUE;
    }
  }
}

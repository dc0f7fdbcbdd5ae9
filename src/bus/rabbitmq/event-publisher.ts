import { type Clock, sleep } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Leave, ModemEvent } from '../../core/events.ts';
import type { Logger } from '../../core/logger.ts';

import type { RabbitLink } from './link.ts';
import { deadQueueOf, eventQueueOf, exchangesOf, type Names } from './names.ts';
import { ConfirmedPublisher } from './publishing.ts';
import type { Replies } from './replies.ts';
import { readLeave } from './wire.ts';

export interface EventPublisherOptions {
  readonly link: RabbitLink;
  readonly names: Names;
  /** Groups whose queue is there even before their first handler: events wait in it. */
  readonly groups: readonly string[];
  readonly replies: Replies;
  readonly clock: Clock;
  readonly log: Logger;
}

const retryMs = 250;
/** A queue that for so long confirms nothing, or refuses what it is given, is stuck, ms. */
const stuckAfterMs = 15_000;
const longestAskMs = 30_000;

/** Puts events into the broker and keeps at it until a durable queue has confirmed them. */
export class EventPublisher {
  readonly #options: EventPublisherOptions;
  readonly #publisher: ConfirmedPublisher;
  readonly #closing = new AbortController();
  readonly #open = new Set<Promise<void>>();
  /** Events that have waited for a connected broker longer than any healthy queue takes. */
  #stuck = 0;

  constructor(options: EventPublisherOptions) {
    const { link, names, groups } = options;
    this.#options = options;
    this.#publisher = new ConfirmedPublisher(link, {
      exchanges: exchangesOf(names),
      // What the broker itself gives up must have a place to go from the first event on.
      queues: [deadQueueOf(names), ...groups.map((group) => eventQueueOf(names, group))],
      queueBindings: [
        { exchange: names.dead, queue: names.deadQueue },
        ...groups.map((group) => ({ exchange: names.events, queue: names.eventQueue(group), routingKey: '#' })),
      ],
    });
  }

  /**
   * Why events are not taken though the broker answers, in a sentence; null while they are. A quorum queue that lost its power
   * within the second in which it was made never finds a leader again (seen with RabbitMQ 3.10); only a person may throw it away.
   */
  get trouble(): string | null {
    if (this.#stuck === 0) return null;
    const { names, groups } = this.#options;
    const queues = groups.map((group) => names.eventQueue(group)).join(', ');
    return `RabbitMQ answers, but a queue for events takes none (${queues}). See what its log says of it. A queue without a leader is mended by rabbitmqctl delete_queue and a restart of RabbitMQ: it is made anew.`;
  }

  /**
   * Resolves when the event is kept by the queue of each group. A broker that is away is waited for: whoever publishes
   * need not find out when it is back. The event may be kept twice, which its handler knows by its contents.
   */
  async publish(event: ModemEvent, reply: { readonly replyTo?: string } = {}): Promise<void> {
    const sent = this.#publish(event, reply);
    this.#open.add(sent);
    await sent.finally(() => this.#open.delete(sent));
  }

  async ask(event: ModemEvent): Promise<Leave> {
    const { replies, link } = this.#options;
    const answer = Promise.withResolvers<Leave>();
    const waited = new AbortController();
    replies.expect(event.id, (body) => answer.resolve(readLeave(body)));
    try {
      const tooLong = sleep(this.#options.clock, longestAskMs, waited.signal).then(() => {
        throw new SimloftError('bus_unavailable', 'No handler of events has answered: check that one runs.');
      });
      const asked = this.publish(event, { replyTo: replies.queue }).then(() => answer.promise);
      const closed = Promise.withResolvers<never>();
      this.#closing.signal.addEventListener('abort', () => closed.reject(link.unavailable()), {
        signal: waited.signal,
      });
      asked.catch(() => {});
      return await Promise.race([asked, tooLong, closed.promise]);
    } finally {
      waited.abort();
      replies.forget(event.id);
    }
  }

  /** Gives up what is not kept yet. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#open);
    await this.#publisher.close().catch(() => {});
  }

  async #publish(event: ModemEvent, { replyTo }: { readonly replyTo?: string }): Promise<void> {
    const { link, names, clock, log } = this.#options;
    const { signal } = this.#closing;
    const envelope = {
      exchange: names.events,
      routingKey: `${event.modem}.${event.type}`,
      durable: true,
      messageId: event.id,
      correlationId: event.id,
      ...(replyTo === undefined ? {} : { replyTo }),
    };
    const patience = new Patience(clock, stuckAfterMs, (over) => {
      this.#stuck += over ? 1 : -1;
      if (over && this.#stuck === 1) log.error({}, this.trouble ?? '');
    });
    try {
      for (;;) {
        if (signal.aborted) throw link.unavailable();
        patience.begin();
        try {
          const kept = await orWhen(signal, this.#publisher.send(envelope, event), () => link.unavailable());
          if (kept === 'kept') return;
          const text = `No queue is there for events, so ${event.type} is not safe.`;
          throw new SimloftError('bus_unavailable', text);
        } catch (error) {
          if (error instanceof SimloftError) throw error;
          log.debug({ err: error, event: event.type }, 'The broker did not take an event; it is tried again.');
        }
        if (!link.connection.ready) patience.end();
        await link.connected(signal);
        await sleep(clock, retryMs, signal).catch(() => {});
      }
    } finally {
      patience.end();
    }
  }
}

/** Tells when something has been begun for too long, and when it is over after all. */
class Patience {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #tell: (over: boolean) => void;
  #timer: { cancel(): void } | null = null;
  #over = false;

  constructor(clock: Clock, limitMs: number, tell: (over: boolean) => void) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#tell = tell;
  }

  begin(): void {
    this.#timer ??= this.#clock.after(this.#limitMs, () => this.#say(true));
  }

  end(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#say(false);
  }

  #say(over: boolean): void {
    if (over === this.#over) return;
    this.#over = over;
    this.#tell(over);
  }
}

/** The result, or the error as soon as the signal is aborted. */
export async function orWhen<T>(signal: AbortSignal, result: Promise<T>, error: () => Error): Promise<T> {
  if (signal.aborted) throw error();
  const aborted = Promise.withResolvers<never>();
  const refuse = () => aborted.reject(error());
  signal.addEventListener('abort', refuse);
  try {
    return await Promise.race([result, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', refuse);
  }
}

import { type Clock, sleep } from '../../core/clock.ts';
import type { CommandHandler, CommandResult, ModemCommand } from '../../core/commands.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Leave, ModemEvent } from '../../core/events.ts';
import { newId } from '../../core/ids.ts';
import type { LiveNotice } from '../../core/live.ts';
import type { Logger } from '../../core/logger.ts';
import type { Bus, CallOptions, EventHandler, Serving, Subscription } from '../bus.ts';
import { CommandCaller } from './command-caller.ts';
import { CommandServer } from './command-server.ts';
import { EventConsumer } from './event-consumer.ts';
import { EventPublisher } from './event-publisher.ts';
import { RabbitLink } from './link.ts';
import { LiveChannel } from './live-channel.ts';
import { type Names, namesOf } from './names.ts';
import { Replies } from './replies.ts';

export interface RabbitBusOptions {
  /** `amqp://user:password@host:port/vhost`, or `amqps://`. */
  readonly url: string;
  /** Who this is, for the broker's list of connections: `simloft worker`. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** What all names in the broker begin with; `simloft` by default. */
  readonly prefix?: string;
  /** Groups whose queues keep events even before their first handler runs; `store` by default. */
  readonly groups?: readonly string[];
}

/** A bus that knows how its broker is. */
export interface RabbitBus extends Bus {
  /** Why the broker cannot be reached now, in a sentence; null while all is well. */
  readonly trouble: string | null;
  /** Messages that wait in the queues of events and dead letters. */
  queueDepths(): Promise<QueueDepth[]>;
}

export interface QueueDepth {
  readonly queue: string;
  readonly messages: number;
}

/** While the broker is away there is nobody to say goodbye to, ms. */
const longestGoodbyeMs = 8_000;

/**
 * The bus over RabbitMQ. Resolves when the broker has been reached for the first time, however long that takes; from then on it
 * comes back by itself.
 * @throws SimloftError `bus_unavailable` when `signal` ends the waiting.
 */
export async function openRabbitBus(options: RabbitBusOptions, signal?: AbortSignal): Promise<RabbitBus> {
  const link = new RabbitLink(options);
  try {
    await link.connected(signal);
    const bus = new OverRabbit(link, options);
    await bus.ready;
    return bus;
  } catch (error) {
    await link.close();
    throw error;
  }
}

class OverRabbit implements RabbitBus {
  readonly #options: RabbitBusOptions;
  readonly #link: RabbitLink;
  readonly #names: Names;
  readonly #groups: readonly string[];
  readonly #replies: Replies;
  readonly #publisher: EventPublisher;
  readonly #caller: CommandCaller;
  readonly #live: LiveChannel;
  readonly #consumers = new Map<string, EventConsumer>();
  readonly #servers = new Map<string, CommandServer>();
  #closed: Promise<void> | null = null;

  constructor(link: RabbitLink, options: RabbitBusOptions) {
    const { clock, log, prefix = 'simloft', groups = ['store'] } = options;
    const names = namesOf(prefix);
    const id = newId();
    this.#options = options;
    this.#link = link;
    this.#names = names;
    this.#groups = groups;
    this.#replies = new Replies(link, names.ownQueue('replies', id), log);
    this.#publisher = new EventPublisher({ link, names, groups, replies: this.#replies, clock, log });
    this.#caller = new CommandCaller({ link, names, replies: this.#replies, clock });
    this.#live = new LiveChannel({ link, names, queue: names.ownQueue('live', id), log });
  }

  get ready(): Promise<unknown> {
    return this.#replies.ready;
  }

  get trouble(): string | null {
    return this.#link.trouble ?? this.#publisher.trouble;
  }

  async publish(event: ModemEvent): Promise<void> {
    this.#refuseWhenClosed();
    await this.#publisher.publish(event);
  }

  async ask(event: ModemEvent): Promise<Leave> {
    this.#refuseWhenClosed();
    return this.#publisher.ask(event);
  }

  /** @throws SimloftError `internal` when this process has a handler of the group. */
  async subscribe(group: string, handler: EventHandler): Promise<Subscription> {
    this.#refuseWhenClosed();
    if (this.#consumers.has(group)) throw new SimloftError('internal', `The group "${group}" already has a handler.`);
    const { clock, log } = this.#options;
    const consumer = new EventConsumer({ link: this.#link, names: this.#names, group, handler, clock, log });
    this.#consumers.set(group, consumer);
    await consumer.ready;
    return {
      stop: async () => {
        if (this.#consumers.get(group) === consumer) this.#consumers.delete(group);
        await consumer.stop();
      },
    };
  }

  async call(modem: string, command: ModemCommand, options: CallOptions = {}): Promise<CommandResult> {
    return this.#caller.call(modem, command, options);
  }

  async serve(modem: string, handler: CommandHandler, signal?: AbortSignal): Promise<Serving> {
    this.#refuseWhenClosed();
    if (this.#servers.has(modem)) throw new SimloftError('internal', `The modem "${modem}" already has a worker.`);
    const { clock, log } = this.#options;
    const server = new CommandServer({ link: this.#link, names: this.#names, modem, handler, clock, log });
    this.#servers.set(modem, server);
    const leave = () => {
      if (this.#servers.get(modem) === server) this.#servers.delete(modem);
    };
    void server.lost.then(leave);
    try {
      await server.standBy(signal);
    } catch (error) {
      leave();
      throw error;
    }
    return {
      lost: server.lost,
      stop: async () => {
        leave();
        await server.stop();
      },
    };
  }

  announce(notice: LiveNotice): void {
    if (this.#closed === null) this.#live.announce(notice);
  }

  listen(listener: (notice: LiveNotice) => void): Subscription {
    return this.#live.listen(listener);
  }

  async queueDepths(): Promise<QueueDepth[]> {
    const queues = [...this.#groups.map((group) => this.#names.eventQueue(group)), this.#names.deadQueue];
    return Promise.all(queues.map((queue) => this.#depthOf(queue)));
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const inTime = new AbortController();
    const patience = sleep(this.#options.clock, longestGoodbyeMs, inTime.signal).catch(() => {});
    await Promise.race([this.#sayGoodbye(), patience]);
    inTime.abort();
    await this.#link.close();
  }

  /** Never rejects: a broker that goes away in the middle has nothing more to be told. */
  async #sayGoodbye(): Promise<void> {
    await Promise.allSettled([...this.#servers.values()].map((server) => server.stop()));
    await Promise.allSettled([...this.#consumers.values()].map((consumer) => consumer.stop()));
    await Promise.allSettled([this.#caller.close(), this.#publisher.close()]);
    await Promise.allSettled([this.#live.close(), this.#replies.close()]);
  }

  /** A queue that nobody has needed yet is empty. */
  async #depthOf(queue: string): Promise<QueueDepth> {
    const channel = await this.#link.channel();
    try {
      const { messageCount } = await channel.queueDeclare({ queue, passive: true });
      return { queue, messages: messageCount };
    } catch {
      return { queue, messages: 0 };
    } finally {
      await channel.close();
    }
  }

  #refuseWhenClosed(): void {
    if (this.#closed !== null) throw new SimloftError('bus_unavailable', 'The bus is closed: the gateway is stopping.');
  }
}

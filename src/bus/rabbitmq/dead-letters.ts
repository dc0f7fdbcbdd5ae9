import type { AsyncMessage } from 'rabbitmq-client';
import { type Clock, sleep } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { silentLogger } from '../../core/logger.ts';
import { type DeadLetter, readLetter } from './dead-letter.ts';
import { deliveries } from './deliveries.ts';
import { RabbitLink } from './link.ts';
import { type Names, namesOf } from './names.ts';
import { ConfirmedPublisher } from './publishing.ts';

export interface DeadLettersOptions {
  /** `amqp://user:password@host:port/vhost`, or `amqps://`. */
  readonly url: string;
  readonly clock: Clock;
  /** What all names in the broker begin with; `simloft` by default. */
  readonly prefix?: string;
  /** How long the broker is waited for, ms; 10 s by default. */
  readonly waitMs?: number;
}

export interface Listing {
  /** How many there are. */
  readonly total: number;
  /** The first of them, oldest first. */
  readonly letters: readonly DeadLetter[];
}

/** What is meant; all letters where nothing is given. */
export interface Selection {
  readonly id?: string;
  readonly type?: string;
}

export interface Replayed {
  /** Looked at; fewer than there are when somebody else has some in hand. */
  readonly seen: number;
  /** Kept by the queue of its group, and gone from the dead letters. */
  readonly replayed: number;
  /** Meant, but their queue is not known or no longer there: they stay. */
  readonly homeless: number;
  /** Questions whose asker has gone: they stay. */
  readonly questions: number;
}

/** After each letter that was looked at. */
export type LetterProgress = (done: number, all: number) => void;

/** So many letters may be in one's hands (AMQP 0-9-1 §1.8.3.1: the prefetch has 16 bits). */
const mostInHand = 65_535;
const batch = 128;
/** How long the broker may take to put back what was only looked at, ms. */
const longestReturnMs = 3_000;

/**
 * Waits for the broker, but not for ever as the roles do: a person sits in front of it.
 * @throws SimloftError `bus_unavailable` with the reason.
 */
export async function openDeadLetters(options: DeadLettersOptions): Promise<DeadLetters> {
  const { url, clock, waitMs = 10_000, prefix = 'simloft' } = options;
  const link = new RabbitLink({ url, name: 'simloft dead-letters', clock, log: silentLogger });
  const enough = new AbortController();
  const timer = clock.after(waitMs, () => enough.abort());
  try {
    await link.connected(enough.signal);
    return new DeadLetters(link, namesOf(prefix), clock);
  } catch (error) {
    await link.close();
    throw error;
  } finally {
    timer.cancel();
  }
}

/** Events that could not be handled. Needs nothing but the broker; where no handler has ever run there are none. */
export class DeadLetters {
  readonly #link: RabbitLink;
  readonly #names: Names;
  readonly #clock: Clock;

  constructor(link: RabbitLink, names: Names, clock: Clock) {
    this.#link = link;
    this.#names = names;
    this.#clock = clock;
  }

  /** Looks at the first `limit` without taking them: they are where they were afterwards, in their order. */
  async list(limit: number): Promise<Listing> {
    const total = await this.#count();
    const letters: DeadLetter[] = [];
    // What goes back goes behind what went back before: only when all are taken into one's hands do they keep their order.
    await this.#visit(Math.min(total, mostInHand), async (read) => {
      letters.push(...read.slice(0, limit - letters.length).map(({ letter }) => letter));
      return [];
    });
    return { total, letters };
  }

  /**
   * Puts letters back on the queue of their own group, where they are handled once more. A letter goes only when that queue has
   * confirmed it: lost in the middle, it is there twice at worst, and handlers know an event that comes again.
   * One that is refused again comes back behind all others and is not tried twice.
   */
  async replay(selection: Selection, progress: LetterProgress = () => {}): Promise<Replayed> {
    const publisher = new ConfirmedPublisher(this.#link, {});
    const told = { seen: 0, replayed: 0, homeless: 0, questions: 0 };
    const putBack = async (read: Read): Promise<boolean> => {
      const end = await endOf(read, publisher);
      told[end] += 1;
      return end === 'replayed';
    };
    try {
      told.seen = await this.#each(selection, progress, putBack);
      return told;
    } finally {
      await publisher.close().catch(() => {});
    }
  }

  /** Throws letters away for good. Returns how many. */
  async drop(selection: Selection, progress: LetterProgress = () => {}): Promise<number> {
    let dropped = 0;
    await this.#each(selection, progress, async () => {
      dropped += 1;
      return true;
    });
    return dropped;
  }

  async close(): Promise<void> {
    await this.#link.close();
  }

  /** Does `work` with each letter that is meant, begun in their order; those for which it says so are gone. Returns how many were seen. */
  async #each(selection: Selection, progress: LetterProgress, work: (read: Read) => Promise<boolean>): Promise<number> {
    const count = await this.#count();
    let seen = 0;
    await this.#visit(count, async (read) => {
      const meant = read.filter(({ letter }) => isMeant(letter, selection));
      const gone = await Promise.all(meant.map(work));
      seen += read.length;
      progress(seen, count);
      return meant.filter((_, index) => gone[index] === true);
    });
    return seen;
  }

  /** Shows the first `count` letters to `see`. Those that it does not answer with go back to their places as the channel closes. */
  async #visit(count: number, see: (read: readonly Read[]) => Promise<readonly Read[]>): Promise<void> {
    if (count === 0) return;
    const channel = await this.#link.channel();
    const { deadQueue: queue } = this.#names;
    let number = 0;
    let gone = 0;
    try {
      await channel.basicQos({ prefetchCount: Math.min(count, mostInHand) });
      for await (const messages of deliveries({ channel, queue, count, batch, clock: this.#clock })) {
        const read = messages.map((message, index) => ({
          message,
          letter: readLetter(message, number + index + 1, this.#names),
        }));
        number += messages.length;
        const done = await see(read);
        for (const { message } of done) channel.basicAck({ deliveryTag: message.deliveryTag });
        gone += done.length;
      }
      if (!channel.active) throw this.#link.unavailable();
    } finally {
      await channel.close();
    }
    await this.#putBack(number - gone);
  }

  /** Whoever asks next must find what was only looked at: the broker puts it back some time after the channel has closed. */
  async #putBack(expected: number): Promise<void> {
    const deadline = this.#clock.monotonic() + longestReturnMs;
    while ((await this.#count()) < expected && this.#clock.monotonic() < deadline) await sleep(this.#clock, 20);
  }

  /** A queue that does not exist holds none. */
  async #count(): Promise<number> {
    const channel = await this.#link.channel();
    try {
      return (await channel.queueDeclare({ queue: this.#names.deadQueue, passive: true })).messageCount;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'NOT_FOUND') return 0;
      throw this.#link.unavailable(error);
    } finally {
      await channel.close();
    }
  }
}

interface Read {
  readonly message: AsyncMessage;
  readonly letter: DeadLetter;
}

const isMeant = (letter: DeadLetter, { id, type }: Selection): boolean =>
  (id === undefined || letter.id === id) && (type === undefined || letter.type === type);

async function endOf(
  { message, letter }: Read,
  publisher: ConfirmedPublisher,
): Promise<'replayed' | 'homeless' | 'questions'> {
  // Leave to send that is given when nobody waits for it any more would only keep the message from being sent.
  if (letter.type === 'part.sending') return 'questions';
  if (letter.queue === null) return 'homeless';
  // The default exchange leads to this one queue: other groups have handled it already (AMQP 0-9-1 §3.1.3.1).
  const envelope = { exchange: '', routingKey: letter.queue, messageId: message.messageId ?? newId(), durable: true };
  return (await publisher.send(envelope, message.body)) === 'kept' ? 'replayed' : 'homeless';
}

import { type Clock, sleep } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { ModemEvent } from '../core/events.ts';
import type { Logger } from '../core/logger.ts';
import type { Random } from '../core/random.ts';
import { backoffMs } from './backoff.ts';

interface Options {
  readonly publish: (event: ModemEvent) => Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

interface Waiting {
  readonly event: ModemEvent;
  readonly safe: PromiseWithResolvers<void>;
}

/** More than this are not kept: it would be hours of everything, and memory is finite. */
const mostWaiting = 10_000;

/** A prompt and its announcement are through by then. A crash in this moment makes `unknown` of `sent`, as one just before it would. */
const giveWayMs = 10;

/**
 * Publishes what exists nowhere but here (how a part ended, a directly routed message, a call) until it is safe. In good
 * times an event passes straight through; after a failure those behind it wait in line, so that their order stays.
 */
export class SurePublisher {
  readonly #options: Options;
  readonly #waiting: Waiting[] = [];
  readonly #open = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #retrying = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Resolves when the event is safe. @throws SimloftError `bus_unavailable` when that is given up: at the stop, or when too many wait. */
  publish(event: ModemEvent): Promise<void> {
    const done = this.#publish(event);
    const settled = done.then(
      () => {},
      () => {},
    );
    this.#open.add(settled);
    void settled.then(() => this.#open.delete(settled));
    return done;
  }

  async #publish(event: ModemEvent): Promise<void> {
    if (event.type === 'part.sent') await this.#giveWay();
    if (this.#waiting.length === 0) {
      try {
        await this.#options.publish(event);
        return;
      } catch (error) {
        this.#options.log.warn(
          { err: error, event: event.type },
          'An event is not safe yet; it is kept and tried again.',
        );
      }
    }
    await this.#enqueue(event);
  }

  /** The next message goes first: while it is on its way to the modem there is time to write down that this one has left. */
  async #giveWay(): Promise<void> {
    await sleep(this.#options.clock, giveWayMs, this.#stop.signal).catch(() => {});
  }

  #enqueue(event: ModemEvent): Promise<void> {
    if (this.#stop.signal.aborted || this.#waiting.length >= mostWaiting)
      return Promise.reject(
        new SimloftError('bus_unavailable', `The event ${event.type} could not be made safe and is given up.`),
      );
    const safe = Promise.withResolvers<void>();
    this.#waiting.push({ event, safe });
    if (!this.#retrying) void this.#retry();
    return safe.promise;
  }

  async #retry(): Promise<void> {
    const { publish, clock, random } = this.#options;
    this.#retrying = true;
    let failures = 1;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      try {
        if (failures > 0) await sleep(clock, backoffMs(failures, random), this.#stop.signal);
        await publish(first.event);
        this.#waiting.shift();
        first.safe.resolve();
        failures = 0;
      } catch (error) {
        if (this.#stop.signal.aborted) return this.#giveUp(error);
        failures += 1;
      }
    }
    this.#retrying = false;
  }

  #giveUp(cause: unknown): void {
    const error = new SimloftError('bus_unavailable', 'The worker stopped before the event was safe.', { cause });
    for (const { safe } of this.#waiting.splice(0)) safe.reject(error);
  }

  /** Waits for what is on its way; what has already failed once is given up. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#open);
  }
}

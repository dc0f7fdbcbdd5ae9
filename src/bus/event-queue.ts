import { type Clock, sleep } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { Leave, ModemEvent } from '../core/events.ts';
import type { Logger } from '../core/logger.ts';
import type { EventHandler } from './bus.ts';

export interface EventQueueOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly group: string;
  readonly handler: EventHandler;
}

type Try =
  | { readonly handled: true; readonly leave: Leave | null }
  | { readonly handled: false; readonly error: unknown };

/** How long to wait before the second and the third try, ms; there is no fourth. */
const pausesMs = [20, 100] as const;

/**
 * The events of one group: one at a time, in order of publishing. One that failed steps aside during its pause, so that
 * a poisonous event holds nobody up; a publisher that waits for it keeps its own order all the same.
 */
export class EventQueue {
  readonly #options: EventQueueOptions;
  /** Who waits for a turn; the one whose turn it is has left the list. */
  readonly #line: PromiseWithResolvers<void>[] = [];
  readonly #open = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();
  #busy = false;

  constructor(options: EventQueueOptions) {
    this.#options = options;
  }

  /** Resolves to the handler's answer when the event has been handled. @throws what the handler threw at the last try; `bus_unavailable` when stopped before. */
  async push(event: ModemEvent): Promise<Leave | null> {
    const handled = this.#handle(event);
    this.#open.add(handled);
    try {
      return await handled;
    } finally {
      this.#open.delete(handled);
    }
  }

  /** Begins nothing any more, and waits for the handler that runs. */
  async stop(): Promise<void> {
    const text = 'The handler of events stopped before this event was safe.';
    const reason = new SimloftError('bus_unavailable', text);
    this.#stopping.abort(reason);
    for (const turn of this.#line.splice(0)) turn.reject(reason);
    await Promise.allSettled(this.#open);
  }

  async #handle(event: ModemEvent): Promise<Leave | null> {
    const { clock, log, group } = this.#options;
    const { signal } = this.#stopping;
    for (let failures = 0; ; failures += 1) {
      const outcome = await this.#try(event);
      if (outcome.handled) return outcome.leave;
      const pause = pausesMs[failures];
      log.warn({ err: outcome.error, event: event.type, group, tries: failures + 1 }, 'Handling an event failed.');
      if (pause === undefined) throw outcome.error;
      await sleep(clock, pause, signal);
    }
  }

  async #try(event: ModemEvent): Promise<Try> {
    await this.#turn();
    try {
      return { handled: true, leave: (await this.#options.handler(event)) ?? null };
    } catch (error) {
      return { handled: false, error };
    } finally {
      const next = this.#line.shift();
      if (next === undefined) this.#busy = false;
      else next.resolve();
    }
  }

  /** Resolves when it is this one's turn; the turn ends in {@link EventQueue.#try}. */
  async #turn(): Promise<void> {
    this.#stopping.signal.throwIfAborted();
    if (!this.#busy) {
      this.#busy = true;
      return;
    }
    const turn = Promise.withResolvers<void>();
    this.#line.push(turn);
    await turn.promise;
  }
}

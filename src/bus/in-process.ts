import { type Clock, sleep } from '../core/clock.ts';
import type { CommandHandler, CommandResult, ModemCommand } from '../core/commands.ts';
import { toSimloftError } from '../core/errors.ts';
import type { ModemEvent } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';
import type { Logger } from '../core/logger.ts';
import type { Bus, CallOptions, EventHandler, Subscription } from './bus.ts';
import { CommandQueue } from './command-queue.ts';

export interface InProcessBusOptions {
  readonly clock: Clock;
  readonly log: Logger;
}

/** Waits before a handler that threw gets its event again, ms. */
const retryWaits = [20, 100];

/** The bus within one process: publishing an event is handling it, so it is safe when every group has committed. */
export function createInProcessBus(options: InProcessBusOptions): Bus {
  return new InProcessBus(options);
}

class InProcessBus implements Bus {
  readonly #options: InProcessBusOptions;
  readonly #groups = new Map<string, Group>();
  readonly #queues = new Map<string, CommandQueue>();
  readonly #listeners = new Set<(notice: LiveNotice) => void>();

  constructor(options: InProcessBusOptions) {
    this.#options = options;
  }

  async publish(event: ModemEvent): Promise<void> {
    const outcomes = await Promise.allSettled([...this.#groups.values()].map((group) => group.handle(event)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw toSimloftError(failed.reason);
  }

  async subscribe(name: string, handler: EventHandler): Promise<Subscription> {
    const group = new Group(handler, { ...this.#options, name });
    this.#groups.set(name, group);
    return {
      stop: async () => {
        if (this.#groups.get(name) === group) this.#groups.delete(name);
        await group.rest();
      },
    };
  }

  async call(modem: string, command: ModemCommand, options: CallOptions = {}): Promise<CommandResult> {
    const queue = this.#queues.get(modem);
    if (queue === undefined) return { ok: false, code: 'no_worker', message: `No worker serves the modem "${modem}".` };
    return queue.add(command, options);
  }

  async serve(modem: string, handler: CommandHandler): Promise<Subscription> {
    const queue = new CommandQueue(handler, this.#options.clock);
    this.#queues.set(modem, queue);
    return {
      stop: async () => {
        if (this.#queues.get(modem) === queue) this.#queues.delete(modem);
        await queue.close();
      },
    };
  }

  announce(notice: LiveNotice): void {
    for (const listener of this.#listeners) {
      try {
        listener(notice);
      } catch (error) {
        this.#options.log.error({ err: error, notice: notice.type }, 'A listener failed.');
      }
    }
  }

  listen(listener: (notice: LiveNotice) => void): Subscription {
    const own = (notice: LiveNotice) => listener(notice);
    this.#listeners.add(own);
    return {
      stop: async () => {
        this.#listeners.delete(own);
      },
    };
  }

  async close(): Promise<void> {
    const queues = [...this.#queues.values()];
    const groups = [...this.#groups.values()];
    this.#queues.clear();
    this.#groups.clear();
    this.#listeners.clear();
    await Promise.all([...queues.map((queue) => queue.close()), ...groups.map((group) => group.rest())]);
  }
}

/** Handles its events one after the other, in the order in which they were published. */
class Group {
  readonly #handler: EventHandler;
  readonly #options: InProcessBusOptions & { readonly name: string };
  #last: Promise<void> = Promise.resolve();

  constructor(handler: EventHandler, options: InProcessBusOptions & { readonly name: string }) {
    this.#handler = handler;
    this.#options = options;
  }

  /** Rejects with what the handler threw at its last try; the events behind it go on all the same. */
  handle(event: ModemEvent): Promise<void> {
    const handled = this.#last.then(() => this.#tryAgain(event));
    this.#last = handled.catch(() => {});
    return handled;
  }

  rest(): Promise<void> {
    return this.#last;
  }

  async #tryAgain(event: ModemEvent): Promise<void> {
    const { clock, log, name } = this.#options;
    for (const wait of retryWaits) {
      try {
        return await this.#handler(event);
      } catch (error) {
        log.warn({ err: error, group: name, event: event.type }, 'Handling an event failed; it is tried again.');
        await sleep(clock, wait);
      }
    }
    return this.#handler(event);
  }
}

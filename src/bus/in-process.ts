import type { Clock } from '../core/clock.ts';
import type { CommandHandler, CommandResult, ModemCommand } from '../core/commands.ts';
import { SimloftError } from '../core/errors.ts';
import type { Leave, ModemEvent } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';
import type { Logger } from '../core/logger.ts';
import type { Bus, CallOptions, EventHandler, Serving, Subscription } from './bus.ts';
import { CommandQueue } from './command-queue.ts';
import { EventQueue } from './event-queue.ts';
import { type Listener, tellAll } from './tell.ts';

export interface InProcessBusOptions {
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * The bus of a gateway that is one process. It keeps nothing: what is not handled yet is not safe yet, and its publisher
 * still has it. So an event that no group would handle is refused rather than lost.
 */
export function createInProcessBus(options: InProcessBusOptions): Bus {
  return new InProcessBus(options);
}

class InProcessBus implements Bus {
  readonly #options: InProcessBusOptions;
  readonly #groups = new Map<string, EventQueue>();
  readonly #workers = new Map<string, CommandQueue>();
  readonly #listeners = new Set<Listener>();
  #closed = false;

  constructor(options: InProcessBusOptions) {
    this.#options = options;
  }

  /** A handler must not publish and wait for it: its own group handles the next event only after this one. */
  async publish(event: ModemEvent): Promise<void> {
    await this.#publish(event);
  }

  async ask(event: ModemEvent): Promise<Leave> {
    const answers = await this.#publish(event);
    return answers.includes('granted') && !answers.includes('refused') ? 'granted' : 'refused';
  }

  async #publish(event: ModemEvent): Promise<(Leave | null)[]> {
    this.#refuseWhenClosed();
    if (this.#groups.size === 0) {
      throw new SimloftError('bus_unavailable', `Nobody handles events yet, so ${event.type} is not safe.`);
    }
    const ends = await Promise.allSettled([...this.#groups.values()].map((group) => group.push(event)));
    return ends.map((end) => {
      if (end.status === 'rejected') throw end.reason;
      return end.value;
    });
  }

  /** @throws SimloftError `internal` when the group has a handler; one process needs one. */
  async subscribe(group: string, handler: EventHandler): Promise<Subscription> {
    this.#refuseWhenClosed();
    if (this.#groups.has(group)) throw new SimloftError('internal', `The group "${group}" already has a handler.`);
    const queue = new EventQueue({ ...this.#options, group, handler });
    this.#groups.set(group, queue);
    return {
      stop: () => {
        if (this.#groups.get(group) === queue) this.#groups.delete(group);
        return queue.stop();
      },
    };
  }

  call(modem: string, command: ModemCommand, options: CallOptions = {}): Promise<CommandResult> {
    const worker = this.#workers.get(modem);
    if (worker !== undefined) return worker.run(command, options);
    const message = `No worker serves the modem "${modem}".`;
    return Promise.resolve({ ok: false, code: 'no_worker', message });
  }

  /** @throws SimloftError `internal` when the modem has a worker. */
  async serve(modem: string, handler: CommandHandler): Promise<Serving> {
    this.#refuseWhenClosed();
    if (this.#workers.has(modem)) throw new SimloftError('internal', `The modem "${modem}" already has a worker.`);
    const queue = new CommandQueue({ clock: this.#options.clock, handler });
    this.#workers.set(modem, queue);
    return {
      lost: new Promise(() => {}),
      stop: () => {
        if (this.#workers.get(modem) === queue) this.#workers.delete(modem);
        return queue.stop();
      },
    };
  }

  announce(notice: LiveNotice): void {
    tellAll(this.#listeners, notice, this.#options.log);
  }

  listen(listener: Listener): Subscription {
    // The same function may listen twice and stop once.
    const own: Listener = (notice) => listener(notice);
    if (!this.#closed) this.#listeners.add(own);
    return { stop: async () => void this.#listeners.delete(own) };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    const queues = [...this.#workers.values(), ...this.#groups.values()];
    this.#workers.clear();
    this.#groups.clear();
    await Promise.all(queues.map((queue) => queue.stop()));
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new SimloftError('bus_unavailable', 'The bus is closed: the gateway is stopping.');
  }
}

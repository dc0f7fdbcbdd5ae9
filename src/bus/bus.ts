import type { CommandHandler, CommandResult, ModemCommand } from '../core/commands.ts';
import type { ModemEvent } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';

/**
 * How the roles talk. One contract, several adapters; `test/contract/bus.ts` is run against each of them.
 *
 * The clause that makes them equal: {@link Bus.publish} resolves only when the event is safe. In process that means every
 * durable subscriber has handled it (the transaction has committed); with a broker, that a durable queue has confirmed it.
 * A worker deletes a message from the modem only after that.
 */
export interface Bus {
  /**
   * @throws SimloftError `bus_unavailable`, `no_worker` never; in process also whatever the handler threw at the last try.
   */
  publish(event: ModemEvent): Promise<void>;

  /**
   * Each group gets each event at least once; a handler that throws gets it again (a few times, with a back-off), and
   * must not block the events of other publishers meanwhile. Events of one publisher that awaits each publish keep their order.
   */
  subscribe(group: string, handler: EventHandler): Promise<Subscription>;

  /**
   * Asks the worker of `modem` to run a command and waits for what it came to.
   * Commands of one modem run one by one, `high` before `normal`, otherwise in order; a command past its `expiresAt` is
   * never begun and answers `command_expired`. Without a worker the answer is `no_worker` at once.
   * Never throws for what happened at the other end.
   */
  call(modem: string, command: ModemCommand, options?: CallOptions): Promise<CommandResult>;

  /** Runs the commands of `modem`. One server a modem; a handler that throws is answered with its error. */
  serve(modem: string, handler: CommandHandler): Promise<Subscription>;

  /** Tells everybody who listens, now; may be lost. For wake-ups and live pages: the row in the store is the truth. */
  announce(notice: LiveNotice): void;
  listen(listener: (notice: LiveNotice) => void): Subscription;

  /** Ends all subscriptions and waits for handlers that run. */
  close(): Promise<void>;
}

export type EventHandler = (event: ModemEvent) => Promise<void>;

export interface CallOptions {
  readonly priority?: 'high' | 'normal';
  /** Ends the waiting with `at_aborted`, at once: a command that has not begun never does, one that has begun goes on. */
  readonly signal?: AbortSignal;
}

export interface Subscription {
  stop(): Promise<void>;
}

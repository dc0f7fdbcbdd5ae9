import type { CommandHandler, CommandResult, ModemCommand } from '../core/commands.ts';
import type { Leave, ModemEvent } from '../core/events.ts';
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
   * Publishes an event that asks for leave, waits until a handler has dealt with it, and says what was decided: `granted` only
   * when some handler granted it and none refused. With a broker, handled is more than safe: a handler must be at work.
   * @throws SimloftError as {@link Bus.publish}, and `bus_unavailable` when no handler has answered within 30 s.
   */
  ask(event: ModemEvent): Promise<Leave>;

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

  /**
   * Runs the commands of `modem`; a handler that throws is answered with its error. One server a modem: where another process
   * serves it already this one stands by, and the promise resolves when its turn has come.
   * @throws SimloftError `internal` when this process serves the modem already, `at_aborted` when `signal` ends the standing by.
   */
  serve(modem: string, handler: CommandHandler, signal?: AbortSignal): Promise<Serving>;

  /** Tells everybody who listens, now; may be lost. For wake-ups and live pages: the row in the store is the truth. */
  announce(notice: LiveNotice): void;
  listen(listener: (notice: LiveNotice) => void): Subscription;

  /** Ends all subscriptions and waits for handlers that run. */
  close(): Promise<void>;
}

/** Resolves once all that follows from the event is durable; the answer counts only for who asked for leave. */
export type EventHandler = (event: ModemEvent) => Promise<Leave | void>;

export interface CallOptions {
  readonly priority?: 'high' | 'normal';
  /** A command that has not begun after so long never does, and answers `command_expired`, ms; as long as it lives by default. */
  readonly beginWithinMs?: number;
  /** Ends the waiting with `at_aborted`, at once: a command that has not begun never does, one that has begun goes on. */
  readonly signal?: AbortSignal;
}

export interface Subscription {
  stop(): Promise<void>;
}

export interface Serving extends Subscription {
  /** Resolves when another process serves the modem instead (it took over while the broker was out of reach); never otherwise. */
  readonly lost: Promise<void>;
}

import type { Clock, Timer } from '../core/clock.ts';
import type { CommandHandler, CommandResult, ModemCommand } from '../core/commands.ts';
import { type ErrorCode, toSimloftError } from '../core/errors.ts';
import type { CallOptions } from './bus.ts';

export interface CommandQueueOptions {
  readonly clock: Clock;
  readonly handler: CommandHandler;
}

interface Waiting {
  readonly command: ModemCommand;
  /** Ends the watch over its time: it has begun. */
  readonly begin: () => void;
  readonly answer: (result: CommandResult) => void;
}

/** The longest timer that there is, ms; what expires later is looked at again by then. */
const longestWaitMs = 2_147_483_647;

/** The commands of one modem: one at a time, `high` before `normal`. Whoever waits is answered as soon as its answer is certain. */
export class CommandQueue {
  readonly #options: CommandQueueOptions;
  readonly #high: Waiting[] = [];
  readonly #normal: Waiting[] = [];
  readonly #stopping = new AbortController();
  #busy = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: CommandQueueOptions) {
    this.#options = options;
  }

  /** What the command came to; never rejects. */
  run(command: ModemCommand, { priority = 'normal', beginWithinMs, signal }: CallOptions): Promise<CommandResult> {
    if (signal?.aborted === true) return Promise.resolve(withdrawn);
    const line = priority === 'high' ? this.#high : this.#normal;
    const { promise, resolve } = Promise.withResolvers<CommandResult>();
    const beginBy = Math.min(
      command.expiresAt,
      this.#options.clock.now() + (beginWithinMs ?? Number.POSITIVE_INFINITY),
    );
    let timer: Timer | null = null;
    const begin = () => timer?.cancel();
    const answer = (result: CommandResult) => {
      begin();
      signal?.removeEventListener('abort', withdraw);
      resolve(result);
    };
    const waiting: Waiting = { command, begin, answer };
    const leave = (result: CommandResult) => {
      const place = line.indexOf(waiting);
      if (place >= 0) line.splice(place, 1);
      answer(result);
    };
    // One that has begun goes on, as nobody could tell how far it came; but its caller need not wait for it.
    const withdraw = () => leave(withdrawn);
    const watch = () => {
      const left = beginBy - this.#options.clock.now();
      if (left <= 0) leave(expired);
      else timer = this.#options.clock.after(Math.min(left, longestWaitMs), watch);
    };
    line.push(waiting);
    signal?.addEventListener('abort', withdraw);
    watch();
    this.#wake();
    return promise;
  }

  /** Answers whoever waits with `no_worker`, aborts the command that runs, and waits until it has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const line of [this.#high, this.#normal]) for (const { answer } of line.splice(0)) answer(gone);
    await this.#running;
  }

  #wake(): void {
    if (!this.#busy) this.#running = this.#runAll();
  }

  async #runAll(): Promise<void> {
    this.#busy = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      next.begin();
      next.answer(await this.#runOne(next.command));
    }
    this.#busy = false;
  }

  #next(): Waiting | undefined {
    return this.#high.shift() ?? this.#normal.shift();
  }

  async #runOne(command: ModemCommand): Promise<CommandResult> {
    // A timer may be late, above all when the wall clock was put forward.
    if (this.#options.clock.now() >= command.expiresAt) return expired;
    try {
      return await this.#options.handler(command, this.#stopping.signal);
    } catch (error) {
      const { code, message } = toSimloftError(error);
      return refused(code, message);
    }
  }
}

const refused = (code: ErrorCode, message: string): CommandResult => ({ ok: false, code, message });
const withdrawn = refused('at_aborted', 'The command was withdrawn; if the modem had begun it, it goes on.');
const expired = refused('command_expired', 'The command waited longer than it may, and was not begun.');
const gone = refused('no_worker', 'The worker of this modem has stopped.');

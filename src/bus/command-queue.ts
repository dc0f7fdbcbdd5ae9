import type { Clock } from '../core/clock.ts';
import type { CommandHandler, CommandResult, ModemCommand } from '../core/commands.ts';
import { toSimloftError } from '../core/errors.ts';
import type { CallOptions } from './bus.ts';

interface Waiting {
  readonly command: ModemCommand;
  readonly answer: (result: CommandResult) => void;
}

/** The commands of one modem: one at a time, `high` before `normal`, otherwise in order. */
export class CommandQueue {
  readonly #handler: CommandHandler;
  readonly #clock: Clock;
  readonly #high: Waiting[] = [];
  readonly #normal: Waiting[] = [];
  readonly #abort = new AbortController();
  #running: Promise<void> | null = null;

  constructor(handler: CommandHandler, clock: Clock) {
    this.#handler = handler;
    this.#clock = clock;
  }

  add(command: ModemCommand, { priority = 'normal', signal }: CallOptions): Promise<CommandResult> {
    if (signal?.aborted === true) return Promise.resolve(withdrawn);
    const { promise, resolve } = Promise.withResolvers<CommandResult>();
    const line = priority === 'high' ? this.#high : this.#normal;
    const entry: Waiting = {
      command,
      answer: (result) => {
        signal?.removeEventListener('abort', withdraw);
        resolve(result);
      },
    };
    // A command that runs already goes on: nobody could tell how far it has come.
    const withdraw = () => {
      const place = line.indexOf(entry);
      if (place < 0) return;
      line.splice(place, 1);
      entry.answer(withdrawn);
    };
    signal?.addEventListener('abort', withdraw);
    line.push(entry);
    this.#running ??= this.#run();
    return promise;
  }

  /** Answers what waits with `no_worker`, tells the running command to stop, and waits for it. */
  async close(): Promise<void> {
    for (const line of [this.#high, this.#normal]) for (const { answer } of line.splice(0)) answer(gone);
    this.#abort.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let next = this.#next(); next !== undefined; next = this.#next())
      next.answer(await this.#execute(next.command));
    this.#running = null;
  }

  #next(): Waiting | undefined {
    return this.#high.shift() ?? this.#normal.shift();
  }

  async #execute(command: ModemCommand): Promise<CommandResult> {
    if (command.expiresAt <= this.#clock.now()) return expired;
    try {
      return await this.#handler(command, this.#abort.signal);
    } catch (thrown) {
      const { code, message } = toSimloftError(thrown);
      return { ok: false, code, message };
    }
  }
}

const withdrawn: CommandResult = {
  ok: false,
  code: 'at_aborted',
  message: 'The command was withdrawn before it began.',
};
const gone: CommandResult = { ok: false, code: 'no_worker', message: 'The worker of this modem has stopped.' };
const expired: CommandResult = {
  ok: false,
  code: 'command_expired',
  message: 'The command waited too long and was not run.',
};

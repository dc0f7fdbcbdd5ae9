import type { Clock, Timer } from '../../core/clock.ts';
import type { CommandResult, ModemCommand } from '../../core/commands.ts';
import { type ErrorCode, errorTable, toSimloftError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { CallOptions } from '../bus.ts';
import { quietAfterMs } from './command-server.ts';
import type { RabbitLink } from './link.ts';
import { exchangesOf, type Names } from './names.ts';
import { ConfirmedPublisher } from './publishing.ts';
import type { Replies } from './replies.ts';
import { type Progress, readProgress } from './wire.ts';

export interface CommandCallerOptions {
  readonly link: RabbitLink;
  readonly names: Names;
  readonly replies: Replies;
  readonly clock: Clock;
}

const priorities = { normal: 0, high: 1, withdraw: 2 } as const;
/** An answer that is on its way when the command's time is over still counts, ms. */
const graceMs = 500;

/** Puts commands on the queues of modems and waits for what they come to. */
export class CommandCaller {
  readonly #options: CommandCallerOptions;
  readonly #publisher: ConfirmedPublisher;
  readonly #calls = new Set<Call>();

  constructor(options: CommandCallerOptions) {
    this.#options = options;
    this.#publisher = new ConfirmedPublisher(options.link, { exchanges: exchangesOf(options.names) });
  }

  /** Never rejects. */
  async call(
    modem: string,
    command: ModemCommand,
    { priority = 'normal', beginWithinMs, signal }: CallOptions,
  ): Promise<CommandResult> {
    const { link, clock, replies, names } = this.#options;
    if (signal?.aborted === true) return refused('at_aborted');
    const lifeMs = Math.ceil(command.expiresAt - clock.now());
    if (lifeMs <= 0) return refused('command_expired');
    // A command that waited for the broker would be run when nobody expects it any more.
    if (!link.connection.ready) return refused('bus_unavailable', link.trouble);
    const id = newId();
    const waitMs = Math.min(lifeMs, beginWithinMs ?? lifeMs);
    const call = new Call(clock, waitMs + graceMs);
    this.#calls.add(call);
    replies.expect(id, (body) => call.hear(readProgress(body)));
    const address = { exchange: names.commands, routingKey: modem, messageId: id };
    const withdraw = () => {
      if (!call.begun) this.#withdraw({ ...address, messageId: newId() }, id);
      call.end(refused('at_aborted'));
    };
    signal?.addEventListener('abort', withdraw);
    const envelope = {
      ...address,
      correlationId: id,
      replyTo: replies.queue,
      expiration: String(waitMs),
      priority: priorities[priority],
    };
    this.#publisher.send(envelope, { type: 'command', lifeMs, command }).then(
      (kept) => kept === 'no-queue' && call.end(refused('no_worker', `No worker serves the modem "${modem}".`)),
      (error: unknown) => call.begun || call.end(refused('bus_unavailable', toSimloftError(error).message)),
    );
    const result = await call.result;
    signal?.removeEventListener('abort', withdraw);
    replies.forget(id);
    this.#calls.delete(call);
    return result;
  }

  /** Answers all who wait. */
  async close(): Promise<void> {
    for (const call of this.#calls) call.end(refused('bus_unavailable', 'The bus is closed: the gateway is stopping.'));
    await this.#publisher.close().catch(() => {});
  }

  /** Overtakes the command on its queue. Lost, it only lets the command be run in vain. */
  #withdraw(address: { exchange: string; routingKey: string; messageId: string }, call: string): void {
    this.#publisher.send({ ...address, priority: priorities.withdraw }, { type: 'withdraw', call }).catch(() => {});
  }
}

/** One command that is waited for: until it begins for as long as it lives, then for as long as its worker gives signs of life. */
class Call {
  readonly #clock: Clock;
  readonly #answer = Promise.withResolvers<CommandResult>();
  #timer: Timer;
  #begun = false;

  constructor(clock: Clock, lifeMs: number) {
    this.#clock = clock;
    this.#timer = this.#in(lifeMs, () => this.end(refused('command_expired')));
  }

  get begun(): boolean {
    return this.#begun;
  }

  get result(): Promise<CommandResult> {
    return this.#answer.promise;
  }

  hear(progress: Progress): void {
    if (progress.type === 'result') return this.end(progress.result);
    this.#begun = true;
    this.#timer.cancel();
    const lost = refused('no_worker', 'The worker was lost while it ran the command; nobody knows how far it came.');
    this.#timer = this.#in(quietAfterMs, () => this.end(lost));
  }

  end(result: CommandResult): void {
    this.#timer.cancel();
    this.#answer.resolve(result);
  }

  /** Timers end at 2^31 ms: whoever waits longer is looked at again by then. */
  #in(ms: number, run: () => void): Timer {
    const longest = 2_147_483_647;
    if (ms <= longest) return this.#clock.after(ms, run);
    return this.#clock.after(longest, () => {
      this.#timer = this.#in(ms - longest, run);
    });
  }
}

const refused = (code: ErrorCode, message?: string | null): CommandResult => ({
  ok: false,
  code,
  message: message ?? errorTable[code].text,
});

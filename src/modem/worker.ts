import type { OpenStream } from '../core/byte-stream.ts';
import { type Clock, sleep } from '../core/clock.ts';
import type { CommandResult, UnlockCommand } from '../core/commands.ts';
import { errorTable, toSimloftError } from '../core/errors.ts';
import type { Leave, ModemEvent } from '../core/events.ts';
import type { Logger } from '../core/logger.ts';
import type { ModemIdentity } from '../core/modem-status.ts';
import type { Random } from '../core/random.ts';
import { Attempts } from './attempts.ts';
import { backoffMs } from './backoff.ts';
import { eventBase, type ModemContext } from './context.ts';
import { initialLink, type LinkInput, type LinkLife, nextLink } from './link-life.ts';
import type { PinMemory } from './pin-memory.ts';
import { nextRung, type PastAction, type Trouble } from './recovery.ts';
import { done, refused } from './results.ts';
import { type Lasting, Session, type SessionCommand, type SessionEnd } from './session.ts';
import { defaultModemSettings, type ModemSettings } from './settings.ts';
import { SurePublisher } from './sure-publisher.ts';

export interface ModemWorkerOptions {
  /** The name of the modem in all events. */
  readonly name: string;
  /** The id of this run of the process. */
  readonly run: string;
  /** What a person calls the port, until it has been opened. */
  readonly port?: string;
  readonly open: OpenStream;
  /** Resolves when the event is safe: only then a message is deleted from the modem. */
  readonly publish: (event: ModemEvent) => Promise<void>;
  /** Whether a part may be handed to the modem; see `part.sending`. */
  readonly ask: (event: ModemEvent) => Promise<Leave>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** The PIN of the SIM; null when it has none. */
  readonly pin: string | null;
  readonly pinMemory: PinMemory;
  readonly settings?: Partial<ModemSettings>;
}

/** What a worker does at its modem. */
export type WorkerCommand = SessionCommand | UnlockCommand;

/**
 * Owns one modem for ever: opens its port, initialises it, receives, sends, and does it all again whenever the port or the
 * modem is lost. It has no business rules and no database; what it learns it publishes.
 */
export class ModemWorker {
  readonly #options: ModemWorkerOptions;
  readonly #context: ModemContext;
  readonly #publisher: SurePublisher;
  readonly #lasting: Lasting = {
    attempts: new Attempts(),
    profile: null,
    ussdHabit: { of: '', coding: null },
    sim: null,
  };
  readonly #stopping = new AbortController();
  #link: LinkLife = initialLink;
  #identity: ModemIdentity | null = null;
  #heard = false;
  #past: PastAction[] = [];
  #port: string;
  /** Of the settings, or the one that was entered since. */
  #pin: string | null;
  #pinInUse: string | null = null;
  /** Somebody has entered a PIN and waits for what comes of it. */
  #unlocking: (result: CommandResult) => void = () => {};
  #session: Session | null = null;
  #running: Promise<void> | null = null;
  #told: Promise<unknown> = Promise.resolve();

  constructor(options: ModemWorkerOptions) {
    const { name, run, clock, random, log, publish, ask, port = '', settings } = options;
    this.#options = options;
    this.#port = port;
    this.#pin = options.pin;
    this.#publisher = new SurePublisher({ publish, clock, random, log });
    this.#context = {
      name,
      run,
      clock,
      random,
      log,
      publish,
      ask,
      publishSurely: (event) => this.#publisher.publish(event),
      settings: { ...defaultModemSettings, ...settings },
    };
  }

  /** Begins; call it once. */
  start(): void {
    this.#tell({ ...eventBase(this.#context), type: 'worker.started' });
    this.#running ??= this.#live();
  }

  /** Leaves the modem and frees its port. What was being sent ends as unknown. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#unlocking(refused('at_aborted', 'The gateway is stopping.'));
    await this.#session?.close();
    await this.#running;
    this.#apply({ type: 'stop' });
    await this.#publisher.stop();
    await this.#told;
  }

  /** Runs one command; never rejects. Until the link is ready everything but a PIN is refused with `modem_not_ready`. */
  readonly execute = (command: WorkerCommand, signal: AbortSignal): Promise<CommandResult> => {
    if (this.#context.clock.now() >= command.expiresAt) return Promise.resolve(refused('command_expired'));
    if (command.type === 'unlock') return this.#unlock(command.pin);
    if (this.#link.state !== 'ready' || this.#session === null)
      return Promise.resolve(refused('modem_not_ready', this.#link.reason?.text));
    return this.#session.execute(command, signal);
  };

  /** The card gets its PIN when the link comes up anew, by the same steps as ever. */
  #unlock(pin: string): Promise<CommandResult> {
    const code = this.#link.reason?.code;
    if (code !== 'sim_pin_needed' && code !== 'sim_pin_wrong')
      return Promise.resolve(refused('command_unsupported', 'The SIM card asks for no PIN.'));
    this.#unlocking(refused('at_aborted', 'Another PIN was entered meanwhile.'));
    this.#pin = pin;
    const { promise, resolve } = Promise.withResolvers<CommandResult>();
    this.#unlocking = resolve;
    this.#session?.tryAgain();
    return promise;
  }

  async #live(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#oneLink(signal);
      } catch (error) {
        if (signal.aborted) return;
        // Nothing here may end the worker; the pause keeps an error that comes at once from filling the log.
        this.#context.log.error({ err: error }, 'The link to the modem failed in an unforeseen way.');
        await this.#pause(30_000);
      }
    }
  }

  async #oneLink(signal: AbortSignal): Promise<void> {
    this.#apply({ type: 'open' });
    const stream = await this.#open(signal);
    if (stream === null) return;
    if (signal.aborted) return stream.close();
    this.#port = stream.name;
    this.#apply({ type: 'opened' });
    this.#pinInUse = this.#pin;
    const session = new Session({
      stream,
      context: this.#context,
      pin: this.#pin,
      pinMemory: this.#options.pinMemory,
      lasting: this.#lasting,
      onStage: (stage, identity) => this.#stage(stage, identity),
    });
    this.#session = session;
    try {
      const end = await session.run();
      if (!signal.aborted) await this.#part(session, end, signal);
    } finally {
      this.#session = null;
      await session.close();
    }
  }

  async #open(signal: AbortSignal) {
    try {
      return await this.#options.open(signal);
    } catch (error) {
      if (signal.aborted) return null;
      const { code, message } = toSimloftError(error);
      this.#context.log.warn({ code }, `The port could not be opened: ${message}`);
      this.#apply({ type: 'fail', reason: { code, text: message } });
      await this.#pause(this.#backoff());
      return null;
    }
  }

  #stage(stage: 'synchronised' | 'identified' | 'initialised', identity: ModemIdentity | null): void {
    this.#heard = true;
    this.#identity = identity ?? this.#identity;
    this.#apply({ type: stage });
  }

  /** After a link is over: tells why, does what the ladder prescribes, and waits before the next try. */
  async #part(session: Session, { trouble, error }: SessionEnd, signal: AbortSignal): Promise<void> {
    const reason = { code: error.code, text: error.message };
    this.#context.log.warn({ code: error.code, trouble }, `The link is down: ${error.message}`);
    this.#apply({ type: trouble === 'port' ? 'lose' : 'fail', reason });
    const settleMs = await this.#recover(session, trouble);
    const pauseMs = Math.max(this.#backoff(), settleMs);
    if (trouble === 'sim') {
      // A PIN that was entered meanwhile is tried at once.
      if (this.#pinInUse === this.#pin) await session.hold(pauseMs, signal);
    } else {
      await session.close();
      await this.#pause(pauseMs);
    }
  }

  async #recover(session: Session, trouble: Trouble): Promise<number> {
    const now = this.#context.clock.monotonic();
    const rung = nextRung({ trouble, failures: this.#link.failures, past: this.#past, now, heard: this.#heard });
    if (rung.action === 'reopen') return rung.settleMs;
    const { text } = this.#link.reason ?? errorTable.modem_silent;
    const done = rung.action === 'reset-radio' ? 'its radio is switched off and on' : 'it is restarted';
    this.#context.log.warn({ action: rung.action }, 'The modem does not recover, so it is reset.');
    this.#apply({
      type: 'treat',
      reason: { code: 'modem_reset', text: `${text} The modem does not recover, so ${done}.` },
    });
    this.#past = [...this.#past.slice(-20), { action: rung.action, at: now }];
    await session.recover(rung.action);
    return rung.settleMs;
  }

  #backoff(): number {
    return backoffMs(this.#link.failures, this.#context.random);
  }

  async #pause(ms: number): Promise<void> {
    await sleep(this.#context.clock, ms, this.#stopping.signal).catch(() => {});
  }

  #apply(input: LinkInput): void {
    const link = nextLink(this.#link, input);
    if (link === this.#link) return;
    const { state, reason } = this.#link;
    this.#link = link;
    if (input.type === 'initialised') this.#unlocking(done());
    if ('reason' in input && input.type !== 'treat' && this.#pinInUse === this.#pin)
      this.#unlocking(refused(input.reason.code, input.reason.text));
    if (link.state === state && link.reason === reason) return;
    this.#context.log.info({ state: link.state, port: this.#port }, `The link is ${link.state}.`);
    const known = link.state === 'initialising' || link.state === 'ready';
    this.#tell({
      ...eventBase(this.#context),
      type: 'link.changed',
      state: link.state,
      port: this.#port,
      reason: link.reason,
      identity: known ? this.#identity : null,
    });
  }

  /** One after the other: the last word on the link must be the last one kept. */
  #tell(event: ModemEvent): void {
    this.#told = this.#told
      .then(() => this.#publisher.publish(event))
      .catch((error: unknown) =>
        this.#context.log.warn({ err: error, event: event.type }, 'An event was not made safe.'),
      );
  }
}

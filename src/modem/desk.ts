import type { AtChannel } from '../at/channel.ts';
import { atCommand } from '../at/commands.ts';
import { readUrc } from '../at/urc-table.ts';
import type { Urc } from '../at/urc.ts';
import type { CommandResult, ModemCommand, RawAtCommand, ReadStatusCommand } from '../core/commands.ts';
import type { SimloftError } from '../core/errors.ts';
import type { ModemStatus } from '../core/modem-status.ts';
import type { Attempts } from './attempts.ts';
import { Calls } from './calls.ts';
import { eventBase, type ModemContext } from './context.ts';
import { publishDirect } from './direct.ts';
import { Dialler } from './dialler.ts';
import type { Profile } from './families/profile.ts';
import { Inbox } from './inbox.ts';
import type { MemoryPlan } from './memories.ts';
import { isRegistered, RegistrationWatch, takesMessages } from './registration.ts';
import { done, refused, refusedBy } from './results.ts';
import { Sender } from './sender.ts';
import { StatusReader } from './status.ts';
import { UssdDesk, type UssdHabit } from './ussd.ts';

/** What the desk does: a restart is the end of its link, and some things are asked of the worker whatever its link. */
export type DeskCommand = Exclude<ModemCommand, { readonly type: 'restart' | 'unlock' | 'list-ports' | 'trace' }>;

export interface DeskOptions {
  readonly channel: AtChannel;
  readonly context: ModemContext;
  readonly profile: Profile;
  readonly plan: MemoryPlan;
  /** ICCID, else IMSI, else null. */
  readonly sim: string | null;
  readonly attempts: Attempts;
  readonly ussdHabit: UssdHabit;
  readonly onTrouble: (error: SimloftError) => void;
}

/** All that a modem does once it is initialised, for as long as this link lasts. */
export class Desk {
  readonly inbox: Inbox;
  readonly #options: DeskOptions;
  readonly #registration = new RegistrationWatch();
  readonly #sender: Sender;
  readonly #calls: Calls;
  readonly #dialler: Dialler;
  readonly #ussd: UssdDesk;
  readonly #status: StatusReader;

  constructor(options: DeskOptions) {
    const { channel, context, profile, plan, sim, attempts, ussdHabit, onTrouble } = options;
    this.#options = options;
    this.inbox = new Inbox({ channel, context, plan, sim, onTrouble });
    this.#calls = new Calls(channel, context);
    this.#dialler = new Dialler({ channel, context, profile, calls: this.#calls });
    this.#ussd = new UssdDesk({ channel, context, profile, habit: ussdHabit });
    this.#status = new StatusReader({ channel, profile, registration: this.#registration });
    this.#sender = new Sender({
      channel,
      context,
      attempts,
      canSend: () => this.#canSend(),
      onFull: () => this.sweep('The memories are full, so they are looked through.'),
    });
  }

  /** Looks through all memories; what goes wrong is logged, and the next sweep tries again. */
  sweep(why: string): void {
    const { log } = this.#options.context;
    log.debug({}, why);
    this.inbox.sweep().catch((error: unknown) => log.warn({ err: error }, 'The memories could not be looked through.'));
  }

  hear(urc: Urc): void {
    switch (urc.type) {
      case 'CMTI':
      case 'CDSI':
        this.inbox.indicated(urc);
        return;
      case 'CMT':
      case 'CDS':
        publishDirect(this.#options.context, this.#options.sim, urc);
        return;
      case 'RING':
      case 'CLIP':
      case 'CCWA':
      case 'call-end':
      case 'missed-call':
        this.#calls.hear(urc);
        return;
      case 'CUSD':
        this.#ussd.hear(urc);
        return;
      case 'registration':
        this.#hearRegistration(urc);
        return;
      case 'ZPASR':
        void this.#tellStatus(this.#status.noteTechnology(urc.technology));
        return;
      case 'memory-full':
        this.sweep('A memory is full, so all are looked through.');
        return;
      default:
    }
  }

  /** Never rejects. */
  async execute(command: DeskCommand, signal: AbortSignal): Promise<CommandResult> {
    try {
      return await this.#execute(command, signal);
    } catch (error) {
      return refusedBy(error);
    }
  }

  close(error: SimloftError): void {
    this.inbox.close();
    this.#calls.close();
    this.#ussd.close(error);
  }

  async #execute(command: DeskCommand, signal: AbortSignal): Promise<CommandResult> {
    switch (command.type) {
      case 'send':
        return this.#sender.send(command, signal);
      case 'ussd':
        return this.#ussd.ask(command);
      case 'ussd.cancel':
        await this.#ussd.cancel();
        return done();
      case 'dial':
        return this.#dialler.dial(command, signal);
      case 'hang-up':
        return (await this.#calls.hangUp()) ? done() : refused('command_unsupported', 'The modem does not hang up.');
      case 'read-status':
        return this.#readStatus(command, signal);
      case 'sweep':
        return (await this.inbox.sweep())
          ? done()
          : refused('store_unavailable', 'Not all messages that were found are safe yet.');
      case 'raw-at':
        return this.#runRaw(command, signal);
    }
  }

  /** Who has just found the network knows its name now; the next poll may be minutes away. */
  #hearRegistration({ domain, ...state }: Extract<Urc, { readonly type: 'registration' }>): void {
    const before = this.#registration.registration;
    this.#registration.note(domain, state);
    const now = this.#registration.registration;
    if (now === before) return;
    if (isRegistered(before) || !isRegistered(now)) {
      void this.#tellStatus(now === null ? null : { registration: now });
      return;
    }
    this.#status
      .read(['registration', 'operator', 'signal', 'technology'])
      .then((status) => this.#tellStatus(status))
      .catch((error: unknown) =>
        this.#options.context.log.debug({ err: error }, 'The network could not be asked for.'),
      );
  }

  async #readStatus({ topics }: ReadStatusCommand, signal: AbortSignal): Promise<CommandResult> {
    const status = await this.#status.read(topics, signal);
    await this.#tellStatus(status);
    return done({ type: 'status', status });
  }

  /** A reading that cannot be kept is replaced by the next one. */
  async #tellStatus(status: ModemStatus | null): Promise<void> {
    const { context } = this.#options;
    if (status === null) return;
    await context
      .publish({ ...eventBase(context), type: 'status.read', status })
      .catch((error: unknown) => context.log.warn({ err: error }, 'A reading could not be kept.'));
  }

  async #runRaw({ line, timeoutMs }: RawAtCommand, signal: AbortSignal): Promise<CommandResult> {
    const text = line.trim().replace(/^AT/i, '');
    if (/^\+CMG[SW]/i.test(text))
      return refused('command_unsupported', 'Messages are sent by the command for it: this one would wait for a text.');
    const command = atCommand(text, answerOf(text));
    const outcome = await this.#options.channel.run(command, { timeoutMs, signal });
    const payloads = outcome.records.flatMap(({ header, payload }) =>
      payload === null ? [header] : [header, payload],
    );
    const lines = outcome.lines.length > 0 ? outcome.lines : payloads;
    return done({ type: 'lines', lines: [...lines, outcome.ok ? outcome.final : outcome.error.text] });
  }

  /** Refused only when the modem says so now: an old word of it must not hold messages up. */
  async #canSend(): Promise<boolean> {
    if (takesMessages(this.#registration.registration)) return true;
    return takesMessages(await this.#registration.refresh(this.#options.channel, { priority: 'send' }));
  }
}

/** All lines belong to the answer of an unknown command, but for those whose form an unsolicited result shares. */
function answerOf(text: string): { answer?: 'free' } {
  const { answer } = atCommand(text);
  const shared = answer !== 'free' && answer.some((prefix) => readUrc(`${prefix} 0`) !== null);
  return shared ? {} : { answer: 'free' };
}

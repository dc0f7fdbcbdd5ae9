import type { AtChannel } from '../at/channel.ts';
import { at } from '../at/commands.ts';
import type { Urc } from '../at/urc.ts';
import type { Timer } from '../core/clock.ts';
import type { CommandResult, UssdCommand } from '../core/commands.ts';
import { decodeUssd } from '../pdu/ussd.ts';
import { isTimeout, tryAsk } from './ask.ts';
import { eventBase, type ModemContext } from './context.ts';
import type { Profile, UssdCoding } from './families/profile.ts';
import { done, refused } from './results.ts';
import { initialUssd, nextUssd, type UssdAction, type UssdEnd, type UssdInput, type UssdLife } from './ussd-life.ts';
import { ussdCommands } from './ussd-request.ts';

/** From the modem's OK to the answer of the network. */
const answerMs = 30_000;

/** Which coding a modem understood; outlives the link. */
export interface UssdHabit {
  /** Its maker and model. */
  of: string;
  coding: UssdCoding | null;
}

export interface UssdOptions {
  readonly channel: AtChannel;
  readonly context: ModemContext;
  readonly profile: Profile;
  readonly habit: UssdHabit;
}

interface Asked {
  readonly commands: ReturnType<typeof ussdCommands>;
  settle(end: UssdEnd): void;
  fail(error: unknown): void;
}

/** Asks the network by USSD and hears what it says by itself. */
export class UssdDesk {
  readonly #options: UssdOptions;
  #life: UssdLife = initialUssd;
  #asked: Asked | null = null;
  #timer: Timer | null = null;
  #closed: Promise<unknown> = Promise.resolve();

  constructor(options: UssdOptions) {
    this.#options = options;
  }

  /** @throws SimloftError `port_closed`. */
  async ask({ id, text, endSession }: UssdCommand): Promise<CommandResult> {
    if (this.#life.type === 'asking') return refused('ussd_busy');
    const { profile, habit } = this.#options;
    const commands = ussdCommands(text, profile.ussd, habit.coding);
    if (commands.length === 0) return refused('ussd_refused', 'This text cannot be sent as USSD.');
    const end = await new Promise<UssdEnd>((resolve, reject) => {
      this.#asked = { commands, settle: resolve, fail: reject };
      this.#apply({ type: 'ask', request: id, codings: commands.length });
    });
    if (end.type === 'refused') return refused('ussd_refused');
    if (end.type === 'timeout') return refused('ussd_timeout');
    habit.coding = commands[end.coding]?.coding ?? habit.coding;
    if (endSession && end.status === 1) await this.cancel();
    return done({ type: 'ussd', status: end.status, text: end.text });
  }

  /** Closes whatever session is open; a modem that has none may refuse. @throws SimloftError `port_closed`. */
  async cancel(): Promise<void> {
    this.#apply({ type: 'cancel' });
    await this.#closed;
  }

  hear({ status, text, dcs }: Extract<Urc, { type: 'CUSD' }>): void {
    this.#apply({ type: 'event', status, text: text === null ? null : decodeUssd(text, dcs) });
  }

  /** The link is gone: nobody will answer. */
  close(error: unknown): void {
    this.#timer?.cancel();
    this.#life = initialUssd;
    this.#asked?.fail(error);
    this.#asked = null;
  }

  #apply(input: UssdInput): void {
    const { life, actions } = nextUssd(this.#life, input);
    this.#life = life;
    if (life.type !== 'asking') this.#timer?.cancel();
    for (const action of actions) this.#act(action);
  }

  #act(action: UssdAction): void {
    const { channel, context } = this.#options;
    switch (action.type) {
      case 'write':
        this.#write(action.coding).catch((error: unknown) => this.close(error));
        return;
      case 'wait':
        this.#timer?.cancel();
        this.#timer = context.clock.after(answerMs, () => this.#apply({ type: 'timeout' }));
        return;
      case 'close':
        this.#closed = tryAsk(channel, at.cusdMode(2), { priority: 'ussd' }).catch(() => null);
        return;
      case 'tell': {
        const { request, status, text } = action;
        context
          .publishSurely({ ...eventBase(context), type: 'ussd.received', request, status, text })
          .catch((error: unknown) => context.log.error({ err: error }, 'A USSD message could not be made safe.'));
        return;
      }
      case 'settle':
        this.#asked?.settle(action.end);
        this.#asked = null;
        return;
    }
  }

  async #write(coding: number): Promise<void> {
    const command = this.#asked?.commands[coding]?.command;
    if (command === undefined) return;
    this.#timer?.cancel();
    try {
      const outcome = await this.#options.channel.run(command, { priority: 'ussd' });
      this.#apply({ type: outcome.ok ? 'accepted' : 'refused', coding });
    } catch (error) {
      // Without OK the answer may still come.
      if (!isTimeout(error)) throw error;
      this.#apply({ type: 'accepted', coding });
    }
  }
}

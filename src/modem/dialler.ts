import type { AtChannel } from '../at/channel.ts';
import { at } from '../at/commands.ts';
import { readCalls } from '../at/replies/calls.ts';
import { sleep } from '../core/clock.ts';
import type { CommandResult, DialCommand } from '../core/commands.ts';
import { isTimeout, tryAsk } from './ask.ts';
import type { Calls } from './calls.ts';
import type { ModemContext } from './context.ts';
import type { Profile } from './families/profile.ts';
import { done, refused } from './results.ts';

/** The call is looked at this often while it is set up. */
const pollMs = 500;
/** From dialling to the first ring at the other end; longer, and the call is given up. */
const longestSetUpMs = 30_000;

/** Lets a phone ring for a while (TS 27.007 §7.18 tells how the call stands). The call is hung up when it is answered: it would cost. */
export class Dialler {
  readonly #channel: AtChannel;
  readonly #context: ModemContext;
  readonly #profile: Profile;
  readonly #calls: Calls;

  constructor(options: { channel: AtChannel; context: ModemContext; profile: Profile; calls: Calls }) {
    this.#channel = options.channel;
    this.#context = options.context;
    this.#profile = options.profile;
    this.#calls = options.calls;
  }

  /** @throws SimloftError `at_unsafe` for what is no number, `port_closed`. */
  async dial({ number, ringMs }: DialCommand, signal: AbortSignal): Promise<CommandResult> {
    const { dialAnswersLate } = this.#profile;
    const command = at.dial(number);
    try {
      const timeoutMs = dialAnswersLate ? ringMs : command.timeoutMs;
      const outcome = await this.#channel.run(command, { priority: 'ussd', timeoutMs, signal });
      if (!outcome.ok) return refused('at_error', `The modem did not make the call: ${outcome.error.text}.`);
      if (!dialAnswersLate) await this.#ring(ringMs, signal);
    } catch (error) {
      // Such a modem answers only when the other side does, so its silence means that it rang all the time.
      if (!dialAnswersLate || !isTimeout(error)) throw error;
    } finally {
      if (!this.#channel.closed) await this.#calls.hangUp();
    }
    return done();
  }

  /** Waits until it has rung for `ringMs`, was answered, or is over. */
  async #ring(ringMs: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#context;
    const dialledAt = clock.monotonic();
    let ringingSince: number | null = null;
    while (!signal.aborted) {
      const listed = await tryAsk(this.#channel, at.clcc(), { priority: 'ussd' });
      const call = readCalls(listed?.lines ?? []).find(({ incoming }) => !incoming);
      const now = clock.monotonic();
      // Modems without a list of calls: the time is counted from the dialling.
      if (listed === null || call?.stat === 3) ringingSince ??= now;
      const over = listed !== null && (call === undefined || call.stat === 0);
      if (over || (ringingSince !== null && now - ringingSince >= ringMs) || now - dialledAt > longestSetUpMs + ringMs)
        return;
      await sleep(clock, Math.min(pollMs, ringMs));
    }
  }
}

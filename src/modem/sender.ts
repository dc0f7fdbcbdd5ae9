import type { AtChannel } from '../at/channel.ts';
import { at } from '../at/commands.ts';
import type { SubmitOutcome } from '../at/outcome.ts';
import { sleep } from '../core/clock.ts';
import type { CommandResult, SendCommand, SubmitPart } from '../core/commands.ts';
import { SimloftError } from '../core/errors.ts';
import type { Leave, ModemEvent } from '../core/events.ts';
import { tryAsk } from './ask.ts';
import type { Attempts } from './attempts.ts';
import { eventBase, type ModemContext } from './context.ts';
import { done, refused } from './results.ts';
import { notSent, readRefusal } from './send-failure.ts';

export interface SenderOptions {
  readonly channel: AtChannel;
  readonly context: ModemContext;
  /** Outlives the link. */
  readonly attempts: Attempts;
  /** Whether the network takes messages now; asked before each message. */
  readonly canSend: () => Promise<boolean>;
  /** The modem has no room left, so it refuses to send. */
  readonly onFull: () => void;
}

/** The modem waits at its prompt meanwhile, and with it everything else. */
const longestAnnouncementMs = 10_000;

/** What +CMS and +CME ERROR say when a memory is full: TS 27.005 §3.2.5, TS 23.040 §9.2.3.22, TS 27.007 §9.2. */
const fullCodes = { CMS: [208, 322], CME: [20] } as const;

/**
 * Sends the parts of one message in order (TS 27.005 §3.5.1), announcing each before its PDU leaves and telling its end.
 * A command resolves as soon as the modem is through with it: how its parts ended is then already on its way to the store,
 * and is tried again until it is safe, so the modem need not wait for it.
 */
export class Sender {
  readonly #options: SenderOptions;
  #turn: Promise<unknown> = Promise.resolve();
  #keepsLinkOpen = true;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Never rejects. Messages are sent in the order of the calls. */
  send(command: SendCommand, signal: AbortSignal): Promise<CommandResult> {
    const result = this.#turn.then(() => this.#sendParts(command, signal));
    this.#turn = result;
    return result;
  }

  async #sendParts(command: SendCommand, signal: AbortSignal): Promise<CommandResult> {
    const { attempts, context, channel } = this.#options;
    const { messageId, attempt, parts } = command;
    if (attempts.has(messageId, attempt))
      return refused(
        'command_repeated',
        `Attempt ${attempt} of message ${messageId} was made already; it is not made twice.`,
      );
    if (channel.closed) return refused('modem_not_ready');
    if (!(await this.#canSend()))
      return refused('modem_not_ready', 'The modem is not registered in a network; the message waits.');
    for (const [index, part] of parts.entries()) {
      if (signal.aborted)
        return refused('at_aborted', 'The message was withdrawn before all of it was handed to the modem.');
      if (context.clock.now() >= command.expiresAt) return refused('command_expired');
      if (index === 0 && parts.length > 1) await this.#keepLinkOpen();
      const result = await this.#sendPart(command, part);
      if (!result.ok) return result;
    }
    return done();
  }

  async #canSend(): Promise<boolean> {
    try {
      return await this.#options.canSend();
    } catch {
      return false;
    }
  }

  /** AT+CMMS=1 (TS 27.005 §3.5.6): the parts follow each other without setting up the link anew; the modem closes it by itself. */
  async #keepLinkOpen(): Promise<void> {
    if (!this.#keepsLinkOpen) return;
    const outcome = await tryAsk(this.#options.channel, at.cmms(1), { priority: 'send' }).catch(() => null);
    this.#keepsLinkOpen = outcome !== null;
  }

  async #sendPart(command: SendCommand, part: SubmitPart): Promise<CommandResult> {
    const { channel, context, attempts } = this.#options;
    const { messageId, attempt, handedAt } = command;
    const about = { messageId, seq: part.seq, attempt };
    let asked = false;
    let refusedLeave = false;
    const outcome = await channel.submit({
      tpduLength: part.tpduLength,
      pdu: part.pdu,
      beforePdu: async () => {
        // Also when the answer is lost this try is used up: another question for it would not be told from this one come again.
        attempts.add(messageId, attempt);
        asked = true;
        refusedLeave =
          (await this.#askLeave({ ...eventBase(context), type: 'part.sending', ...about, handedAt })) === 'refused';
        if (refusedLeave) throw new SimloftError('command_repeated', noLeave);
      },
    });
    if (refusedLeave && outcome.type === 'not-sent') return refused('command_repeated', noLeave);
    const { event, result } = this.#read(outcome, about);
    if (outcome.type !== 'not-sent' || asked)
      context
        .publishSurely(event)
        .catch((error: unknown) =>
          context.log.error({ err: error, ...about }, 'How a part ended could not be made safe.'),
        );
    return result;
  }

  /** @throws whatever keeps the question from being answered, and `store_unavailable` when that takes too long. */
  async #askLeave(event: ModemEvent): Promise<Leave> {
    const { clock, ask } = this.#options.context;
    const safe = new AbortController();
    const tooLong = sleep(clock, longestAnnouncementMs, safe.signal).then((): never => {
      throw new SimloftError('store_unavailable', 'It took too long to note that a message is being sent.');
    });
    try {
      return await Promise.race([ask(event), tooLong]);
    } finally {
      safe.abort();
    }
  }

  #read(outcome: SubmitOutcome, about: PartName): { event: ModemEvent; result: CommandResult } {
    const base = { ...eventBase(this.#options.context), ...about };
    switch (outcome.type) {
      case 'sent':
        return { event: { ...base, type: 'part.sent', messageReference: outcome.messageReference }, result: done() };
      case 'unknown': {
        const reason = unknownReasons[outcome.reason];
        return { event: { ...base, type: 'part.unknown', reason }, result: refused('at_timeout', reason) };
      }
      case 'not-sent': {
        const text = notSentReasons[outcome.reason];
        const code = outcome.reason === 'before-pdu' ? 'bus_unavailable' : 'modem_not_ready';
        return { event: { ...base, type: 'part.failed', failure: notSent(text) }, result: refused(code, text) };
      }
      case 'refused': {
        const { kind, code } = outcome.error;
        if (code !== null && (kind === 'CMS' || kind === 'CME') && fullCodes[kind].some((full) => full === code))
          this.#options.onFull();
        const refusal = readRefusal(outcome.error, outcome.afterPdu);
        if (refusal.type === 'unknown')
          return {
            event: { ...base, type: 'part.unknown', reason: refusal.reason },
            result: refused('at_timeout', refusal.reason),
          };
        return {
          event: { ...base, type: 'part.failed', failure: refusal.failure },
          result: refused('at_error', refusal.failure.text),
        };
      }
    }
  }
}

interface PartName {
  readonly messageId: number;
  readonly seq: number;
  readonly attempt: number;
}

const noLeave = 'This try has ended already, was withdrawn, or another worker serves the modem; it is not made.';

const unknownReasons: Readonly<Record<Extract<SubmitOutcome, { type: 'unknown' }>['reason'], string>> = {
  timeout: 'The modem did not say in time whether the message left.',
  'port-closed': 'The modem was lost before it said whether the message left.',
  'no-reference': 'The modem did not give a message reference, so nobody knows whether the message left.',
};

const notSentReasons: Readonly<Record<Extract<SubmitOutcome, { type: 'not-sent' }>['reason'], string>> = {
  'no-prompt': 'The modem did not ask for the message.',
  'before-pdu': 'It could not be noted that the message is being sent, so it was not sent.',
  'port-closed': 'The modem was lost before the message was handed to it.',
};

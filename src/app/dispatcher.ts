import type { Bus, Subscription } from '../bus/bus.ts';
import type { Clock, Timer } from '../core/clock.ts';
import type { CommandResult, SendCommand } from '../core/commands.ts';
import type { ErrorCode } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import type { LiveNotice } from '../core/live.ts';
import type { Logger } from '../core/logger.ts';
import type { OutgoingMessage } from '../store/records.ts';
import type { Store, StoreTransaction } from '../store/store.ts';
import { changeAndTell } from './feed.ts';
import { traceOf } from './journey.ts';
import { expireMessages } from './outgoing-events.ts';

export interface DispatcherOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Logger;
  /** The modem whose messages it hands over. */
  readonly modem: string;
  /** Whose hands claimed messages are in: the id of this process. */
  readonly owner: string;
  /** Other schedulers use the same store: what this one has in hand must come free when it is gone. */
  readonly shared?: boolean;
  /** How often the rows are looked through although nobody called, ms; 30 s by default. */
  readonly everyMs?: number;
}

/** Hands due messages to the worker of one modem. */
export interface Dispatcher {
  start(): void;
  /** Hands over nothing more and withdraws what the worker has not begun. What it has begun ends by its own events. */
  stop(): Promise<void>;
}

/** One in the modem's hands and the next one already waiting: the modem never stands idle between two messages. */
const depth = 2;
/** The next message but one is looked for after this, ms; sending one takes longer on any modem. */
const refillMs = 10;
/** How long a message is left alone after the worker could not take it, ms; keeps a broken worker from being flooded. */
const holdMs = 1_000;
/** With others beside: a worker that has not begun with a message by then never does, ms. */
const beginWithinMs = 10_000;
/** With others beside: when another scheduler may take the message, whatever became of this one, ms. */
const sharedClaimMs = 15_000;
/** Alone a claim ends only with its answer, or with the process. */
const ownClaimMs = 365 * 86_400_000;
/** How long nothing is handed over after the link was down, ms, should nobody tell that it is back. */
const linkDownMs = 3_000;
/** Rows that are due but in other hands are not looked at more often than this, ms. */
const shortestMs = 50;
/** Answers that say something of the link and nothing of the message: all messages wait until it is back. */
const linkCodes: ReadonlySet<ErrorCode> = new Set([
  'modem_not_ready',
  'no_worker',
  'port_closed',
  'bus_unavailable',
  'modem_silent',
]);

/**
 * The row is the truth: a lost wake-up only delays a message until the next pass. Any number of schedulers may look: each claims
 * what it hands over. A worker that is not ready costs no attempt; and a message that is handed over twice, because a claim ran
 * out, is sent once, since the worker asks for leave.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const dispatcher = new MessageDispatcher(options);
  return { start: () => dispatcher.start(), stop: () => dispatcher.stop() };
}

class MessageDispatcher {
  readonly #options: DispatcherOptions;
  readonly #inFlight = new Map<number, AbortController>();
  readonly #settling = new Set<Promise<void>>();
  #linkDownUntil = 0;
  #listening: Subscription | null = null;
  #timer: Timer | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = true;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopped = false;
    this.#listening = this.#options.bus.listen((notice) => this.#hear(notice));
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#listening?.stop();
    await this.#running;
    for (const controller of this.#inFlight.values()) controller.abort();
    await Promise.all(this.#settling);
  }

  #hear(notice: LiveNotice): void {
    if (notice.modem !== this.#options.modem) return;
    if (notice.type === 'modem.changed') {
      this.#linkDownUntil = 0;
    }
    if (notice.type === 'message.queued' || notice.type === 'modem.changed') this.#wake();
  }

  /** Begins a pass, or lets the one that runs know that it must look again. */
  #wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#passes().finally(() => {
      this.#running = null;
      // Somebody may have called between the last look and here.
      if (this.#again) this.#wake();
    });
  }

  #wakeIn(ms: number): void {
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(ms, () => this.#wake());
  }

  async #passes(): Promise<void> {
    const { log } = this.#options;
    this.#timer?.cancel();
    let next = this.#options.everyMs ?? 30_000;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        next = await this.#pass();
      } catch (error) {
        log.error({ err: error }, 'Looking for messages to send failed; it is tried again.');
      }
    }
    if (!this.#stopped) this.#wakeIn(next);
  }

  /** Hands over what is due. Returns in how many ms to look again. */
  async #pass(): Promise<number> {
    const { store, clock, modem, owner, shared = false, everyMs = 30_000 } = this.#options;
    const now = clock.now();
    await this.#expire(now);
    if (now < this.#linkDownUntil) return Math.min(everyMs, this.#linkDownUntil - now);
    const room = depth - this.#inFlight.size;
    if (room <= 0) return everyMs;
    const until = now + (shared ? sharedClaimMs : ownClaimMs);
    const claimed = await store.claimOutgoing({ modem, owner, now, until, limit: room });
    for (const message of claimed.filter(({ id }) => !this.#inFlight.has(id))) {
      const command = await this.#commandFor(message);
      if (command !== null) this.#hand(command);
    }
    const nextDue = await store.nextDueAt(modem);
    return nextDue === null ? everyMs : Math.min(everyMs, Math.max(nextDue - now, shortestMs));
  }

  async #expire(now: number): Promise<void> {
    const { store, modem } = this.#options;
    if ((await store.expiredOutgoing(modem, now)).length === 0) return;
    const expire = async (tx: StoreTransaction) => ({ notices: await expireMessages(tx, modem, now) });
    await changeAndTell(this.#options, expire, { key: modem });
  }

  /** The parts that have not left yet, with a try number above all earlier ones. */
  async #commandFor(message: OutgoingMessage): Promise<SendCommand | null> {
    const parts = await this.#options.store.outgoingParts(message.id);
    const queued = parts.filter((part) => part.state === 'queued');
    if (queued.length === 0) return null;
    return {
      id: newId(),
      type: 'send',
      expiresAt: message.expiresAt,
      messageId: message.id,
      attempt: Math.max(...parts.map((part) => part.attempt)) + 1,
      handedAt: this.#options.clock.now(),
      parts: queued.map(({ seq, pdu, tpduLength }) => ({ seq, pdu, tpduLength })),
    };
  }

  #hand(command: SendCommand): void {
    const controller = new AbortController();
    this.#inFlight.set(command.messageId, controller);
    const { bus, modem, shared = false } = this.#options;
    const settled = async (result: CommandResult | null) => {
      if (result?.ok !== true) await this.#refused(command, result);
      this.#inFlight.delete(command.messageId);
      // While the modem begins the one that waited, reading the store would only be in its way.
      if (this.#inFlight.size > 0 && result?.ok === true) this.#wakeIn(refillMs);
      else this.#wake();
    };
    const { signal } = controller;
    const settling = bus
      .call(modem, command, { signal, ...(shared ? { beginWithinMs } : {}) })
      .then(settled, () => settled(null));
    this.#settling.add(settling);
    void settling.then(() => this.#settling.delete(settling));
  }

  /** Gives the message back, for any scheduler to take after a while. */
  async #refused(command: SendCommand, result: Exclude<CommandResult, { ok: true }> | null): Promise<void> {
    const { clock, log, store, owner } = this.#options;
    const { messageId } = command;
    const code = result?.code ?? 'internal';
    log.debug({ message: messageId, trace: traceOf(messageId), code }, 'The worker did not send a message.');
    if (linkCodes.has(code)) this.#linkDownUntil = clock.now() + linkDownMs;
    await store
      .releaseOutgoing(messageId, owner, clock.now() + holdMs)
      .catch((error: unknown) => log.warn({ err: error }, 'A message could not be given back; its claim runs out.'));
  }
}

import type { ByteStream } from '../core/byte-stream.ts';
import { SimloftError } from '../core/errors.ts';
import type { AtCommand, AtPriority } from './command.ts';
import { CommandLine, type CommandLineOptions } from './command-line.ts';
import type { AtOutcome, AtRecord, SubmitOutcome, SubmitRequest } from './outcome.ts';
import { recoverLine, type SynchroniseOptions, synchroniseLine } from './synchronise.ts';
import { TurnQueue } from './turn-queue.ts';

export interface AtChannelOptions extends CommandLineOptions {
  /** So many commands in a row got no answer. Called once per silence. */
  onDead?(timeouts: number): void;
  /** Default 3. */
  readonly deadAfter?: number;
}

export interface RunOptions {
  /** Default `poll`. Without meaning inside a transaction. */
  readonly priority?: AtPriority;
  /** Instead of the command's own. */
  readonly timeoutMs?: number;
  /** Takes the command out of the queue with `at_aborted`; a command that is already on the wire goes on. */
  readonly signal?: AbortSignal;
  /** Called for each record as soon as it is complete, in order, before the final result code. */
  onRecord?(record: AtRecord): void;
}

/** The line as a transaction holds it. */
export interface AtLine {
  /**
   * Runs one command. The modem's refusals are outcomes.
   * @throws SimloftError `at_timeout`, `port_closed`, `at_aborted` (signal), `at_unsafe`.
   */
  run(command: AtCommand, options?: RunOptions): Promise<AtOutcome>;
  /** Sends one message in PDU mode (TS 27.005 §4.3). @throws SimloftError `at_unsafe` for a PDU that is no hex, and nothing else. */
  submit(request: SubmitRequest): Promise<SubmitOutcome>;
}

const defaultDeadAfter = 3;

/** One modem's command line over a byte stream: a single writer, a queue, and the sorting of what comes back. */
export class AtChannel implements AtLine {
  readonly #options: AtChannelOptions;
  readonly #line: CommandLine;
  readonly #queue = new TurnQueue();
  #timeouts = 0;

  constructor(stream: ByteStream, options: AtChannelOptions) {
    this.#options = options;
    this.#line = new CommandLine(stream, options);
  }

  run(command: AtCommand, options: RunOptions = {}): Promise<AtOutcome> {
    const { priority = 'poll', signal } = options;
    return this.#queue.enter(priority, () => this.#run(command, options), signal);
  }

  /** Waits for its turn with priority `send`. */
  submit(request: SubmitRequest): Promise<SubmitOutcome> {
    return this.#queue.enter('send', () => this.#submit(request));
  }

  /**
   * Holds the line for `work`: no other command comes between. Use only the line that `work` is given: the channel's own
   * methods would wait for the end of `work`.
   * @throws SimloftError `port_closed`, and what `work` throws.
   */
  exclusive<T>(priority: AtPriority, work: (line: AtLine) => Promise<T>): Promise<T> {
    return this.#queue.enter(priority, () => {
      if (this.closed) return Promise.reject(this.#line.closedError());
      const inner = new TurnQueue();
      return work({
        run: (command, options = {}) => inner.enter('read', () => this.#run(command, options), options.signal),
        submit: (request) => inner.enter('read', () => this.#submit(request)),
      });
    });
  }

  /**
   * Brings the modem to where it answers one answer per command, in words and without echo. What was unsolicited until
   * then is dropped as old. A modem that answers at once is ready within 100 ms.
   * @throws SimloftError `modem_silent`, `port_closed`.
   */
  synchronise(options: SynchroniseOptions = {}): Promise<void> {
    return this.#queue.enter('hang-up', async () => {
      await synchroniseLine(this.#line, options);
      this.#timeouts = 0;
    });
  }

  /** Commands in a row that got no answer. */
  get timeouts(): number {
    return this.#timeouts;
  }

  /** Milliseconds since the last byte came, or since the start. */
  get silentFor(): number {
    return this.#line.silentFor;
  }

  get closed(): boolean {
    return this.#line.state.type === 'closed';
  }

  /** Closes the stream too. Waiting commands reject with `port_closed`; safe to call twice. */
  close(): Promise<void> {
    return this.#line.close();
  }

  async #run(command: AtCommand, options: RunOptions): Promise<AtOutcome> {
    assertSafe(command.text);
    try {
      const { state } = this.#line;
      if (state.type === 'quarantine') await recoverLine(this.#line, state.cause);
      const outcome = await this.#line.exchange(command, options);
      this.#timeouts = 0;
      return outcome;
    } catch (error) {
      if (error instanceof SimloftError && error.code === 'at_timeout') this.#countTimeout();
      throw error;
    }
  }

  async #submit(request: SubmitRequest): Promise<SubmitOutcome> {
    if (!/^(?:[0-9A-F]{2})+$/i.test(request.pdu))
      throw new SimloftError('at_unsafe', 'A PDU is written as pairs of hex digits.');
    const { state } = this.#line;
    try {
      if (state.type === 'quarantine') await recoverLine(this.#line, state.cause);
    } catch {
      if (!this.closed) this.#countTimeout();
      return { type: 'not-sent', reason: this.closed ? 'port-closed' : 'no-prompt' };
    }
    const outcome = await this.#line.submit(request);
    if (isSilence(outcome)) this.#countTimeout();
    else if (!this.closed) this.#timeouts = 0;
    return outcome;
  }

  #countTimeout(): void {
    const { deadAfter = defaultDeadAfter } = this.#options;
    this.#timeouts += 1;
    if (this.#timeouts === deadAfter) this.#options.onDead?.(this.#timeouts);
  }
}

/** The last door: whoever built the command, nothing in it may end it, open a second one, or close a prompt. */
function assertSafe(text: string): void {
  if (!/^[\x20-\x7e]*$/.test(text))
    throw new SimloftError('at_unsafe', 'A command to the modem holds a character that must not stand in it.');
}

function isSilence(outcome: SubmitOutcome): boolean {
  return (
    (outcome.type === 'unknown' && outcome.reason === 'timeout') ||
    (outcome.type === 'not-sent' && outcome.reason === 'no-prompt')
  );
}

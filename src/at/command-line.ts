import type { ByteStream } from '../core/byte-stream.ts';
import type { Clock, Timer } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { AnswerTimer } from './answer-timer.ts';
import { type AtCommand, commandName } from './command.ts';
import { type LifeAction, type LifeInput, type LifeState, nextLife } from './command-life.ts';
import { atCommand } from './commands.ts';
import type { FinalResult } from './final-result.ts';
import { LineSorter } from './line-sorter.ts';
import type { AtOutcome, AtRecord, SubmitOutcome, SubmitRequest } from './outcome.ts';
import { readMessageReference } from './replies/messages.ts';
import { type Token, Tokenizer } from './tokenizer.ts';
import type { Urc } from './urc.ts';

export interface CommandLineOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Unsolicited result codes in the order in which they came, each once. */
  onUrc(urc: Urc): void;
  /** An echo came although the line was synchronised without: the modem has restarted without a word. Once per restart. */
  onEcho?(): void;
  /** The stream has ended; with the error when the end was not asked for. */
  onClose?(error?: Error): void;
  /** Pause between a result code and the next command, ms; default 0. */
  readonly pauseMs?: number;
  /** Pause between the prompt and the PDU, ms; default 0. */
  readonly promptPauseMs?: number;
}

export interface ExchangeOptions {
  readonly timeoutMs?: number;
  onRecord?(record: AtRecord): void;
  /** Result codes that come before the answer's own line belong to earlier commands. */
  readonly marker?: boolean;
}

interface Exchange {
  readonly command: AtCommand;
  readonly options: ExchangeOptions;
  readonly startedAt: number;
  readonly lines: string[];
  readonly records: AtRecord[];
  answered(outcome: AtOutcome): void;
  failed(error: SimloftError): void;
}

interface Submission {
  readonly request: SubmitRequest;
  submitted(outcome: SubmitOutcome): void;
}

/** To the prompt (TS 27.005 §4.3): a busy modem takes some seconds. */
const promptTimeoutMs = 10_000;
/** From Ctrl-Z to the result: the timers of the network add up to minutes. */
const resultTimeoutMs = 180_000;
/** ESC may be answered with OK, with ERROR or not at all. */
const escapeTimeoutMs = 2_000;
/** How long a quotation mark may stay open without a byte. */
const openQuoteMs = 2_000;
/** How long to wait for the answer proper of a marker after somebody else's result code. */
const markerSettleMs = 250;

const ascii = new TextEncoder();

/** One command at a time over the stream: writes, waits, gathers the answer. Who may go next is the channel's matter. */
export class CommandLine {
  readonly #stream: ByteStream;
  readonly #options: CommandLineOptions;
  readonly #tokenizer = new Tokenizer((token) => this.#onToken(token));
  readonly #sorter: LineSorter;
  #state: LifeState = { type: 'idle' };
  #exchange: Exchange | null = null;
  #submission: Submission | null = null;
  readonly #timer: AnswerTimer;
  #quote: Timer | null = null;
  #lastFinalAt = Number.NEGATIVE_INFINITY;
  #closeError: Error | undefined;
  /** Unsolicited codes of the time before the line was synchronised are old news. */
  discarding = false;
  /** An overdue answer is let pass: what nobody knows is a part of it, save a message reference. */
  recovering = false;
  /** Whether an echo is a surprise. */
  echoIsOff = false;

  constructor(stream: ByteStream, options: CommandLineOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#timer = new AnswerTimer(options.clock);
    this.#sorter = new LineSorter({
      onEchoed: () => this.#onEchoed(),
      onAnswer: (line) => this.#onAnswer(line),
      onRecord: (record) => this.#onRecord(record),
      onFinal: (result) => this.#onFinal(result),
      onUrc: (urc) => this.#onUrc(urc),
    });
    stream.onData((chunk) => this.#onData(chunk));
    stream.onClose((error) => this.#onClose(error));
  }

  get state(): LifeState {
    return this.#state;
  }

  get silentFor(): number {
    return this.#options.clock.monotonic() - this.#timer.lastByteAt;
  }

  /** Whether the digits of ATV0 count as result codes. */
  set numeric(accepted: boolean) {
    this.#sorter.numeric = accepted;
  }

  /** @throws SimloftError `at_timeout`, `port_closed`. */
  exchange(command: AtCommand, options: ExchangeOptions = {}): Promise<AtOutcome> {
    return new Promise((answered, failed) => {
      this.#afterPause(() => {
        const startedAt = this.#options.clock.monotonic();
        this.#exchange = { command, options, startedAt, lines: [], records: [], answered, failed };
        this.#input({ type: 'command' });
      });
    });
  }

  /** Never rejects; the note that is being written when the modem refuses is awaited all the same. */
  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    let note: Promise<void> | undefined;
    const outcome = await new Promise<SubmitOutcome>((submitted) => {
      this.#afterPause(() => {
        this.#submission = { request, submitted };
        this.#input({ type: 'message' });
        // A closed port has answered already; then there is nothing to note.
        if (this.#submission !== null) note = this.#writeNote(request.beforePdu);
      });
    });
    await note;
    return outcome;
  }

  /** Leaves a prompt that may be open from an earlier life. */
  escape(): void {
    this.#write('\x1b');
  }

  /** Ends a line that may be half typed. */
  endLine(): void {
    this.#write('\r');
  }

  /** Resolves when no byte has come for `ms`, or after `limitMs`. */
  quiet(ms: number, limitMs: number): Promise<void> {
    const { clock } = this.#options;
    const end = clock.monotonic() + limitMs;
    const since = clock.monotonic();
    return new Promise((resolve) => {
      const look = () => {
        const now = clock.monotonic();
        const left = Math.min(Math.max(since, this.#timer.lastByteAt) + ms, end) - now;
        if (left <= 0 || this.#state.type === 'closed') resolve();
        else clock.after(left, look);
      };
      look();
    });
  }

  async close(): Promise<void> {
    this.#onClose();
    await this.#stream.close();
  }

  closedError(): SimloftError {
    return new SimloftError(
      'port_closed',
      `The port ${this.#stream.name} has closed.`,
      this.#closeError === undefined ? {} : { cause: this.#closeError },
    );
  }

  async #writeNote(write: (() => Promise<void>) | undefined): Promise<void> {
    if (write === undefined) {
      this.#input({ type: 'note-written' });
      return;
    }
    try {
      await write();
    } catch (error) {
      this.#input({ type: 'note-failed', error });
      return;
    }
    this.#input({ type: 'note-written' });
  }

  /** V.250 §5.6 and some makers want time between a result code and the next command; most modems want none. */
  #afterPause(begin: () => void): void {
    const { clock, pauseMs = 0 } = this.#options;
    const left = pauseMs === 0 ? 0 : this.#lastFinalAt + pauseMs - clock.monotonic();
    if (left > 0) clock.after(left, begin);
    else begin();
  }

  #input(input: LifeInput): void {
    const { state, actions } = nextLife(this.#state, input);
    this.#state = state;
    for (const action of actions) this.#act(action);
  }

  #act(action: LifeAction): void {
    switch (action.type) {
      case 'write-command':
        this.#writeCommand();
        break;
      case 'write-pdu':
        this.#writePdu();
        break;
      case 'write-escape':
        this.#tokenizer.expectPrompt(true);
        this.#arm(escapeTimeoutMs);
        this.#write('\x1b');
        break;
      case 'answered':
        this.#answered(action.result);
        break;
      case 'timed-out':
        this.#failed((command) => timeoutError(command));
        break;
      case 'lost':
        this.#failed(() => this.closedError());
        break;
      case 'submitted':
        this.#endSubmission(action.outcome);
        break;
      case 'stray':
        this.#options.log.debug({}, 'a result code came that no command waits for');
        break;
    }
  }

  #writeCommand(): void {
    const command = this.#exchange?.command ?? messageCommand(this.#submission?.request.tpduLength ?? 0);
    this.#sorter.begin(command);
    if (this.#submission !== null) this.#tokenizer.expectPrompt(true);
    this.#arm(this.#exchange?.options.timeoutMs ?? command.timeoutMs, command.idleMs);
    this.#write(`${command.text}\r`);
  }

  #writePdu(): void {
    const { pdu = '', timeoutMs = resultTimeoutMs } = this.#submission?.request ?? {};
    const { clock, promptPauseMs = 0 } = this.#options;
    const bytes = `${pdu.toUpperCase()}\x1a`;
    this.#sorter.expectPduEcho(pdu);
    this.#arm(timeoutMs);
    if (promptPauseMs === 0) this.#write(bytes);
    else clock.after(promptPauseMs, () => this.#write(bytes));
  }

  #answered(result: FinalResult | null): void {
    const exchange = this.#exchange;
    this.#exchange = null;
    this.#endOfTurn();
    if (exchange === null) return;
    const { lines, records } = exchange;
    if (result === null || result.ok) exchange.answered({ ok: true, final: result?.text ?? '', lines, records });
    else exchange.answered({ ok: false, error: result.error, lines, records });
  }

  #failed(error: (command: AtCommand) => SimloftError): void {
    const exchange = this.#exchange;
    this.#exchange = null;
    this.#endOfTurn();
    exchange?.failed(error(exchange.command));
  }

  #endSubmission(outcome: SubmitOutcome): void {
    const submission = this.#submission;
    this.#submission = null;
    this.#tokenizer.expectPrompt(false);
    this.#endOfTurn();
    submission?.submitted(outcome);
  }

  #endOfTurn(): void {
    this.#timer.cancel();
    this.#lastFinalAt = this.#options.clock.monotonic();
    this.#sorter.end();
  }

  #arm(totalMs: number, idleMs = totalMs): void {
    this.#timer.limit(totalMs, idleMs, () => this.#input({ type: 'timeout' }));
  }

  #armSettle(ms: number): void {
    this.#timer.settle(ms, () => this.#input({ type: 'settled' }));
  }

  #write(text: string): void {
    if (this.#state.type === 'closed') return;
    this.#stream.write(ascii.encode(text)).catch((error: unknown) => {
      this.#options.log.warn({ error: String(error) }, 'the port takes no more bytes');
      this.#onClose(error instanceof Error ? error : new Error(String(error)));
      void this.#stream.close().catch(() => {});
    });
  }

  #onData(chunk: Uint8Array): void {
    this.#timer.touch();
    this.#tokenizer.push(chunk);
    if (this.#tokenizer.quoteIsOpen || this.#quote !== null) this.#watchQuote();
  }

  #watchQuote(): void {
    this.#quote?.cancel();
    this.#quote = this.#tokenizer.quoteIsOpen
      ? this.#options.clock.after(openQuoteMs, () => this.#tokenizer.giveUpQuote())
      : null;
  }

  #onToken(token: Token): void {
    switch (token.type) {
      case 'line':
        this.#sorter.sort(token.text);
        break;
      case 'prompt':
        this.#input({ type: 'prompt' });
        break;
      case 'discarded':
        this.#options.log.debug({ bytes: token.bytes }, 'bytes came that are no line of AT');
        break;
    }
  }

  #onEchoed(): void {
    if (!this.echoIsOff) return;
    this.echoIsOff = false;
    this.#options.onEcho?.();
  }

  #onAnswer(line: string): void {
    if (this.#submission !== null) {
      const value = readMessageReference([line]);
      if (value !== null) this.#input({ type: 'reference', reference: { value, line } });
      return;
    }
    const exchange = this.#exchange;
    exchange?.lines.push(line);
    if (exchange?.options.marker === true) this.#timer.unsettle();
    else if (exchange?.command.settleMs !== undefined) this.#armSettle(exchange.command.settleMs);
  }

  #onRecord(record: AtRecord): void {
    this.#exchange?.records.push(record);
    this.#guard(() => this.#exchange?.options.onRecord?.(record));
  }

  #onFinal(result: FinalResult): void {
    if (this.#exchange?.options.marker === true && this.#exchange.lines.length === 0) this.#armSettle(markerSettleMs);
    else this.#input({ type: 'final', result });
  }

  #onUrc(urc: Urc): void {
    const late = this.#state.type === 'quarantine' || this.recovering;
    if (this.discarding || (late && urc.type === 'unknown' && urc.prefix !== '+CMGS')) {
      this.#options.log.debug({ type: urc.type }, 'a line of earlier times is dropped');
      return;
    }
    this.#guard(() => this.#options.onUrc(urc));
  }

  /** What others do with a line must not stop the reading of the next. */
  #guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#options.log.error({ error: String(error) }, 'a listener of the AT channel failed');
    }
  }

  #onClose(error?: Error): void {
    if (this.#state.type === 'closed') return;
    this.#closeError = error;
    this.#quote?.cancel();
    this.#input({ type: 'closed' });
    this.#guard(() => this.#options.onClose?.(error));
  }
}

function messageCommand(tpduLength: number): AtCommand {
  return { ...atCommand(`+CMGS=${tpduLength}`), timeoutMs: promptTimeoutMs };
}

function timeoutError(command: AtCommand): SimloftError {
  const name = commandName(command);
  return new SimloftError('at_timeout', `The modem did not answer ${name} in time.`, { details: { command: name } });
}

import type { ByteStream } from '../core/byte-stream.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { AtCommand, AtPriority } from './command.ts';
import type { AtOutcome, AtRecord, SubmitOutcome, SubmitRequest } from './outcome.ts';
import type { Urc } from './urc.ts';

export interface AtChannelOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Unsolicited result codes in the order in which they came, each once. Must not throw. */
  onUrc(urc: Urc): void;
  /** An echo came although echo is off: the modem has restarted without a word (domain: re-initialise). */
  onEcho?(): void;
  /** The stream has ended; with the error when the end was not asked for. */
  onClose?(error?: Error): void;
  /** This many commands in a row got no answer. Called once per silence. */
  onDead?(timeouts: number): void;
  /** Consecutive time-outs until onDead; default 3. */
  readonly deadAfter?: number;
  /** Bytes as they pass, for tracing. */
  onWire?(direction: 'in' | 'out', bytes: Uint8Array): void;
  /** Pause between the final result code and the next command, ms; default 0. */
  readonly pauseMs?: number;
  /** Pause between the prompt and the PDU, ms; default 0. */
  readonly promptPauseMs?: number;
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

export interface SynchroniseOptions {
  /** How often `AT` is tried before `modem_silent`; default 10. */
  readonly attempts?: number;
  /** How long each `AT` may take, ms; default 500. */
  readonly attemptMs?: number;
}

/** The line as a transaction holds it. */
export interface AtLine {
  /**
   * Runs one command. The modem's refusals are outcomes.
   * @throws SimloftError `at_timeout`, `port_closed`, `at_aborted` (signal), `at_unsafe`.
   */
  run(command: AtCommand, options?: RunOptions): Promise<AtOutcome>;
  /** Sends one message in PDU mode (TS 27.005 §3.5.1). Never rejects. */
  submit(request: SubmitRequest): Promise<SubmitOutcome>;
}

/** One modem's command line over a byte stream: a single writer, a queue, and the sorting of what comes back. */
export declare class AtChannel implements AtLine {
  constructor(stream: ByteStream, options: AtChannelOptions);
  run(command: AtCommand, options?: RunOptions): Promise<AtOutcome>;
  /** Waits for its turn with priority `send`. */
  submit(request: SubmitRequest): Promise<SubmitOutcome>;
  /** Holds the line for `work`: no other command comes between. Do not use the channel itself inside. */
  exclusive<T>(priority: AtPriority, work: (line: AtLine) => Promise<T>): Promise<T>;
  /** Brings the modem to where it answers one answer per command, verbose and without echo. @throws SimloftError `modem_silent`, `port_closed`. */
  synchronise(options?: SynchroniseOptions): Promise<void>;
  /** Commands in a row that got no answer. */
  get timeouts(): number;
  /** ms since the last byte came (since the start when none did). */
  get silentFor(): number;
  get closed(): boolean;
  /** Closes the stream too. Waiting commands reject with `port_closed`; safe to call twice. */
  close(): Promise<void>;
}

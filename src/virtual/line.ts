import type { Clock, Timer } from '../core/clock.ts';
import type { Answer, Pending, Prompt, Reply } from './answer.ts';
import type { AnswerWriter } from './answer-writer.ts';
import { error } from './answer.ts';
import { parseCommandLine, type Request } from './command-line.ts';

import type { MisuseRecord } from './misuse.ts';
import type { Settings } from './settings.ts';

export interface LineOptions {
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly misuse: MisuseRecord;
  readonly writer: AnswerWriter;
  /** Runs one command. */
  readonly run: (request: Request) => Reply;
}

interface Running {
  readonly what: string;
  /** Which opening of the port gave the command: a program that opens it anew cannot know of it. */
  readonly session: number;
  readonly since: number;
  readonly patienceMs: number;
  /** What a character does to it; null: characters wait until it has ended. */
  readonly abort: (() => void) | null;
  /** The prompt is about to open. */
  readonly opensPrompt: boolean;
}

const CR = 0x0d;
const LF = 0x0a;
const ctrlZ = 0x1a;
const ESC = 0x1b;
const backspace = 0x08;
/** A lost answer of an ordinary command may be given up after this. */
const usualPatienceMs = 900;
/** V.250 §5.6.1: characters this soon after the command line do not abort it. */
const abortDeafMs = 125;

/** The typed side of the modem: echo, command lines, the prompt, and what becomes of characters that come while a command runs. */
export class Line {
  readonly #options: LineOptions;
  #typed = '';
  #prompt: { readonly enter: Prompt['enter']; typed: string } | null = null;
  #running: Running | null = null;
  #waiting: number[] = [];
  #lastWasCr = false;
  #session = 0;
  #delay: Timer | null = null;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Somebody has opened the port. */
  beginSession(): void {
    this.#session += 1;
  }

  /** Power was gone: whatever was typed or running is forgotten. */
  reset(): void {
    this.#typed = '';
    this.#prompt = null;
    this.#running = null;
    this.#waiting = [];
    this.#delay?.cancel();
    this.#delay = null;
  }

  /** Opens the prompt as an earlier program may have left it. */
  openPrompt(enter: Prompt['enter'], typed: string): void {
    this.#prompt = { enter, typed };
  }

  take(bytes: Uint8Array): void {
    for (const byte of bytes) this.#takeByte(byte);
    this.#options.writer.flushEcho();
  }

  #takeByte(byte: number): void {
    if (this.#running !== null) this.#takeWhileRunning(byte, this.#running);
    else if (this.#prompt !== null) this.#takeInPrompt(byte, this.#prompt);
    else this.#takeTyped(byte);
    this.#lastWasCr = byte === CR;
  }

  #takeWhileRunning(byte: number, running: Running): void {
    if (byte === LF && this.#lastWasCr && !running.opensPrompt) return;
    const elapsed = this.#options.clock.monotonic() - running.since;
    if (running.session === this.#session && elapsed < running.patienceMs) {
      const what = byte === LF ? 'LF after CR came before the prompt' : 'a byte came before the final result code';
      this.#options.misuse.note(`${running.what}: ${what}.`);
    }
    if (running.abort !== null) {
      if (elapsed >= abortDeafMs) running.abort();
      return;
    }
    this.#waiting.push(byte);
  }

  #takeInPrompt(byte: number, prompt: { readonly enter: Prompt['enter']; typed: string }): void {
    this.#echo(byte);
    if (byte === ESC) {
      this.#prompt = null;
      this.#finish({ kind: 'answer', final: 'OK', lines: [], work: 'quick' }, 'ESC');
    } else if (byte === ctrlZ) {
      this.#prompt = null;
      this.#carryOut(prompt.enter(prompt.typed), 'the message', []);
    } else prompt.typed += String.fromCharCode(byte);
  }

  #takeTyped(byte: number): void {
    if (byte === LF || byte === ESC) return;
    if (byte === ctrlZ) {
      this.#options.misuse.note('Ctrl-Z came without a prompt.');
      this.#typed = '';
      return;
    }
    this.#echo(byte);
    if (byte === backspace) this.#typed = this.#typed.slice(0, -1);
    else if (byte === CR) this.#execute();
    else this.#typed += String.fromCharCode(byte);
  }

  #echo(byte: number): void {
    if (this.#options.settings().echo) this.#options.writer.echo(byte);
  }

  #execute(): void {
    const line = this.#typed;
    this.#typed = '';
    const start = line.search(/at/i);
    if (start < 0) {
      if (/^[\dA-F]{20,}$/i.test(line.trim())) this.#options.misuse.note('A PDU came without a prompt.');
      return;
    }
    const command = line.slice(start);
    const requests = parseCommandLine(command);
    if (requests === null) this.#finish(error, 'a line that is no command');
    else this.#runAll(requests, []);
  }

  /** V.250 §5.4.1: commands of one line run in order, up to the first that fails. */
  #runAll(requests: readonly Request[], lines: readonly string[]): void {
    const [request, ...others] = requests;
    if (request === undefined) {
      this.#finish({ kind: 'answer', final: 'OK', lines, work: 'quick' }, 'AT');
      return;
    }
    const what = `AT${request.key}`;
    const reply = this.#options.run(request);
    if (reply.kind === 'answer' && reply.final === 'OK' && others.length > 0) {
      reply.afterwards?.();
      this.#runAll(others, [...lines, ...reply.lines]);
    } else this.#carryOut(reply, what, lines);
  }

  #carryOut(reply: Reply, what: string, before: readonly string[]): void {
    if (reply.kind === 'answer') this.#finish({ ...reply, lines: [...before, ...reply.lines] }, what);
    else if (reply.kind === 'prompt') this.#askForText(reply, what);
    else this.#wait(reply);
  }

  #askForText({ enter }: Prompt, what: string): void {
    this.#after(this.#options.writer.latency('prompt'), { what, opensPrompt: true }, () => {
      this.#prompt = { enter, typed: '' };
      this.#options.writer.writePrompt();
    });
  }

  #wait({ what, patienceMs, begin }: Pending): void {
    let ended = false;
    const since = this.#options.clock.monotonic();
    const running: Running = {
      what,
      patienceMs,
      since,
      session: this.#session,
      opensPrompt: false,
      abort: () => {
        if (ended) return;
        ended = true;
        abort();
        this.#end(error);
      },
    };
    this.#running = running;
    const abort = begin((answer) => {
      if (ended || this.#running !== running) return;
      const late = this.#options.writer.lateness();
      if (late === 0) {
        ended = true;
        this.#end(answer);
      } else
        this.#delay = this.#options.clock.after(late, () => {
          if (this.#running === running) this.#end(answer);
        });
    });
  }

  #finish(answer: Answer, what: string): void {
    const { writer } = this.#options;
    this.#after(writer.latency(answer.work) + writer.lateness(), { what, opensPrompt: false }, () => this.#end(answer));
  }

  #end(answer: Answer): void {
    this.#running = null;
    this.#options.writer.writeAnswer(answer);
    answer.afterwards?.();
    this.#takeWaiting();
  }

  #after(
    ms: number,
    { what, opensPrompt }: { readonly what: string; readonly opensPrompt: boolean },
    then: () => void,
  ): void {
    if (ms <= 0) {
      then();
      return;
    }
    const since = this.#options.clock.monotonic();
    this.#running = { what, opensPrompt, since, session: this.#session, patienceMs: usualPatienceMs, abort: null };
    this.#delay = this.#options.clock.after(ms, () => {
      this.#running = null;
      then();
      this.#takeWaiting();
    });
  }

  #takeWaiting(): void {
    if (this.#running !== null) return;
    const bytes = this.#waiting.splice(0);
    if (bytes.length > 0) this.take(Uint8Array.from(bytes));
  }
}

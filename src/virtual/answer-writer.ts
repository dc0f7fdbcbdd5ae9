import type { Random } from '../core/random.ts';
import type { Answer } from './answer.ts';
import { formatFinal, formatLine, type ResultFormat } from './final-code.ts';
import type { Noise } from './noise.ts';
import type { Profile, Work } from './profile.ts';
import type { Settings } from './settings.ts';

export interface AnswerWriterOptions {
  readonly random: Random;
  readonly profile: Profile;
  readonly settings: () => Settings;
  readonly noise: Noise;
  readonly latencyMs: number | undefined;
  readonly submitMs: number | undefined;
  readonly write: (bytes: Uint8Array) => void;
}

/** Of a hundred answers, so many have noise in their midst. */
const noisyAnswersPercent = 10;

/** Everything that the modem says, in the form that the settings want: echo, answers, prompts, indications. */
export class AnswerWriter {
  readonly #options: AnswerWriterOptions;
  #echoed = '';
  #lateMs = 0;
  #glueNext = false;
  #glued = '';
  #doubleOk = false;

  constructor(options: AnswerWriterOptions) {
    this.#options = options;
  }

  /** The next final result code comes so many ms late. */
  beLate(ms: number): void {
    this.#lateMs = ms;
  }

  glueNextIndication(): void {
    this.#glueNext = true;
  }

  doubleNextOk(): void {
    this.#doubleOk = true;
  }

  /** How long a command of this kind takes, ms. */
  latency(work: Work): number {
    const { latencyMs, submitMs, profile, random } = this.#options;
    if (work === 'submit' && submitMs !== undefined) return submitMs;
    if (latencyMs !== undefined) return work === 'prompt' ? 0 : latencyMs;
    const [from, to] = profile.latency[work];
    return from + random.next() * (to - from);
  }

  /** How late the next final result code is to be; asked once for each. */
  lateness(): number {
    const ms = this.#lateMs;
    this.#lateMs = 0;
    return ms;
  }

  echo(byte: number): void {
    this.#echoed += String.fromCharCode(byte);
  }

  flushEcho(): void {
    this.#write('');
  }

  writePrompt(): void {
    this.#write('\r\n> ');
  }

  writeAnswer({ final, lines }: Answer): void {
    const format = this.#format();
    const code = formatFinal(final, format);
    const glued = this.#glued === '' ? code : `${code.trimEnd()}${this.#glued}\r\n`;
    this.#glued = '';
    const double = this.#doubleOk && final === 'OK' ? code : '';
    if (double !== '') this.#doubleOk = false;
    const body = lines.map((line) => formatLine(line, format)).join('');
    this.#write(this.#withNoise(body) + glued + double);
  }

  /** An unsolicited result code, with its payload line if it has one. */
  indicate(...lines: readonly string[]): void {
    if (this.#glueNext) {
      this.#glueNext = false;
      this.#glued = lines.join('\r\n');
      return;
    }
    this.#write(`\r\n${lines.join('\r\n')}\r\n`);
  }

  /** Sometimes puts noise between two physical lines: before the first, between a header and its PDU, or after the last. */
  #withNoise(body: string): string {
    const { noise, random } = this.#options;
    if (!noise.on || random.below(100) >= noisyAnswersPercent) return body;
    const breaks = [0, ...[...body.matchAll(/\r\n(?!\r\n|$)/g)].map(({ index }) => index), body.length];
    const at = breaks[random.below(breaks.length)] ?? 0;
    return `${body.slice(0, at)}\r\n${noise.line()}\r\n${body.slice(at)}`;
  }

  #write(text: string): void {
    const all = this.#echoed + text;
    this.#echoed = '';
    if (all !== '') this.#options.write(Buffer.from(all, 'latin1'));
  }

  #format(): ResultFormat {
    const { quiet, verbose, cmee } = this.#options.settings();
    return { quiet, verbose, errors: cmee };
  }
}

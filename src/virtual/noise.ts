import type { Clock, Timer } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import type { Air } from './air.ts';

export interface NoiseOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly air: Air;
  readonly on: boolean;
  readonly nags: () => boolean;
  readonly say: (line: string) => void;
}

const nagMs = 1000;
const newsMs = [8000, 30_000] as const;

/** What a ZTE stick says unasked: news of the network, and `+ZUSIMR:2` each second until the memories have been asked for. */
export class Noise {
  readonly on: boolean;
  readonly #options: NoiseOptions;
  #nag: Timer | null = null;
  #news: Timer | null = null;

  constructor(options: NoiseOptions) {
    this.#options = options;
    this.on = options.on;
  }

  /** One line of it. */
  line(): string {
    const { air, random } = this.#options;
    const { mccMnc, name } = air.operator;
    const operator = `+ZDONR: "${name}",${mccMnc.slice(0, 3)},${mccMnc.slice(3)},"CS_PS","ROAM_OFF"`;
    return random.below(2) === 0 ? `+ZPASR: "${air.technology}"` : operator;
  }

  start(): void {
    this.stop();
    if (!this.on) return;
    this.#options.say(this.line());
    this.#nextNag();
    this.#nextNews();
  }

  stop(): void {
    this.#nag?.cancel();
    this.#news?.cancel();
    this.#nag = null;
    this.#news = null;
  }

  #nextNag(): void {
    this.#nag = this.#options.clock.after(nagMs, () => {
      if (this.#options.nags()) this.#options.say('+ZUSIMR:2');
      this.#nextNag();
    });
  }

  #nextNews(): void {
    const [from, to] = newsMs;
    this.#news = this.#options.clock.after(from + this.#options.random.next() * (to - from), () => {
      this.#options.say(this.line());
      this.#nextNews();
    });
  }
}

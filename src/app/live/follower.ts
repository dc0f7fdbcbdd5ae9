import type { LiveItem } from './live-event.ts';

/** Whoever is this far behind is cut, and takes up where it was. The items are shared, so that they cost one place each. */
const most = 1_000;

/** Somebody who follows what happens: what was told and not taken yet. */
export class Follower {
  /** Whether readings are for it too. */
  readonly readings: boolean;
  #items: LiveItem[] = [];
  #wake: (() => void) | null = null;
  #cut = false;

  constructor(readings: boolean) {
    this.readings = readings;
  }

  push(item: LiveItem): void {
    if (this.#cut) return;
    if (this.#items.length >= most) this.cut();
    else this.#items.push(item);
    this.#wake?.();
  }

  /** It gets nothing more. */
  cut(): void {
    this.#cut = true;
    this.#items = [];
    this.#wake?.();
  }

  /** The next item, waited for; null when it was cut, or `signal` is aborted. */
  async next(signal: AbortSignal): Promise<LiveItem | null> {
    if (this.#items.length === 0 && !this.#cut && !signal.aborted) await this.#told(signal);
    return signal.aborted ? null : (this.#items.shift() ?? null);
  }

  #told(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake);
        this.#wake = null;
        resolve();
      };
      this.#wake = wake;
      signal.addEventListener('abort', wake);
    });
  }
}

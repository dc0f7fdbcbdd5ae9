/** Lets one in at a time, in the order of asking. */
export class Mutex {
  #taken = false;
  readonly #waiting: (() => void)[] = [];

  async lock(): Promise<void> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
  }

  /** Hands over to the next one who waits, without letting anybody in between. */
  unlock(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken = false;
    else next();
  }
}

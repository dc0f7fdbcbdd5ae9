/** How many tries are remembered: far more than can come back. */
const remembered = 10_000;

/** Which tries of which messages have been begun, so that none is made twice. */
export class Attempts {
  readonly #begun = new Set<string>();

  has(messageId: number, attempt: number): boolean {
    return this.#begun.has(`${messageId} ${attempt}`);
  }

  add(messageId: number, attempt: number): void {
    this.#begun.add(`${messageId} ${attempt}`);
    const [oldest] = this.#begun;
    if (this.#begun.size > remembered && oldest !== undefined) this.#begun.delete(oldest);
  }
}

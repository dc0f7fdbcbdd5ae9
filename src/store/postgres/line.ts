interface Waiting<Ticket> {
  readonly ticket: Ticket;
  readonly begin: () => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * Those who wait for something, first come, first served. The rule says whether one may begin, by the tickets ahead of it:
 * of those who have begun and of those who wait since longer.
 */
export class Line<Ticket> {
  readonly #mayBegin: (ticket: Ticket, ahead: readonly Ticket[]) => boolean;
  readonly #begun: Ticket[] = [];
  #waiting: Waiting<Ticket>[] = [];
  #closed: Error | null = null;
  #emptied: (() => void) | null = null;

  constructor(mayBegin: (ticket: Ticket, ahead: readonly Ticket[]) => boolean) {
    this.#mayBegin = mayBegin;
  }

  /** Runs `work` when its turn has come. */
  async run<T>(ticket: Ticket, work: () => Promise<T>): Promise<T> {
    const leave = await this.enter(ticket);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Resolves when its turn has come, with what ends it; call that once. */
  async enter(ticket: Ticket): Promise<() => void> {
    if (this.#closed !== null) throw this.#closed;
    await new Promise<void>((begin, fail) => {
      this.#waiting.push({ ticket, begin, fail });
      this.#advance();
    });
    return () => {
      this.#begun.splice(this.#begun.indexOf(ticket), 1);
      this.#advance();
    };
  }

  /** Sends all away who still wait. */
  failWaiting(reason: Error): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { fail } of waiting) fail(reason);
    this.#advance();
  }

  /** Takes nobody any more, and resolves when all who are here have ended. */
  async close(reason: Error): Promise<void> {
    this.#closed ??= reason;
    await new Promise<void>((resolve) => {
      const before = this.#emptied;
      this.#emptied = () => {
        before?.();
        resolve();
      };
      this.#advance();
    });
  }

  #advance(): void {
    const ahead = [...this.#begun];
    this.#waiting = this.#waiting.filter(({ ticket, begin }) => {
      const may = this.#mayBegin(ticket, ahead);
      ahead.push(ticket);
      if (may) {
        this.#begun.push(ticket);
        begin();
      }
      return !may;
    });
    if (ahead.length === 0) this.#emptied?.();
  }
}

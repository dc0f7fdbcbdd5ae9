import { type Logger, silentLogger } from '../core/logger.ts';

/** Remembers whatever a program did that a real modem, or its SIM, might not have forgiven; loudly. */
export class MisuseRecord {
  readonly #seen: string[] = [];
  readonly #logger: Logger;

  constructor(logger: Logger = silentLogger) {
    this.#logger = logger;
  }

  get seen(): readonly string[] {
    return this.#seen;
  }

  /** `sentence` must hold no text of a message and no PIN. */
  note(sentence: string): void {
    this.#seen.push(sentence);
    this.#logger.warn({ misuse: sentence }, 'The virtual modem was misused.');
  }
}

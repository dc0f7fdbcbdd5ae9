import type { AtChannel, AtLine } from '../at/channel.ts';
import { at } from '../at/commands.ts';
import { ask } from './ask.ts';
import type { ModemContext } from './context.ts';
import { inMemory, type MemoryPlan } from './memories.ts';
import type { SlotName, Slots } from './slots.ts';

export interface DeleterOptions {
  readonly channel: AtChannel;
  readonly context: ModemContext;
  readonly plan: MemoryPlan;
  readonly slots: Slots;
  readonly onError: (error: unknown) => void;
}

/** Deletions may hold the line so long, ms; a call that is to be hung up must not wait longer. */
const longestHoldMs = 500;

/** Empties slots whose messages are safe, back to back, in the order in which they became safe. */
export class Deleter {
  readonly #options: DeleterOptions;
  readonly #waiting: { readonly slot: SlotName; readonly pdu: string }[] = [];
  #running = false;
  #closed = false;

  constructor(options: DeleterOptions) {
    this.#options = options;
  }

  add(slot: SlotName, pdu: string): void {
    if (this.#closed) return;
    this.#waiting.push({ slot, pdu });
    if (!this.#running) this.#deleteAll().catch(this.#options.onError);
  }

  /** What waits stays in its slot. */
  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
  }

  async #deleteAll(): Promise<void> {
    const { channel, plan } = this.#options;
    this.#running = true;
    try {
      for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
        const { memory } = first.slot;
        const done = await channel.exclusive('read', (line) =>
          inMemory(line, { plan, memory }, async () => {
            await this.#deleteSome(line, memory);
            return true;
          }),
        );
        // A memory that cannot be entered any more keeps what it has.
        if (done === null) this.#waiting.shift();
      }
    } finally {
      this.#running = false;
    }
  }

  /** Deletes what waits, from the front, as long as it lies in `memory`. */
  async #deleteSome(line: AtLine, memory: string): Promise<void> {
    const { context, slots } = this.#options;
    const end = context.clock.monotonic() + longestHoldMs;
    while (this.#waiting[0]?.slot.memory === memory && context.clock.monotonic() < end) {
      const next = this.#waiting.shift();
      if (next === undefined || !slots.mayDelete(next.slot, next.pdu)) continue;
      const outcome = await ask(line, at.cmgd(next.slot.index), { clock: context.clock, tries: 3, pauseMs: 500 });
      if (outcome.ok) slots.deleted(next.slot);
      else
        context.log.warn(
          { ...next.slot, code: outcome.error.text },
          'A message was not deleted; the next sweep tries again.',
        );
    }
  }
}

import type { MemoryName, StoredMessage, StoredStatus } from './contract.ts';

interface Slot {
  status: StoredStatus;
  readonly pdu: string;
  /** A program has been shown it, so it may be deleted. */
  shown: boolean;
}

/** Places for messages, numbered from 1; a new message takes the lowest that is free. */
export class MessageMemory {
  readonly name: MemoryName;
  readonly capacity: number;
  readonly #slots = new Map<number, Slot>();

  constructor(name: MemoryName, capacity: number, held: readonly StoredMessage[] = []) {
    this.name = name;
    this.capacity = capacity;
    for (const { index, status, pdu } of held) this.#slots.set(index, { status, pdu, shown: false });
  }

  get used(): number {
    return this.#slots.size;
  }

  get full(): boolean {
    return this.used >= this.capacity;
  }

  /** @returns the index that it got, null when all places are taken. */
  store(pdu: string, status: StoredStatus = 0): number | null {
    for (let index = 1; index <= this.capacity; index += 1) {
      if (this.#slots.has(index)) continue;
      this.#slots.set(index, { status, pdu, shown: false });
      return index;
    }
    return null;
  }

  /** Shows one message to the program: from now on it counts as read. @returns it as it was before. */
  show(index: number): StoredMessage | null {
    const slot = this.#slots.get(index);
    if (slot === undefined) return null;
    const before = { index, status: slot.status, pdu: slot.pdu };
    slot.shown = true;
    if (slot.status === 0) slot.status = 1;
    return before;
  }

  /** @returns what became of it; `unseen` when it is gone although nobody had read it. */
  delete(index: number): 'deleted' | 'unseen' | 'empty' {
    const slot = this.#slots.get(index);
    if (slot === undefined) return 'empty';
    this.#slots.delete(index);
    return slot.shown ? 'deleted' : 'unseen';
  }

  /** Lowest index first. */
  list(): readonly StoredMessage[] {
    return [...this.#slots].sort(([a], [b]) => a - b).map(([index, { status, pdu }]) => ({ index, status, pdu }));
  }
}

/** What became of a message that was read from a slot and is not deleted yet. */
type SlotFate =
  /** Told, and not safe yet. */
  | 'publishing'
  /** It could not be made safe: it is told again when it is read again. */
  | 'unsafe'
  /** Safe: the slot may be emptied. */
  | 'safe'
  /** Safe, but somebody else's draft or sent message: it stays as long as there is room. */
  | 'kept';

interface SlotEntry {
  readonly pdu: string;
  fate: SlotFate;
  readonly draft: boolean;
}

/** What is to be done with a record that was just read. */
export type SlotVerdict = 'publish' | 'delete' | 'leave';

/**
 * What the driver has in hand of the slots of one link, so that a message that is read twice (by its indication and by
 * a sweep) is told once and, above all, deleted once: a second AT+CMGD would hit the message that took its place.
 */
export class Slots {
  readonly #entries = new Map<string, SlotEntry>();

  /** A record was read. `draft`: stat 2 or 3. */
  read(slot: SlotName, pdu: string, draft: boolean): SlotVerdict {
    const entry = this.#entries.get(keyOf(slot));
    if (entry === undefined || entry.pdu !== pdu || entry.fate === 'unsafe') {
      this.#entries.set(keyOf(slot), { pdu, draft, fate: 'publishing' });
      return 'publish';
    }
    return entry.fate === 'safe' ? 'delete' : 'leave';
  }

  /** The event of this record is safe. Tells whether the slot is to be emptied now. */
  safe(slot: SlotName, pdu: string): 'delete' | 'leave' {
    const entry = this.#current(slot, pdu);
    if (entry === null || entry.fate !== 'publishing') return 'leave';
    entry.fate = entry.draft ? 'kept' : 'safe';
    return entry.draft ? 'leave' : 'delete';
  }

  /** The event of this record could not be made safe: the message stays where it is. */
  unsafe(slot: SlotName, pdu: string): void {
    const entry = this.#current(slot, pdu);
    if (entry?.fate === 'publishing') entry.fate = 'unsafe';
  }

  /** Whether this very message is still the one to be deleted. */
  mayDelete(slot: SlotName, pdu: string): boolean {
    return this.#current(slot, pdu)?.fate === 'safe';
  }

  deleted(slot: SlotName): void {
    this.#entries.delete(keyOf(slot));
  }

  /** The whole memory was listed: what is not in it any more is forgotten. */
  listed(memory: string, indices: ReadonlySet<number>): void {
    for (const [key, { fate }] of this.#entries) {
      const { memory: of, index } = slotOf(key);
      if (of === memory && !indices.has(index) && fate !== 'publishing') this.#entries.delete(key);
    }
  }

  /** Drafts that are safe and may go when the memory is full; from now on they are to be deleted. */
  releaseDrafts(memory: string): { slot: SlotName; pdu: string }[] {
    const released: { slot: SlotName; pdu: string }[] = [];
    for (const [key, entry] of this.#entries) {
      const slot = slotOf(key);
      if (slot.memory !== memory || entry.fate !== 'kept') continue;
      entry.fate = 'safe';
      released.push({ slot, pdu: entry.pdu });
    }
    return released;
  }

  #current(slot: SlotName, pdu: string): SlotEntry | null {
    const entry = this.#entries.get(keyOf(slot));
    return entry?.pdu === pdu ? entry : null;
  }
}

/** A place for a message: TS 27.005 §3.1 <mem1> and <index>. */
export interface SlotName {
  readonly memory: string;
  readonly index: number;
}

const keyOf = ({ memory, index }: SlotName) => `${index} ${memory}`;

function slotOf(key: string): SlotName {
  const space = key.indexOf(' ');
  return { memory: key.slice(space + 1), index: Number(key.slice(0, space)) };
}

import type { AtChannel, AtLine } from '../at/channel.ts';
import { at } from '../at/commands.ts';
import { type MemoryUse, readDeletable, readMemories } from '../at/replies/memories.ts';
import { readListedMessage, readMessage, type StoredMessage } from '../at/replies/messages.ts';
import type { AtOutcome } from '../at/outcome.ts';
import { sleep } from '../core/clock.ts';
import { SimloftError, toSimloftError } from '../core/errors.ts';
import type { PduReceived } from '../core/events.ts';
import { ask, tryAsk } from './ask.ts';
import { eventBase, type ModemContext } from './context.ts';
import { Deleter } from './deleter.ts';
import { inMemory, type MemoryPlan } from './memories.ts';
import { readSimState, simProblem } from './sim-state.ts';
import { type SlotName, Slots } from './slots.ts';
import { isHex, isWholePdu } from './whole-pdu.ts';

export interface InboxOptions {
  readonly channel: AtChannel;
  readonly context: ModemContext;
  readonly plan: MemoryPlan;
  /** ICCID, else IMSI, else null. */
  readonly sim: string | null;
  /** The modem does not keep to what was agreed: it must be initialised again. */
  readonly onTrouble: (error: SimloftError) => void;
}

type Found = PduReceived['found'];

/** A memory that could not be listed. */
interface Refused {
  readonly refusal: AtOutcome;
  readonly use: MemoryUse | null;
  readonly found: Found;
}

/** +CMTI may come before the slot is written. */
const slotRetries = 3;
const slotRetryMs = 500;
/** For memories that cannot be listed: no slot beyond this is looked at. */
const mostSlots = 255;

/**
 * Brings in what lies in the modem's memories: reads, hands over, and deletes only what has been told to be safe.
 * One record that cannot be read or stored never keeps the others waiting.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #slots = new Slots();
  readonly #publishing = new Set<Promise<boolean>>();
  readonly #deleter: Deleter;
  readonly #closing = new AbortController();
  #initial = true;
  #sweeping: Promise<boolean> | null = null;
  #nextSweep: Promise<boolean> | null = null;
  #lastSweepAt = Number.NEGATIVE_INFINITY;

  constructor(options: InboxOptions) {
    this.#options = options;
    this.#deleter = new Deleter({
      ...options,
      slots: this.#slots,
      onError: (error) => this.#failed(error, 'Messages that are safe could not be deleted yet.'),
    });
  }

  /** Steady clock, ms: when the last sweep began. */
  get lastSweepAt(): number {
    return this.#lastSweepAt;
  }

  /** +CMTI or +CDSI: something new lies in a slot. */
  indicated({ memory, index }: SlotName): void {
    // Some sticks say -1 when they mean "look yourself".
    const work = index < 0 ? this.sweep() : this.#fetch({ memory, index });
    work.catch((error: unknown) => this.#failed(error, 'A new message could not be read yet.'));
  }

  /**
   * Reads all memories. Resolves when everything found has been handed over: true when all of it is safe.
   * While one sweep runs, any number of callers share the next one.
   * @throws SimloftError `at_timeout`, `at_error`, `port_closed`.
   */
  sweep(): Promise<boolean> {
    if (this.#nextSweep !== null) return this.#nextSweep;
    if (this.#sweeping === null) return this.#beginSweep();
    const begin = () => {
      this.#nextSweep = null;
      return this.#beginSweep();
    };
    this.#nextSweep = this.#sweeping.then(begin, begin);
    return this.#nextSweep;
  }

  #beginSweep(): Promise<boolean> {
    this.#sweeping = this.#sweepAll().finally(() => {
      this.#sweeping = null;
    });
    return this.#sweeping;
  }

  /** What is not deleted by now stays in its slot; the next link reads it again. */
  close(): void {
    this.#closing.abort();
    this.#deleter.close();
  }

  async #sweepAll(): Promise<boolean> {
    const { channel, context, plan, sim } = this.#options;
    const initial = this.#initial;
    this.#lastSweepAt = context.clock.monotonic();
    let found = 0;
    for (const memory of [plan.home, ...plan.others]) {
      const listed = await channel.exclusive('read', (line) =>
        inMemory(line, { plan, memory }, async (use) => this.#list(line, memory, use ?? (await this.#homeUse(line)))),
      );
      found += listed ?? 0;
    }
    const safe = await Promise.all(this.#publishing);
    if (!safe.every(Boolean) || this.#closing.signal.aborted) return false;
    try {
      await context.publish({ ...eventBase(context), type: 'sweep.finished', sim, initial, found });
      this.#initial = false;
      return true;
    } catch (error) {
      this.#failed(error, 'It could not be kept that the memories have been looked through.');
      return false;
    }
  }

  /** How full the home is; also shows whether it still is the home. */
  async #homeUse(line: AtLine): Promise<MemoryUse | null> {
    const { plan, onTrouble } = this.#options;
    const outcome = await line.run(at.cpmsRead());
    const use = readMemories(outcome.lines)?.[0] ?? null;
    const name = use?.name ?? plan.home;
    if (name !== plan.home)
      onTrouble(
        new SimloftError('at_error', `The modem has forgotten its settings: it reads ${name}, not ${plan.home}.`),
      );
    return use;
  }

  /** Reads everything in the memory that the line stands in. Returns the number of records. */
  async #list(line: AtLine, memory: string, use: MemoryUse | null): Promise<number> {
    // Counts lag and lie, so the first sweep of a link looks all the same.
    if (use?.used === 0 && !this.#initial) return 0;
    const found: Found = this.#initial ? 'initial' : 'sweep';
    const indices = new Set<number>();
    const suspect: number[] = [];
    const outcome = await ask(line, at.cmgl(4), {
      clock: this.#options.context.clock,
      tries: 5,
      onRecord: (record) => {
        const message = readListedMessage(record);
        const index = message?.index ?? null;
        if (message === null || index === null) return;
        indices.add(index);
        if (isWholePdu(message.pdu, message.length)) this.#take({ memory, index }, message, found);
        else suspect.push(index);
      },
    });
    if (!outcome.ok) return this.#listByIndex(line, memory, { refusal: outcome, use, found });
    // What the line may have damaged is read once more by itself.
    for (const index of suspect) await this.#readSlot(line, { memory, index }, found);
    this.#slots.listed(memory, indices);
    if (isFull(use)) for (const { slot, pdu } of this.#slots.releaseDrafts(memory)) this.#deleter.add(slot, pdu);
    return indices.size;
  }

  /**
   * For modems that refuse AT+CMGL: slot by slot.
   * @throws SimloftError `sim_missing` and its like when the card is the reason; `at_error` when the home holds messages and none can be read.
   */
  async #listByIndex(line: AtLine, memory: string, { refusal, use, found }: Refused): Promise<number> {
    const sim = simProblem(readSimState(refusal));
    if (sim !== null) throw sim;
    const deletable = readDeletable((await tryAsk(line, at.cmgdChoices()))?.lines ?? []);
    const all = Array.from({ length: Math.min(mostSlots, use?.total ?? 0) + 1 }, (_, index) => index);
    let count = 0;
    for (const index of deletable?.indices ?? all) {
      if (await this.#readSlot(line, { memory, index }, found)) count += 1;
    }
    if (count === 0 && (use?.used ?? 0) > 0 && memory === this.#options.plan.home)
      throw new SimloftError('at_error', `The modem says that ${memory} holds messages and lets none of them be read.`);
    return count;
  }

  async #fetch(slot: SlotName): Promise<void> {
    const { channel, context, plan } = this.#options;
    for (let attempt = 0; attempt <= slotRetries; attempt += 1) {
      if (attempt > 0) await sleep(context.clock, slotRetryMs, this.#closing.signal);
      const read = await channel.exclusive('read', (line) =>
        inMemory(line, { plan, memory: slot.memory }, () => this.#readSlot(line, slot, 'indicated')),
      );
      if (read === true) return;
      if (read === null) {
        context.log.warn(
          { memory: slot.memory },
          'The modem tells of a message in a memory that it does not let us read.',
        );
        return;
      }
    }
    await this.sweep();
  }

  /** False when the slot is empty, in whichever way this modem says so (TS 27.005 §3.4.3). */
  async #readSlot(line: AtLine, slot: SlotName, found: Found): Promise<boolean> {
    const outcome = await line.run(at.cmgr(slot.index));
    const message = readMessage(outcome.records);
    if (message === null) return false;
    this.#take(slot, message, found);
    return true;
  }

  #take(slot: SlotName, message: StoredMessage, found: Found): void {
    const pdu = message.pdu.toUpperCase();
    if (!isHex(pdu)) {
      this.#options.context.log.warn({ ...slot }, 'A slot holds something that is no PDU; it stays there.');
      return;
    }
    const verdict = this.#slots.read(slot, pdu, message.stat === 2 || message.stat === 3);
    if (verdict === 'delete') this.#deleter.add(slot, pdu);
    if (verdict === 'publish') this.#handOver(slot, { ...message, pdu }, found);
  }

  #handOver(slot: SlotName, { pdu, length, stat }: StoredMessage, found: Found): void {
    const { context, sim } = this.#options;
    const fields = { pdu, tpduLength: length, memory: slot.memory, slot: slot.index, stat, found, sim } as const;
    const published = context
      .publish({ ...eventBase(context), type: 'pdu.received', ...fields, source: 'stored' })
      .then(
        () => {
          if (this.#slots.safe(slot, pdu) === 'delete') this.#deleter.add(slot, pdu);
          return true;
        },
        (error: unknown) => {
          this.#slots.unsafe(slot, pdu);
          this.#failed(error, 'A message could not be made safe; it stays on the SIM until the next sweep.');
          return false;
        },
      );
    this.#publishing.add(published);
    void published.finally(() => this.#publishing.delete(published));
  }

  #failed(error: unknown, message: string): void {
    if (this.#closing.signal.aborted) return;
    const { code } = toSimloftError(error);
    this.#options.context.log.warn({ code, err: error }, message);
    if (error instanceof SimloftError && (code === 'at_error' || code.startsWith('sim_')))
      this.#options.onTrouble(error);
  }
}

function isFull(use: MemoryUse | null): boolean {
  return use !== null && use.total !== null && use.total > 0 && use.used !== null && use.used >= use.total;
}

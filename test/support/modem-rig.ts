import type { ByteStream } from '../../src/core/byte-stream.ts';
import type { CommandResult, SubmitPart } from '../../src/core/commands.ts';
import type { EventOf, Leave, ModemEvent } from '../../src/core/events.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { PinMemory } from '../../src/modem/pin-memory.ts';
import type { ModemSettings } from '../../src/modem/settings.ts';
import { ModemWorker, type WorkerCommand } from '../../src/modem/worker.ts';
import type { VirtualModemOptions } from '../../src/virtual/contract.ts';
import { VirtualModem } from '../../src/virtual/virtual-modem.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface RigOptions {
  readonly modem?: Partial<VirtualModemOptions>;
  readonly settings?: Partial<ModemSettings>;
  readonly pin?: string;
  readonly pinMemory?: PinMemory;
}

interface CommandBase {
  readonly id: string;
  readonly expiresAt: number;
}

/** A driver and a virtual modem on one virtual clock, and a store that can be made to fail. */
export class ModemRig {
  readonly clock = new VirtualClock();
  readonly modem: VirtualModem;
  /** Every event that is safe, in order. */
  readonly events: ModemEvent[] = [];
  /** Every event that was told, safe or not. */
  readonly told: ModemEvent[] = [];
  /** What is said to a worker that asks for leave. */
  leave: (event: ModemEvent) => Leave = () => 'granted';
  /** While it holds for an event, publishing it fails. */
  refuse: (event: ModemEvent) => boolean = () => false;
  /** What the worker waits for before an event is safe. */
  beforeSafe: (event: ModemEvent) => Promise<void> = () => Promise.resolve();
  /** Under which tty the modem is found when it is opened next. */
  port = '/dev/ttyUSB1';
  /** What was written to the modem, all of it. */
  written = '';
  worker: ModemWorker;
  readonly #options: RigOptions;
  #runs = 0;
  #commands = 0;

  constructor(options: RigOptions = {}) {
    this.#options = options;
    const random = seededRandom(1);
    this.modem = new VirtualModem({ clock: this.clock, random, profile: 'clean', ...options.modem });
    this.worker = this.#newWorker();
  }

  /** Starts and waits until the link is ready and the first sweep is through. */
  async ready(): Promise<void> {
    this.worker.start();
    await this.clock.advanceUntil(() => this.of('sweep.finished').length > 0 && this.state === 'ready', 120_000);
  }

  /** The worker dies without a word, as by `kill -9`, and a new one begins. What it was about to do is lost. */
  async restart(): Promise<void> {
    await this.worker.stop();
    this.worker = this.#newWorker();
    this.worker.start();
  }

  of<T extends ModemEvent['type']>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  get state(): string {
    return this.of('link.changed').at(-1)?.state ?? 'none';
  }

  get reason(): string | null {
    return this.of('link.changed').at(-1)?.reason?.code ?? null;
  }

  until(done: () => boolean, limit = 600_000): Promise<void> {
    return this.clock.advanceUntil(done, limit);
  }

  /** The PDUs that are safe, in order. */
  get pdus(): string[] {
    return this.of('pdu.received').map(({ pdu }) => pdu);
  }

  /** Runs a command and lets as much time pass as it takes. */
  async execute(
    make: (base: CommandBase) => WorkerCommand,
    signal = new AbortController().signal,
  ): Promise<CommandResult> {
    this.#commands += 1;
    const base = { id: `command ${this.#commands}`, expiresAt: this.clock.now() + 3_600_000 };
    let done = false;
    const running = this.worker.execute(make(base), signal).finally(() => {
      done = true;
    });
    await this.until(() => done);
    return running;
  }

  send(messageId: number, parts: readonly SubmitPart[], attempt = 1): Promise<CommandResult> {
    return this.execute((base) => ({ ...base, type: 'send', handedAt: 1, messageId, attempt, parts }));
  }

  /** Begins to send; time stands still until the test lets it pass. */
  begin(
    messageId: number,
    parts: readonly SubmitPart[],
    signal = new AbortController().signal,
  ): Promise<CommandResult> {
    const expiresAt = this.clock.now() + 3_600_000;
    const command = {
      id: `send ${messageId}`,
      type: 'send',
      handedAt: 1,
      messageId,
      attempt: 1,
      parts,
      expiresAt,
    } as const;
    return this.worker.execute(command, signal);
  }

  async stop(): Promise<void> {
    await this.worker.stop();
  }

  #named(stream: ByteStream): ByteStream {
    return {
      name: this.port,
      write: (bytes) => {
        this.written += new TextDecoder().decode(bytes);
        return stream.write(bytes);
      },
      onData: (listener) => stream.onData(listener),
      onClose: (listener) => stream.onClose(listener),
      close: () => stream.close(),
    };
  }

  async #publish(event: ModemEvent): Promise<void> {
    this.told.push(event);
    await this.beforeSafe(event);
    if (this.refuse(event)) throw new Error('the store is away');
    this.events.push(event);
  }

  #newWorker(): ModemWorker {
    this.#runs += 1;
    const { pin = null, pinMemory = { tried: () => false, remember() {}, forget() {} }, settings = {} } = this.#options;
    return new ModemWorker({
      name: 'modem',
      run: `run ${this.#runs}`,
      // oxlint-disable-next-line require-await -- what it throws must reject
      open: async () => this.#named(this.modem.connect()),
      publish: (event) => this.#publish(event),
      ask: async (event) => {
        await this.#publish(event);
        return this.leave(event);
      },
      clock: this.clock,
      random: seededRandom(2),
      log: silentLogger,
      pin,
      pinMemory,
      settings,
    });
  }
}

/** `Test {1} €` to +79161234567, with a report wanted (TS 23.040 §9.2.2.2). */
export const testPart: SubmitPart = {
  seq: 1,
  pdu: '0031000B919761214365F70000A70DD4F29C0EDAA0629B14685306',
  tpduLength: 26,
};

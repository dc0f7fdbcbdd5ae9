import type { Timer } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import { Air } from './air.ts';
import { AnswerWriter } from './answer-writer.ts';
import { runCommand } from './commands/all-commands.ts';
import { cellFields } from './commands/network-commands.ts';
import type { MemoryName, Submitted, VirtualModemOptions } from './contract.ts';
import { Exchange } from './exchange.ts';
import { Line } from './line.ts';
import { LineOutput } from './line-output.ts';
import { LinePace, PacedLane } from './line-pace.ts';
import type { Machine } from './machine.ts';
import { MessageMemory } from './memory.ts';
import { MisuseRecord } from './misuse.ts';
import { Noise } from './noise.ts';
import { type Profile, profileOf, type Work } from './profile.ts';
import { Receiver } from './receiver.ts';
import { ServiceCentre } from './service-centre.ts';
import { freshSettings, type Settings } from './settings.ts';
import { SimCard } from './sim-card.ts';
import { ussdFields } from './ussd-coding.ts';
import { TrackedClock } from './tracked-clock.ts';
import { UssdServer } from './ussd-server.ts';

const reportPlaces = 100;

/** The parts of the modem, wired together, and its power. */
export class ModemCore implements Machine {
  readonly clock: TrackedClock;
  readonly random: Random;
  readonly profile: Profile;
  readonly imei: string;
  readonly misuse: MisuseRecord;
  readonly memories: Readonly<Record<MemoryName, MessageMemory>>;
  readonly sim: SimCard;
  readonly air = new Air();
  readonly noise: Noise;
  readonly writer: AnswerWriter;
  readonly output: LineOutput;
  readonly line: Line;
  readonly receiver: Receiver;
  readonly serviceCentre: ServiceCentre;
  readonly ussd: UssdServer;
  readonly exchange: Exchange;
  readonly refusedCnmi: readonly string[];
  settings: Settings;
  attended = false;
  failingDeletions = 0;
  powerCycle = 0;
  /** `all`: nothing comes out; `answers`: nothing but noise. */
  muted: 'nothing' | 'answers' | 'all' = 'nothing';
  /** So many bytes from the program are still lost. */
  losesInput = 0;
  readonly #inputLane: PacedLane | null;
  #powered = true;
  #attached = true;
  #attaching: Timer | null = null;
  #toldRegistration: number;
  #messageReference: number;

  constructor(options: VirtualModemOptions) {
    this.clock = new TrackedClock(options.clock);
    this.random = options.random;
    this.profile = profileOf(options.profile ?? 'zte-mf180');
    this.imei = options.imei ?? '861234567890127';
    this.refusedCnmi = options.refusedCnmi ?? this.profile.refusedCnmi;
    this.misuse = new MisuseRecord(options.logger);
    this.memories = memoriesOf(options);
    this.sim = new SimCard({ ...options, clock: this.clock }, this.misuse);
    const { clock, random, profile } = this;
    const settings = () => this.settings;
    const indicate = (...lines: readonly string[]) => this.indicate(...lines);
    const reachable = () => this.#reachable();
    const pace = options.baud === undefined ? null : new LinePace(clock, options.baud);
    this.output = new LineOutput({ clock, random, chunking: options.chunking ?? 'whole', pace });
    this.#inputLane = pace === null ? null : new PacedLane(pace, clock);
    this.noise = this.#newNoise(options.noise ?? this.profile.noise);
    this.settings = freshSettings(this.noise.on);
    const write = (bytes: Uint8Array) => this.#write(bytes);
    this.writer = new AnswerWriter({
      random,
      profile,
      settings,
      noise: this.noise,
      latencyMs: options.latencyMs,
      submitMs: options.submitMs,
      write,
    });
    this.receiver = new Receiver({
      clock,
      profile,
      memories: this.memories,
      settings,
      reachable,
      indicate,
      flashAsCmt: options.flashAsCmt ?? profile.flashAsCmt,
    });
    this.exchange = new Exchange({ clock, profile, settings, reachable, indicate });
    this.serviceCentre = this.#newServiceCentre(options.snapshot?.submitted ?? []);
    this.ussd = this.#newUssdServer();
    this.line = new Line({
      clock,
      settings,
      misuse: this.misuse,
      writer: this.writer,
      run: (request) => runCommand(request, this),
    });
    this.sim.onReady(() => this.networkChanged());
    this.#messageReference = random.below(256);
    this.#toldRegistration = this.registration;
    if (options.coldStart === true) this.restart();
  }

  get powered(): boolean {
    return this.#powered;
  }

  get registration(): number {
    if (!this.#powered || this.settings.cfun !== 1) return 0;
    return this.#attached && this.sim.ready ? this.air.registration : 2;
  }

  indicate(...lines: readonly string[]): void {
    this.writer.indicate(...lines);
  }

  latency(work: Work): number {
    return this.writer.latency(work);
  }

  /** Bytes from the program. */
  take(bytes: Uint8Array): void {
    if (this.#inputLane === null) this.#takeNow(bytes);
    else this.#inputLane.pass(bytes.length, () => this.#takeNow(bytes));
  }

  /** Somebody has the port open, or nobody. */
  setListener(listener: ((chunk: Uint8Array) => void) | null): void {
    this.output.setListener(listener);
    this.attended = listener !== null;
    if (listener === null) this.noise.stop();
    else {
      this.line.beginSession();
      this.noise.start();
    }
  }

  restart(): void {
    this.powerDown();
    this.#powered = true;
    this.sim.powerUp(this.profile.simReadyMs);
    this.#attach();
  }

  powerDown(): void {
    this.#powered = false;
    this.powerCycle += 1;
    this.settings = freshSettings(this.noise.on);
    this.#attached = false;
    this.#attaching?.cancel();
    this.#attaching = null;
    this.#inputLane?.clear();
    this.line.reset();
    this.exchange.reset();
    this.ussd.cancel();
    this.receiver.reset();
    this.#toldRegistration = 0;
  }

  setFunctionality(level: number): void {
    const before = this.settings.cfun;
    this.settings.cfun = level;
    if (level === before) return;
    this.#attached = false;
    if (level === 1) this.#attach();
    else this.exchange.reset();
    this.networkChanged();
  }

  unlocked(): void {
    this.sim.beBusy(this.profile.simReadyMs);
    this.settings.storageNag = this.noise.on;
    this.#attached = false;
    this.#attach();
  }

  nextMessageReference(): number {
    this.#messageReference = (this.#messageReference + 1) % 256;
    return this.#messageReference;
  }

  /** Says so when the registration is another, and lets the service centre try again. */
  networkChanged(): void {
    const stat = this.registration;
    if (stat !== this.#toldRegistration) {
      this.#toldRegistration = stat;
      const { creg, cgreg } = this.settings;
      if (creg > 0) this.indicate(`+CREG: ${stat}${creg === 2 && stat !== 0 ? cellFields(this) : ''}`);
      if (cgreg > 0) this.indicate(`+CGREG: ${stat}${cgreg === 2 && stat !== 0 ? cellFields(this) : ''}`);
    }
    if (!this.#reachable()) return;
    this.serviceCentre.messages.retry();
    this.serviceCentre.reports.retry();
  }

  #newNoise(on: boolean): Noise {
    const { clock, random, air } = this;
    return new Noise({
      clock,
      random,
      air,
      on,
      nags: () => this.settings.storageNag,
      say: (line) => this.#sayNoise(line),
    });
  }

  #newServiceCentre(submitted: readonly Submitted[]): ServiceCentre {
    const { clock, random, profile } = this;
    return new ServiceCentre({
      clock,
      random,
      profile,
      handMessage: (pdu, done) => this.receiver.takeMessage(pdu, done),
      handReport: (pdu, done) => this.receiver.takeReport(pdu, done),
      submitted,
    });
  }

  #newUssdServer(): UssdServer {
    const { clock, random } = this;
    const [from, to] = this.profile.ussdReplyMs;
    return new UssdServer({
      clock,
      delayMs: () => from + random.next() * (to - from),
      say: (status, text) => this.#sayUssd(status, text),
      sendSms: (from, text) => this.serviceCentre.deliver({ from, text }),
    });
  }

  #attach(): void {
    const found = () => {
      this.#attaching = null;
      this.#attached = true;
      this.networkChanged();
    };
    this.#attaching?.cancel();
    if (this.profile.registeredMs === 0) found();
    else this.#attaching = this.clock.after(this.profile.registeredMs, found);
  }

  #reachable(): boolean {
    const stat = this.registration;
    return stat === 1 || stat === 5;
  }

  #takeNow(bytes: Uint8Array): void {
    const lost = Math.min(this.losesInput, bytes.length);
    this.losesInput -= lost;
    if (this.#powered && this.muted === 'nothing') this.line.take(bytes.subarray(lost));
  }

  #write(bytes: Uint8Array): void {
    if (this.#powered && this.muted === 'nothing') this.output.write(bytes);
  }

  #sayNoise(line: string): void {
    if (this.#powered && this.muted !== 'all') this.output.write(Buffer.from(`\r\n${line}\r\n`, 'latin1'));
  }

  #sayUssd(status: number, text: string | null): void {
    if (this.settings.cusd)
      this.indicate(`+CUSD: ${status}${text === null ? '' : `,${ussdFields(text, this.settings.cscs)}`}`);
  }
}

function memoriesOf({ slots, meSlots, snapshot }: VirtualModemOptions): Record<MemoryName, MessageMemory> {
  return {
    SM: new MessageMemory('SM', slots ?? 20, snapshot?.memories.SM),
    ME: new MessageMemory('ME', meSlots ?? 50, snapshot?.memories.ME),
    SR: new MessageMemory('SR', reportPlaces, snapshot?.memories.SR),
  };
}

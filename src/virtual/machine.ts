import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import type { Air } from './air.ts';
import type { Reply } from './answer.ts';
import type { Request } from './command-line.ts';
import type { MemoryName } from './contract.ts';
import type { Exchange } from './exchange.ts';
import type { MessageMemory } from './memory.ts';
import type { MisuseRecord } from './misuse.ts';
import type { Noise } from './noise.ts';
import type { Profile, Work } from './profile.ts';
import type { Receiver } from './receiver.ts';
import type { ServiceCentre } from './service-centre.ts';
import type { Settings } from './settings.ts';
import type { SimCard } from './sim-card.ts';
import type { UssdServer } from './ussd-server.ts';

/** What a command can reach. */
export interface Machine {
  readonly clock: Clock;
  readonly random: Random;
  readonly profile: Profile;
  readonly imei: string;
  readonly settings: Settings;
  readonly memories: Readonly<Record<MemoryName, MessageMemory>>;
  readonly sim: SimCard;
  readonly air: Air;
  readonly serviceCentre: ServiceCentre;
  readonly receiver: Receiver;
  readonly ussd: UssdServer;
  readonly exchange: Exchange;
  readonly misuse: MisuseRecord;
  readonly noise: Noise;
  /** `<stat>` as this modem would tell it now: TS 27.007 §7.2. */
  readonly registration: number;
  readonly refusedCnmi: readonly string[];
  indicate(...lines: readonly string[]): void;
  /** How long work of this kind takes, ms. */
  latency(work: Work): number;
  /** A program has the port open. */
  readonly attended: boolean;
  /** Counts power-ups: what was under way in an earlier one never happens. */
  readonly powerCycle: number;
  /** Power is cut and comes back. */
  restart(): void;
  /** `AT+CFUN=`. */
  setFunctionality(level: number): void;
  /** The lock of the card has been opened. */
  unlocked(): void;
  /** So many deletions still fail. */
  failingDeletions: number;
  /** TP-MR of the next message, counted up. */
  nextMessageReference(): number;
}

export type CommandHandler = (request: Request, machine: Machine) => Reply;

export type CommandTable = Readonly<Record<string, CommandHandler>>;

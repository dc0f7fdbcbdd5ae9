import { at } from '../at/commands.ts';
import type { AtLine, RunOptions } from '../at/channel.ts';
import { readRegistrationAnswer } from '../at/replies/registration.ts';
import type { RegistrationDomain } from '../at/urc.ts';
import type { Registration } from '../core/modem-status.ts';
import { tryAsk } from './ask.ts';

interface DomainState {
  readonly stat: number;
  readonly act: number | null;
}

/** TS 27.007 §7.2 <stat>; 9 and 10 are "CSFB not preferred", 11 is emergency service only in NR. */
const words: Readonly<Record<number, Registration>> = {
  0: 'idle',
  1: 'home',
  2: 'searching',
  3: 'denied',
  4: 'unknown',
  5: 'roaming',
  6: 'sms-only-home',
  7: 'sms-only-roaming',
  8: 'emergency-only',
  9: 'home',
  10: 'roaming',
  11: 'emergency-only',
};

/** The better one wins where the domains differ: LTE modems say 0 for circuits and 1 for EPS. */
const ranking: readonly Registration[] = [
  'home',
  'roaming',
  'sms-only-home',
  'sms-only-roaming',
  'denied',
  'emergency-only',
  'searching',
  'unknown',
  'idle',
];

export const registrationDomains: readonly RegistrationDomain[] = ['CREG', 'CGREG', 'CEREG'];

/** What all domains together mean; null when none has told anything. */
export function overallRegistration(stats: readonly number[]): Registration | null {
  const told = stats.map((stat) => words[stat] ?? 'unknown');
  return ranking.find((word) => told.includes(word)) ?? null;
}

/** Whether the modem is in a network that carries messages. */
export function isRegistered(registration: Registration | null): boolean {
  return registration !== null && ranking.indexOf(registration) <= 3;
}

/** Whether it is worth handing the network a message. `unknown` says nothing, so it does not hold anything up. */
export function takesMessages(registration: Registration | null): boolean {
  return registration === null || isRegistered(registration) || registration === 'unknown';
}

/** What the modem says of its place in the network, by answers and unasked. */
export class RegistrationWatch {
  readonly #domains = new Map<RegistrationDomain, DomainState>();
  readonly #mute = new Set<RegistrationDomain>();

  /** Takes +CREG, +CGREG or +CEREG. */
  note(domain: RegistrationDomain, { stat, act }: DomainState): void {
    this.#domains.set(domain, { stat, act });
  }

  get registration(): Registration | null {
    return overallRegistration([...this.#domains.values()].map(({ stat }) => stat));
  }

  /** TS 27.007 §7.2 <AcT> of the domain that tells one; null when none does. */
  get act(): number | null {
    return [...this.#domains.values()].find(({ act }) => act !== null)?.act ?? null;
  }

  /** Asks all domains that this modem knows. @throws SimloftError `port_closed`, `at_aborted`. */
  async refresh(line: Pick<AtLine, 'run'>, options: RunOptions = {}): Promise<Registration | null> {
    for (const domain of registrationDomains.filter((name) => !this.#mute.has(name))) {
      const outcome = await tryAsk(line, at.registration(domain), options);
      const answer = readRegistrationAnswer(outcome?.lines ?? []);
      if (answer !== null) this.note(domain, answer);
      else if (outcome === null) this.#mute.add(domain);
    }
    return this.registration;
  }
}

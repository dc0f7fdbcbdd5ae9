import type { Clock } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';

/** Wrong keys that an address may show before it has to wait. */
const free = 5;
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;
/** After so long without a wrong key an address is forgotten, ms. */
const forgetAfterMs = 15 * 60_000;
/** Addresses that are remembered: an attacker has many, a small computer little memory. */
const most = 10_000;

interface Tries {
  readonly wrong: number;
  readonly at: number;
}

/** Slows down an address that shows wrong keys. A key has 256 random bits: this spares the log and the processor, and protects passwords. */
export class Patience {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #tries = new Map<string, Tries>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** @throws SimloftError `too_many_tries`, with the seconds to wait. */
  check(address: string): void {
    const tries = this.#tries.get(networkOf(address));
    if (tries === undefined || tries.wrong < free) return;
    const waitMs = Math.min(firstWaitMs * 2 ** (tries.wrong - free), longestWaitMs);
    const left = tries.at + waitMs - this.#clock.monotonic();
    if (left <= 0) return;
    const seconds = Math.ceil(left / 1_000);
    throw new SimloftError(
      'too_many_tries',
      `Too many wrong keys or passwords came from this address. Wait ${seconds} s.`,
      {
        details: { seconds },
      },
    );
  }

  note(address: string): void {
    const network = networkOf(address);
    const now = this.#clock.monotonic();
    const before = this.#tries.get(network);
    const wrong = before === undefined || now - before.at > forgetAfterMs ? 1 : before.wrong + 1;
    // The map keeps the order in which they came last: the first is the one to forget.
    this.#tries.delete(network);
    this.#tries.set(network, { wrong, at: now });
    const [oldest] = this.#tries.keys();
    if (this.#tries.size > most && oldest !== undefined) this.#tries.delete(oldest);
  }

  forget(address: string): void {
    this.#tries.delete(networkOf(address));
  }
}

/** One household has a whole /64 of IPv6 addresses. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  return [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail ?? '').split(':')].slice(0, 4).join(':');
}

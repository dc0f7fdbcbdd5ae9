import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { AccessKey } from '../../store/access-records.ts';
import type { Store } from '../../store/store.ts';
import { hashOf } from './keys.ts';
import { isPassword } from './password-hash.ts';
import { ownerPrincipal, type Principal } from './principal.ts';
import { Patience } from './patience.ts';

export interface DoorkeeperOptions {
  readonly store: Pick<Store, 'accessKeys' | 'password' | 'transaction'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a client has shown to be let in. */
export interface Credentials {
  readonly key: string;
  /** The name that came with it, where the client has a field for one; it must be that of the key. */
  readonly name: string | null;
}

/** Keys that other processes have added or revoked are heeded so soon, ms. */
const knownForMs = 2_000;
/** `lastUsedAt` is written at most so often, ms: each write wears an SD card. */
const noteEveryMs = 60_000;

interface Known {
  readonly keys: readonly AccessKey[];
  /** What the password hashes to; null when there is none. */
  readonly password: string | null;
}

/** Knows the keys and the password, and who may come in with them. */
export class Doorkeeper {
  readonly #options: DoorkeeperOptions;
  readonly #patience: Patience;
  #known: Promise<Known> | null = null;
  #knownAt = 0;
  /** A hash takes 32 MiB: one after the other. */
  #hashing: Promise<unknown> = Promise.resolve();

  constructor(options: DoorkeeperOptions) {
    this.#options = options;
    this.#patience = new Patience(options.clock);
  }

  /** Whether keys are asked for: as soon as there was ever one, or a password. Revoking the last does not open the door again. */
  async asksForKeys(): Promise<boolean> {
    const { keys, password } = await this.#look();
    return keys.length > 0 || password !== null;
  }

  /** @throws SimloftError `key_invalid`, `too_many_tries` */
  async admit(credentials: Credentials, address: string): Promise<Principal> {
    this.#patience.check(address);
    const key = await this.#keyOf(credentials);
    if (key === null) {
      this.#patience.note(address);
      throw new SimloftError(
        'key_invalid',
        'This access key is unknown, expired or revoked. Make one with: simloft keys add NAME',
      );
    }
    this.#patience.forget(address);
    this.#noteUse(key);
    return principalOf(key);
  }

  /** @throws SimloftError `key_invalid`, `too_many_tries` */
  async admitOwner(password: string, address: string): Promise<Principal> {
    this.#patience.check(address);
    // Counted before the hash is there, so that tries side by side are not free.
    this.#patience.note(address);
    const { password: stored } = await this.#look();
    const right = this.#hashing.then(() => stored !== null && isPassword(password, stored));
    this.#hashing = right.catch(() => false);
    if (!(await right))
      throw new SimloftError('key_invalid', 'The password is wrong. Set another one with: simloft password');
    this.#patience.forget(address);
    return ownerPrincipal;
  }

  /** Who comes with this key now; null when it opens nothing any more. */
  async principalOfKey(id: number): Promise<Principal | null> {
    const { keys } = await this.#look();
    const key = keys.find((known) => known.id === id);
    return key !== undefined && this.#isGood(key) ? principalOf(key) : null;
  }

  async #keyOf({ key, name }: Credentials): Promise<AccessKey | null> {
    const shown = Buffer.from(hashOf(key), 'hex');
    const { keys } = await this.#look();
    const known = keys.find(({ hash }) => timingSafeEqual(Buffer.from(hash, 'hex'), shown));
    if (known === undefined || !this.#isGood(known)) return null;
    return name === null || name === known.name ? known : null;
  }

  #isGood({ revokedAt, expiresAt }: AccessKey): boolean {
    return revokedAt === null && (expiresAt === null || expiresAt > this.#options.clock.now());
  }

  async #look(): Promise<Known> {
    const now = this.#options.clock.monotonic();
    if (this.#known === null || now - this.#knownAt > knownForMs) {
      this.#knownAt = now;
      this.#known = knownOf(this.#options.store);
      // What could not be read is asked for again by the next one.
      this.#known.catch(() => {
        this.#known = null;
      });
    }
    return this.#known;
  }

  /** To be called after a change by this very process. */
  lookAgain(): void {
    this.#known = null;
  }

  #noteUse({ id, lastUsedAt }: AccessKey): void {
    const { store, clock, log } = this.#options;
    const now = clock.now();
    if (lastUsedAt !== null && now - lastUsedAt < noteEveryMs) return;
    this.lookAgain();
    store
      .transaction((tx) => tx.changeAccessKey(id, { lastUsedAt: now }), { key: 'access' })
      .catch((error: unknown) => log.warn({ err: error }, 'The use of an access key could not be noted.'));
  }
}

async function knownOf(store: DoorkeeperOptions['store']): Promise<Known> {
  const [keys, password] = await Promise.all([store.accessKeys(), store.password()]);
  return { keys, password: password?.hash ?? null };
}

const principalOf = ({ id, name, scopes, limits }: AccessKey): Principal => ({
  kind: 'key',
  name,
  keyId: id,
  scopes,
  limits,
});

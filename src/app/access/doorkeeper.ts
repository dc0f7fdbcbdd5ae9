import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { AccessKey } from '../../store/access-records.ts';
import type { Store } from '../../store/store.ts';
import { hashOf } from './keys.ts';
import type { Principal } from './principal.ts';
import { Patience } from './patience.ts';

export interface DoorkeeperOptions {
  readonly store: Pick<Store, 'accessKeys' | 'transaction'>;
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

/** Knows the keys, and who may come in with them. */
export class Doorkeeper {
  readonly #options: DoorkeeperOptions;
  readonly #patience: Patience;
  #known: Promise<readonly AccessKey[]> | null = null;
  #knownAt = 0;

  constructor(options: DoorkeeperOptions) {
    this.#options = options;
    this.#patience = new Patience(options.clock);
  }

  /** Whether keys are asked for: as soon as there was ever one. Revoking the last does not open the door again. */
  async asksForKeys(): Promise<boolean> {
    return (await this.#keys()).length > 0;
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
    const { id, name, scopes, limits } = key;
    return { kind: 'key', name, keyId: id, scopes, limits };
  }

  async #keyOf({ key, name }: Credentials): Promise<AccessKey | null> {
    const now = this.#options.clock.now();
    const shown = Buffer.from(hashOf(key), 'hex');
    const known = (await this.#keys()).find(({ hash }) => timingSafeEqual(Buffer.from(hash, 'hex'), shown));
    if (known === undefined || known.revokedAt !== null) return null;
    if (known.expiresAt !== null && known.expiresAt <= now) return null;
    return name === null || name === known.name ? known : null;
  }

  async #keys(): Promise<readonly AccessKey[]> {
    const now = this.#options.clock.monotonic();
    if (this.#known === null || now - this.#knownAt > knownForMs) {
      this.#knownAt = now;
      this.#known = this.#options.store.accessKeys();
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

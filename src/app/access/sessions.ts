import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Session } from '../../store/session-records.ts';
import type { Store } from '../../store/store.ts';
import type { Doorkeeper } from './doorkeeper.ts';
import { hashOf } from './keys.ts';
import { ownerPrincipal, type Principal } from './principal.ts';

export interface SessionsOptions {
  readonly store: Pick<Store, 'session' | 'transaction'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
  readonly doorkeeper: Pick<Doorkeeper, 'principalOfKey'>;
}

/** A session ends so long after its last use, ms. */
export const sessionMs = 30 * 86_400_000;
/** It is moved on at most so often, ms: each write wears an SD card. */
const extendEveryMs = 3_600_000;
const idOctets = 32;

/** Browsers that have logged in. What they hold is random; the store has its hash, and each process asks it each time. */
export class Sessions {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** Opens one for who has just shown a key or the password. Its id is told here and nowhere else. */
  async open({ keyId }: Principal): Promise<{ readonly id: string; readonly expiresAt: number }> {
    const { store, clock } = this.#options;
    const id = Buffer.from(crypto.getRandomValues(new Uint8Array(idOctets))).toString('base64url');
    const now = clock.now();
    const session = { hash: hashOf(id), keyId, createdAt: now, expiresAt: now + sessionMs };
    await store.transaction(
      async (tx) => {
        await tx.pruneSessions(now);
        await tx.addSession(session);
      },
      { key: 'access' },
    );
    return { id, expiresAt: session.expiresAt };
  }

  /** Who this session is; null when it has ended, or its key opens nothing any more. */
  async principalOf(id: string): Promise<Principal | null> {
    const { store, clock, doorkeeper } = this.#options;
    const session = await store.session(hashOf(id));
    if (session === null || session.expiresAt <= clock.now()) return null;
    const principal = session.keyId === null ? ownerPrincipal : await doorkeeper.principalOfKey(session.keyId);
    if (principal === null) return null;
    this.#extend(session);
    return { ...principal, kind: 'session' };
  }

  async close(id: string): Promise<void> {
    await this.#options.store.transaction((tx) => tx.deleteSession(hashOf(id)), { key: 'access' });
  }

  #extend({ hash, expiresAt }: Session): void {
    const { store, clock, log } = this.#options;
    const until = clock.now() + sessionMs;
    if (until - expiresAt < extendEveryMs) return;
    store
      .transaction((tx) => tx.extendSession(hash, until), { key: 'access' })
      .catch((error: unknown) => log.warn({ err: error }, 'The use of a session could not be noted.'));
  }
}

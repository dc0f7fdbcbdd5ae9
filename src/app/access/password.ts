import type { Clock } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Store } from '../../store/store.ts';
import { hashPassword } from './password-hash.ts';

export interface PasswordOptions {
  readonly store: Pick<Store, 'accessKeys' | 'password' | 'transaction'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Called after each change, so that it is heeded at once. */
  readonly changed?: () => void;
}

/** The owner's password for the page, as administrators see it. */
export interface Password {
  /** When it was set, epoch ms; null when there is none. */
  changedAt(): Promise<number | null>;
  /** Whoever logged in with the one before is logged out. @throws SimloftError `request_invalid` */
  set(password: string): Promise<void>;
  /** @throws SimloftError `password_needed` when nobody could do everything any more */
  remove(): Promise<void>;
}

export function createPassword({ store, clock, changed = () => {} }: PasswordOptions): Password {
  return {
    changedAt: async () => (await store.password())?.changedAt ?? null,
    async set(password) {
      const record = { hash: await hashPassword(password), changedAt: clock.now() };
      await store.transaction(async (tx) => {
        await tx.setPassword(record);
        await tx.deletePasswordSessions();
      });
      changed();
    },
    async remove() {
      await store.transaction(async (tx) => {
        const now = clock.now();
        const remaining = (await tx.accessKeys()).some(
          ({ scopes, revokedAt, expiresAt }) =>
            scopes.includes('admin') && revokedAt === null && (expiresAt === null || expiresAt > now),
        );
        if (!remaining) throw lastWayIn();
        await tx.setPassword(null);
        await tx.deletePasswordSessions();
      });
      changed();
    },
  };
}

const lastWayIn = (): SimloftError =>
  new SimloftError(
    'password_needed',
    'Without the password nobody could do everything here. Make a key first: simloft keys add NAME --scope admin.',
  );

import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Store } from '../../store/store.ts';
import { AuditLog } from './audit.ts';
import { Doorkeeper } from './doorkeeper.ts';
import { type CountedKeys, createKeys } from './keys.ts';
import { createPassword, type Password } from './password.ts';
import { Sessions } from './sessions.ts';

/** All that decides who may come in, and remembers who did what. */
export interface Access {
  readonly doorkeeper: Doorkeeper;
  readonly keys: CountedKeys;
  readonly sessions: Sessions;
  readonly password: Password;
  readonly audit: AuditLog;
}

export function createAccess(given: { readonly store: Store; readonly clock: Clock; readonly log: Logger }): Access {
  const doorkeeper = new Doorkeeper(given);
  const changed = () => doorkeeper.lookAgain();
  return {
    doorkeeper,
    keys: createKeys({ ...given, changed }),
    sessions: new Sessions({ ...given, doorkeeper }),
    password: createPassword({ ...given, changed }),
    audit: new AuditLog(given),
  };
}

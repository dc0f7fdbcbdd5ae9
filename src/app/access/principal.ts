import { type KeyLimits, noLimits, type Scope, scopes } from '../../core/access.ts';

/** Who asks. */
export interface Principal {
  /** A program on this machine while no key exists, a key, or a person who has logged in. */
  readonly kind: 'local' | 'key' | 'session' | 'nobody';
  /** For people and the audit log. */
  readonly name: string;
  /** The key that stands behind it; null for a program on this machine and for who came by the password. */
  readonly keyId: number | null;
  readonly scopes: readonly Scope[];
  readonly limits: KeyLimits;
}

/** Whoever can reach this machine's own address may do everything as long as there is no key. */
export const localPrincipal: Principal = { kind: 'local', name: 'this machine', keyId: null, scopes, limits: noLimits };

/** Who has shown the password. */
export const ownerPrincipal: Principal = { kind: 'session', name: 'owner', keyId: null, scopes, limits: noLimits };

/** Who shows no key where keys are asked for. */
export const nobody: Principal = { kind: 'nobody', name: 'nobody', keyId: null, scopes: [], limits: noLimits };

/** `admin` holds all others. */
export const may = (principal: Principal, scope: Scope): boolean =>
  principal.scopes.includes(scope) || principal.scopes.includes('admin');

export const maySeeSender = ({ limits }: Principal, sender: string): boolean =>
  limits.senders === null || limits.senders.some((allowed) => allowed.toLowerCase() === sender.toLowerCase());

export const mayUseModem = ({ limits }: Principal, modem: string): boolean =>
  limits.modems === null || limits.modems.includes(modem);

/** `recipient` in the form in which it is stored. */
export const mayReach = ({ limits }: Principal, recipient: string): boolean =>
  limits.recipients === null || limits.recipients.includes(recipient);

/** For questions to the store: what of its rows the caller may see. */
export const sightOf = ({ limits: { senders, modems } }: Principal) => ({
  ...(senders === null ? {} : { senders }),
  ...(modems === null ? {} : { modems }),
});

/** What a caller may do: read messages and readings, send, see and make calls, and everything else. */
export const scopes = ['read', 'send', 'calls', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** What a key is held to beside its scopes; null where it is not. */
export interface KeyLimits {
  /** Senders whose messages and calls it may see: whole numbers or names, whatever the case. */
  readonly senders: readonly string[] | null;
  /** Modems that it may see and use. */
  readonly modems: readonly string[] | null;
  /** Numbers that it may send to and call. */
  readonly recipients: readonly string[] | null;
  /** Messages (segments, as the operator counts them) that it may send in a day of the gateway's zone. */
  readonly dailyMessages: number | null;
}

/** Who asks. */
export interface Principal {
  /** A program on this machine while no key exists, a key, or a person who has logged in. */
  readonly kind: 'local' | 'key' | 'session';
  /** For people and the audit log. */
  readonly name: string;
  /** The key that stands behind it; null for a program on this machine and for who came by the password. */
  readonly keyId: number | null;
  readonly scopes: readonly Scope[];
  readonly limits: KeyLimits;
}

export const noLimits: KeyLimits = { senders: null, modems: null, recipients: null, dailyMessages: null };

/** Whoever can reach this machine's own address may do everything as long as there is no key. */
export const localPrincipal: Principal = { kind: 'local', name: 'this machine', keyId: null, scopes, limits: noLimits };

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

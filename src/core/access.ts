/** What a caller may do: read messages and readings, send, see and make calls, and everything else. */
export const scopes = ['read', 'send', 'calls', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export const isScope = (word: string): word is Scope => scopes.some((known) => known === word);

/** What a key is held to beside its scopes; null where it is not. */
export interface KeyLimits {
  /** Senders whose messages and calls it may see: whole numbers or names, whatever the case. */
  readonly senders: readonly string[] | null;
  /** Modems that it may see and use. */
  readonly modems: readonly string[] | null;
  /** Numbers that it may send to and call. */
  readonly recipients: readonly string[] | null;
  /** SMS (each part counts, as it does for the operator) that it may send in a day of UTC. */
  readonly dailyMessages: number | null;
}

export const noLimits: KeyLimits = { senders: null, modems: null, recipients: null, dailyMessages: null };

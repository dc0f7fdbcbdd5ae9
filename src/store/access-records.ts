import type { KeyLimits, Scope } from '../core/access.ts';

/** A key as the store knows it: what it hashes to, never the key. */
export interface AccessKey {
  readonly id: number;
  /** Unique; the user name where a client asks for one. */
  readonly name: string;
  /** SHA-256 of the key, in hex. */
  readonly hash: string;
  /** Its first characters, by which a person knows it again. */
  readonly hint: string;
  readonly scopes: readonly Scope[];
  readonly limits: KeyLimits;
  readonly createdAt: number;
  /** Null for never. */
  readonly expiresAt: number | null;
  /** To about a minute. */
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

/** How many SMS a key has sent on a day. */
export interface SentCount {
  readonly keyId: number;
  readonly sent: number;
}

export interface AccessReads {
  /** All, revoked ones too, by name. */
  accessKeys(): Promise<AccessKey[]>;
  /** How much each of some keys has sent on a day (`2026-11-23`), as far as it was counted. */
  sentOn(day: string, keyIds: readonly number[]): Promise<readonly SentCount[]>;
}

export interface AccessWrites {
  addAccessKey(key: Omit<AccessKey, 'id'>): Promise<number>;
  changeAccessKey(id: number, change: Partial<Pick<AccessKey, 'lastUsedAt' | 'revokedAt'>>): Promise<void>;
  /** Counts what a key sends on a day (`2026-11-23`), and says how much that is together. */
  countSent(keyId: number, day: string, sent: number): Promise<number>;
}

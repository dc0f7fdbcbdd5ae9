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

export interface AccessReads {
  /** All, revoked ones too, by name. */
  accessKeys(): Promise<AccessKey[]>;
}

export interface AccessWrites {
  addAccessKey(key: Omit<AccessKey, 'id'>): Promise<number>;
  changeAccessKey(id: number, change: Partial<Pick<AccessKey, 'lastUsedAt' | 'revokedAt'>>): Promise<void>;
  /** Counts what a key sends on a day (`2026-11-23`), and says how much that is together. */
  countSent(keyId: number, day: string, sent: number): Promise<number>;
}

/** Who has logged in with a browser. */
export interface Session {
  /** SHA-256 of what the browser holds, in hex. */
  readonly hash: string;
  /** The key that it was opened with; null for the password. */
  readonly keyId: number | null;
  readonly createdAt: number;
  /** Epoch ms; moves on with use. */
  readonly expiresAt: number;
}

/** What the password hashes to, with the parameters of the hash. */
export interface PasswordRecord {
  readonly hash: string;
  readonly changedAt: number;
}

export interface SessionReads {
  session(hash: string): Promise<Session | null>;
  /** Null when there is none. */
  password(): Promise<PasswordRecord | null>;
}

export interface SessionWrites {
  addSession(session: Session): Promise<void>;
  extendSession(hash: string, expiresAt: number): Promise<void>;
  deleteSession(hash: string): Promise<void>;
  /** All that were opened with the password. */
  deletePasswordSessions(): Promise<void>;
  /** Those that ended before. */
  pruneSessions(before: number): Promise<void>;
  /** Null removes it. */
  setPassword(password: PasswordRecord | null): Promise<void>;
}

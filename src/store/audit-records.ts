/** One thing that somebody did, or tried. */
export interface AuditEntry {
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  /** Name of the key, `owner`, `this machine`, or empty where nobody was let in. */
  readonly who: string;
  readonly address: string;
  /** The operation, as the reference names it: `addKey`. */
  readonly action: string;
  /** What it was done to: the id or name in the path or in the answer; null for none. */
  readonly target: string | null;
  /** `done`, or the code of the error. */
  readonly outcome: string;
}

export interface AuditReads {
  /** Newest first, before this id. */
  auditEntries(query: { readonly before?: number; readonly limit: number }): Promise<AuditEntry[]>;
}

export interface AuditWrites {
  /** Adds entries, and forgets the oldest above `most`. */
  addAudit(entries: readonly Omit<AuditEntry, 'id'>[], most: number): Promise<void>;
}

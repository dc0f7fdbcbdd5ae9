/** What can be claimed: a received message, or a call. */
export type ClaimKind = 'message' | 'call';

/** Somebody took a row for good; nobody else who claims gets it. */
export interface RowClaim {
  readonly kind: ClaimKind;
  readonly row: number;
  /** Who it is, unique: only the same gives it back. */
  readonly by: string;
  readonly at: number;
}

export interface ClaimReads {
  /** Those of `rows` that somebody has claimed. */
  claimedRows(kind: ClaimKind, rows: readonly number[]): Promise<ReadonlySet<number>>;
}

/** Not to be called inside a transaction. */
export interface RowClaims {
  /** Whether the row is the caller's now: true for one of all that ask, whichever process they are in, until it is given back. */
  claimRow(claim: RowClaim): Promise<boolean>;
  /** Gives a row back that `by` has claimed; others may claim it. */
  releaseRow(claim: Pick<RowClaim, 'kind' | 'row' | 'by'>): Promise<void>;
}

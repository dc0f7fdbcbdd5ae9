/** What forgetting needs of a received message. */
export interface StoredText {
  readonly id: number;
  readonly storedAt: number;
  readonly sender: string;
  readonly text: string | null;
}

/** Rows that were stored before a moment, at most so many at a time: a writer is held up no longer than that. */
export interface Batch {
  readonly before: number;
  readonly limit: number;
}

/** The earliest row of each kind that there is, epoch ms; null for none. */
export interface OldestRows {
  readonly received: number | null;
  readonly sent: number | null;
  readonly calls: number | null;
  readonly codes: number | null;
}

export interface PrivacyReads {
  /** Received messages stored after one moment and not after another, in that order. */
  textsStored(range: { readonly after: number; readonly until: number; readonly limit: number }): Promise<StoredText[]>;
  /** Up to which `storedAt` texts were looked through for codes; 0 before the first time. */
  codesLookedTo(): Promise<number>;
  oldestRows(): Promise<OldestRows>;
}

export interface PrivacyWrites {
  /** Notes that these received messages, and those that repeat them, hold a code. */
  markCodes(ids: readonly number[]): Promise<void>;
  moveCodesLookedTo(storedAt: number): Promise<void>;
  /** Each returns how many rows it took. Texts and PDUs of messages with a code; the rows stay. */
  removeCodeTexts(batch: Batch & { readonly at: number }): Promise<number>;
  /** The PDUs of messages that were decoded; the texts stay. */
  removeReceivedPdus(batch: Batch): Promise<number>;
  /** The PDUs of messages that are not to be sent any more; the texts stay. */
  removeSentPdus(batch: Batch): Promise<number>;
  /** Received messages, whole; with `codes` only those that hold one. Sets that wait for their parts stay. */
  deleteOldReceived(batch: Batch & { readonly codes: boolean }): Promise<number>;
  /** Sent messages, whole; those that are still to be sent stay. */
  deleteOldSent(batch: Batch): Promise<number>;
  deleteOldCalls(batch: Batch): Promise<number>;
}

/** What forgetting needs of a received message. */
export interface StoredText {
  readonly id: number;
  readonly storedAt: number;
  readonly sender: string;
  readonly text: string | null;
}

export interface SentText {
  readonly id: number;
  readonly createdAt: number;
  readonly text: string;
}

/** Rows that were stored before a moment, at most so many at a time: a writer is held up no longer than that. */
export interface Batch {
  readonly before: number;
  readonly limit: number;
}

/** How many rows of a kind there are, counted so far as is asked for, and when the oldest came, epoch ms; null for none. */
export interface Kept {
  readonly count: number;
  readonly oldest: number | null;
}

export interface RowsKept {
  readonly received: Kept;
  readonly sent: Kept;
  readonly calls: Kept;
  /** Messages, received and sent, in which a code was found. */
  readonly codes: Kept;
  readonly feed: Kept;
  /** Of the signal and the balance over time. */
  readonly readings: Kept;
  readonly webhookLog: Kept;
}

/** `ran`: looked for what is old. `deleted`: took something. `compacted`: wrote the files anew without what was taken. */
export type ForgetMark = 'ran' | 'deleted' | 'compacted';
/** When each was done last, epoch ms; null for never. */
export type ForgetMarks = Readonly<Record<ForgetMark, number | null>>;

export interface PrivacyReads {
  /** Received messages stored after one moment and not after another, in that order. */
  textsStored(range: { readonly after: number; readonly until: number; readonly limit: number }): Promise<StoredText[]>;
  /** Up to which `storedAt` texts were looked through for codes; 0 before the first time. */
  codesLookedTo(): Promise<number>;
  /** Sent messages behind an id, in their order. */
  textsSent(range: { readonly after: number; readonly limit: number }): Promise<SentText[]>;
  /** Up to which id they were looked through for codes; 0 before the first time. */
  sentCodesLookedTo(): Promise<number>;
  forgetMarks(): Promise<ForgetMarks>;
  /** No kind is counted further than `most`. */
  rowsKept(most: number): Promise<RowsKept>;
}

/** All that deletes wants a transaction without a key: others must not write of a row while it goes. */
export interface PrivacyWrites {
  /** Notes that these received messages, and those that repeat them, hold a code. */
  markCodes(ids: readonly number[]): Promise<void>;
  moveCodesLookedTo(storedAt: number): Promise<void>;
  /** The same for sent messages. */
  markSentCodes(ids: readonly number[]): Promise<void>;
  moveSentCodesLookedTo(id: number): Promise<void>;
  markForgetting(mark: ForgetMark, at: number): Promise<void>;
  /**
   * Each returns how many rows it took. Texts and PDUs of messages with a code, and what webhooks answered to them; the rows stay. A part
   * that comes later begins a message of its own.
   */
  removeCodeTexts(batch: Batch & { readonly at: number }): Promise<number>;
  /** The same for sent messages that are over. */
  removeSentCodeTexts(batch: Batch & { readonly at: number }): Promise<number>;
  /** The PDUs of messages that were decoded; the texts stay. */
  removeReceivedPdus(batch: Batch): Promise<number>;
  /** The PDUs of messages that are not to be sent any more; the texts stay. */
  removeSentPdus(batch: Batch): Promise<number>;
  /** Received messages, whole; with `codes` only those that hold one. Sets that wait for their parts stay, and what webhooks are still to be told of. */
  deleteOldReceived(batch: Batch & { readonly codes: boolean }): Promise<number>;
  /** Sent messages, whole, that have not changed since; with `codes` only those that hold one. Those that are still to be sent stay, or to be told of. */
  deleteOldSent(batch: Batch & { readonly codes: boolean }): Promise<number>;
  /** Reports of messages that are not known. */
  deleteOldReports(batch: Batch): Promise<number>;
  /** Calls that are over; those that are still to be told of stay. */
  deleteOldCalls(batch: Batch): Promise<number>;
  /** Of the signal and the balance over time. */
  deleteOldPoints(batch: Batch): Promise<number>;
}

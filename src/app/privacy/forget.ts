import { loadFindCode } from '../../codes/load.ts';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Batch } from '../../store/privacy-records.ts';
import type { Store, StoreTransaction } from '../../store/store.ts';

/** How long things are kept, ms; null for ever. */
export interface Retention {
  /** Messages, received and sent. */
  readonly messages: number | null;
  /** Received messages with a one-time code. */
  readonly codes: number | null;
  readonly calls: number | null;
  /** Raw PDUs of messages whose text is there. */
  readonly pdus: number | null;
  /** What a listener that was away finds again. */
  readonly feed: number | null;
  /** The text of messages with a one-time code; the row stays without it. */
  readonly codeTexts: number | null;
}

export const keepAll: Retention = {
  messages: null,
  codes: null,
  calls: null,
  pdus: null,
  feed: null,
  codeTexts: null,
};

export interface ForgetOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly retention: Retention;
}

/** Rows that one transaction takes: others write in between. */
const batchRows = 200;

/** Deletes what is older than it is to be kept. It may be killed anywhere: the next time goes on. */
export async function forgetOld(options: ForgetOptions, signal: AbortSignal): Promise<void> {
  const { messages, codes, calls, pdus, feed } = options.retention;
  if (codes !== null) await lookForCodes(options, signal);
  let taken = 0;
  const forget = async (ms: number | null, work: (tx: StoreTransaction, batch: Batch) => Promise<number>) => {
    if (ms !== null) taken += await inBatches(options, { before: options.clock.now() - ms, work, signal });
  };
  await forget(messages, (tx, batch) => tx.deleteOldReceived({ ...batch, codes: false }));
  await forget(messages, (tx, batch) => tx.deleteOldSent(batch));
  await forget(codes, (tx, batch) => tx.deleteOldReceived({ ...batch, codes: true }));
  await forget(calls, (tx, batch) => tx.deleteOldCalls(batch));
  await forget(pdus, (tx, batch) => tx.removeReceivedPdus(batch));
  await forget(pdus, (tx, batch) => tx.removeSentPdus(batch));
  await scrubbed(options, taken);
  // It names rows, and holds nothing of them.
  await forget(feed, (tx, batch) => tx.pruneFeed(batch));
}

/** Empties messages with a one-time code that are older than `codeTexts`. */
export async function forgetCodeTexts(options: ForgetOptions, signal: AbortSignal): Promise<void> {
  const { clock, retention } = options;
  if (retention.codeTexts === null) return;
  await lookForCodes(options, signal);
  const taken = await inBatches(options, {
    before: clock.now() - retention.codeTexts,
    work: (tx, batch) => tx.removeCodeTexts({ ...batch, at: clock.now() }),
    signal,
  });
  await scrubbed(options, taken);
}

/** Looks through the texts that came since the last time. */
async function lookForCodes({ store, clock }: ForgetOptions, signal: AbortSignal): Promise<void> {
  const findCode = await loadFindCode();
  for (;;) {
    signal.throwIfAborted();
    const after = await store.codesLookedTo();
    const texts = await store.textsStored({ after, until: clock.now(), limit: batchRows });
    const last = texts.at(-1);
    if (last === undefined) return;
    const holding = texts.filter(({ text, sender }) => text !== null && findCode(text, { sender }) !== null);
    await store.transaction(async (tx) => {
      await tx.markCodes(holding.map(({ id }) => id));
      await tx.moveCodesLookedTo(last.storedAt);
    });
  }
}

interface Batches {
  readonly before: number;
  readonly work: (tx: StoreTransaction, batch: Batch) => Promise<number>;
  readonly signal: AbortSignal;
}

async function inBatches({ store }: ForgetOptions, { before, work, signal }: Batches): Promise<number> {
  for (let all = 0; ; ) {
    signal.throwIfAborted();
    const taken = await store.transaction((tx) => work(tx, { before, limit: batchRows }));
    all += taken;
    if (taken < batchRows) return all;
  }
}

async function scrubbed({ store, log }: ForgetOptions, taken: number): Promise<void> {
  if (taken === 0) return;
  await store.scrub();
  log.info({ rows: taken }, 'What was kept long enough was deleted.');
}

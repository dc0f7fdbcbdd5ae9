import { loadFindCode } from '../../codes/load.ts';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Batch } from '../../store/privacy-records.ts';
import type { Store, StoreTransaction } from '../../store/store.ts';
import { firstUntold } from '../webhooks/route-events.ts';

/** How long things are kept, ms; null for ever. */
export interface Retention {
  /** Messages, received and sent. */
  readonly messages: number | null;
  /** Messages with a one-time code. */
  readonly codes: number | null;
  readonly calls: number | null;
  /** Raw PDUs of messages whose text is there. */
  readonly pdus: number | null;
  /** What a listener that was away finds again. */
  readonly feed: number | null;
  /** The signal and the balance over time. */
  readonly readings: number | null;
  /** The text of messages with a one-time code; the row stays without it. */
  readonly codeTexts: number | null;
}

export const keepAll: Retention = {
  messages: null,
  codes: null,
  calls: null,
  pdus: null,
  feed: null,
  readings: null,
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
/** The files are written anew no more often than this, ms: it wears out an SD card. */
const compactEveryMs = 86_400_000;
/** And no larger ones, as nobody else is served meanwhile. */
export const compactedBytes = 64_000_000;
/** A sent message is looked through when its transaction is surely over, ms; ids may become visible out of their order. */
const settledMs = 45_000;

/** Deletes what is older than it is to be kept. It may be killed anywhere: the next time goes on. */
export async function forgetOld(options: ForgetOptions, signal: AbortSignal): Promise<void> {
  const { store, clock, retention } = options;
  const { messages, codes, calls, pdus, feed, readings } = retention;
  if (codes !== null) await lookForCodes(options, signal);
  // Webhooks read what they tell of from its row.
  const untold = (await firstUntold(store)) ?? Number.POSITIVE_INFINITY;
  let taken = 0;
  const forget = async (ms: number | null, work: Work, latest = untold) => {
    if (ms === null) return;
    taken += await inBatches(options, { before: Math.min(clock.now() - ms, latest), work, signal });
  };
  await forget(messages, (tx, batch) => tx.deleteOldReceived({ ...batch, codes: false }));
  await forget(messages, (tx, batch) => tx.deleteOldSent({ ...batch, codes: false }));
  await forget(messages, (tx, batch) => tx.deleteOldReports(batch));
  await forget(codes, (tx, batch) => tx.deleteOldReceived({ ...batch, codes: true }));
  await forget(codes, (tx, batch) => tx.deleteOldSent({ ...batch, codes: true }));
  await forget(calls, (tx, batch) => tx.deleteOldCalls(batch));
  await forget(pdus, (tx, batch) => tx.removeReceivedPdus(batch), Number.POSITIVE_INFINITY);
  await forget(pdus, (tx, batch) => tx.removeSentPdus(batch), Number.POSITIVE_INFINITY);
  await scrubbed(options, taken);
  // These hold nothing of what people wrote; what webhooks have not looked at yet stays.
  await forget(feed, (tx, batch) => tx.pruneFeed(batch));
  await forget(readings, (tx, batch) => tx.deleteOldPoints(batch), Number.POSITIVE_INFINITY);
  await store.transaction((tx) => tx.markForgetting('ran', clock.now()));
  await compactNowAndThen(options);
}

/** Empties messages with a one-time code that are older than `codeTexts`. */
export async function forgetCodeTexts(options: ForgetOptions, signal: AbortSignal): Promise<void> {
  const { clock, retention } = options;
  if (retention.codeTexts === null) return;
  await lookForCodes(options, signal);
  const before = clock.now() - retention.codeTexts;
  const received: Work = (tx, batch) => tx.removeCodeTexts({ ...batch, at: clock.now() });
  const sent: Work = (tx, batch) => tx.removeSentCodeTexts({ ...batch, at: clock.now() });
  let taken = await inBatches(options, { before, work: received, signal });
  taken += await inBatches(options, { before, work: sent, signal });
  await scrubbed(options, taken);
}

async function lookForCodes(options: ForgetOptions, signal: AbortSignal): Promise<void> {
  while (await lookForReceived(options, signal));
  while (await lookForSent(options, signal));
}

/** Looks through some of the texts that came since the last time; false when there are none. */
async function lookForReceived({ store, clock }: ForgetOptions, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  const after = await store.codesLookedTo();
  const texts = await store.textsStored({ after, until: clock.now(), limit: batchRows });
  const last = texts.at(-1);
  if (last === undefined) return false;
  const findCode = await loadFindCode();
  const holding = texts.filter(({ text, sender }) => text !== null && findCode(text, { sender }) !== null);
  await store.transaction(async (tx) => {
    await tx.markCodes(holding.map(({ id }) => id));
    await tx.moveCodesLookedTo(last.storedAt);
  });
  return true;
}

async function lookForSent({ store, clock }: ForgetOptions, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  const after = await store.sentCodesLookedTo();
  const found = await store.textsSent({ after, limit: batchRows });
  const young = found.findIndex(({ createdAt }) => createdAt > clock.now() - settledMs);
  const texts = young === -1 ? found : found.slice(0, young);
  const last = texts.at(-1);
  if (last === undefined) return false;
  const findCode = await loadFindCode();
  const holding = texts.filter(({ text }) => findCode(text, { sender: '' }) !== null);
  await store.transaction(async (tx) => {
    await tx.markSentCodes(holding.map(({ id }) => id));
    await tx.moveSentCodesLookedTo(last.id);
  });
  return true;
}

type Work = (tx: StoreTransaction, batch: Batch) => Promise<number>;

interface Batches {
  readonly before: number;
  readonly work: Work;
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

async function scrubbed({ store, clock, log }: ForgetOptions, taken: number): Promise<void> {
  if (taken === 0) return;
  await store.transaction((tx) => tx.markForgetting('deleted', clock.now()));
  await store.scrub();
  log.info({ rows: taken }, 'What was kept long enough was deleted.');
}

/** Where something was deleted since the last time. */
async function compactNowAndThen({ store, clock }: ForgetOptions): Promise<void> {
  const { deleted, compacted } = await store.forgetMarks();
  const now = clock.now();
  if (deleted === null || (compacted !== null && (deleted < compacted || now - compacted < compactEveryMs))) return;
  if (!(await store.compact(compactedBytes))) return;
  await store.transaction((tx) => tx.markForgetting('compacted', now));
}

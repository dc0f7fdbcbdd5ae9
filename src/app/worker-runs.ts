import type { ModemEvent } from '../core/events.ts';
import type { StoreTransaction } from '../store/store.ts';

/**
 * Which run of a worker serves a modem. A modem has one at a time; when another one begins (a restart, a standby that takes over)
 * what the one before still tells is late, and it gets no leave to send any more.
 */

type FromWorker = Pick<ModemEvent, 'modem' | 'run'>;

/** What an event says of who serves the modem: the run that is known, one that has just begun, or one that is over. */
export type RunNews = 'known' | 'new' | 'over';

/** Notes the run of this event as the one that serves the modem, unless it is over. */
export async function meetRun(tx: StoreTransaction, { modem, run }: FromWorker): Promise<RunNews> {
  const known = await tx.workerRun(modem);
  if (known?.run === run) return 'known';
  if (known?.previous === run) return 'over';
  await tx.putWorkerRun({ modem, run, previous: known?.run ?? null });
  return 'new';
}

/** Whether this run may send: it serves the modem, or nobody has done so before. */
export async function servesModem(tx: StoreTransaction, { modem, run }: FromWorker): Promise<boolean> {
  const known = await tx.workerRun(modem);
  return known === null || known.run === run;
}

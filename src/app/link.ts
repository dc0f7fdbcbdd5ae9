import type { EventOf } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';
import type { ModemRecord } from '../store/records.ts';
import type { StoreTransaction } from '../store/store.ts';
import type { RunNews } from './worker-runs.ts';

/** Of all modems; a link that fails again and again is told of for days. */
const mostChanges = 5_000;

/**
 * Keeps how the link to a modem stands, and why it is not ready. An older event of the same run never overwrites a newer one; times
 * of different runs are not compared, since they may come from different machines.
 */
export async function recordLink(
  tx: StoreTransaction,
  event: EventOf<'link.changed'>,
  news: RunNews,
): Promise<LiveNotice[]> {
  const known = await recordOf(tx, event.modem);
  if (news === 'over' || (news === 'known' && known !== undefined && known.updatedAt > event.at)) return [];
  const reasonCode = event.reason?.code ?? null;
  const reasonText = event.reason?.text ?? null;
  const same = known?.state === event.state && known.port === event.port && known.reasonCode === reasonCode;
  if (same) return [];
  const { modem, state, port, identity } = event;
  await tx.putModem({ modem, port, state, reasonCode, reasonText, identity, updatedAt: event.at });
  await tx.addLinkChange({ at: event.at, modem, state, reasonCode, reasonText }, mostChanges);
  return [{ type: 'modem.changed', modem: event.modem, state: event.state }];
}

/** A new worker has opened nothing yet: what the store says of the link is from an earlier run. */
export async function forgetLink(tx: StoreTransaction, event: EventOf<'worker.started'>): Promise<LiveNotice[]> {
  const known = await recordOf(tx, event.modem);
  if (known === undefined || known.state === 'closed') return [];
  return closeLink(tx, { ...known, reasonCode: null, reasonText: null, updatedAt: event.at });
}

/** Nobody serves the modem: its worker is gone, whatever it told last. */
export async function loseWorker(tx: StoreTransaction, modem: string): Promise<LiveNotice[]> {
  const known = await recordOf(tx, modem);
  if (known === undefined || known.reasonCode === 'no_worker') return [];
  const reasonText = `No worker serves the modem "${modem}". Start one: simloft worker.`;
  return closeLink(tx, { ...known, reasonCode: 'no_worker', reasonText });
}

const recordOf = async (tx: StoreTransaction, modem: string) =>
  (await tx.modems()).find((record) => record.modem === modem);

async function closeLink(tx: StoreTransaction, record: ModemRecord): Promise<LiveNotice[]> {
  const { modem, reasonCode, reasonText, updatedAt: at } = record;
  await tx.putModem({ ...record, state: 'closed' });
  await tx.addLinkChange({ at, modem, state: 'closed', reasonCode, reasonText }, mostChanges);
  return [{ type: 'modem.changed', modem: record.modem, state: 'closed' }];
}

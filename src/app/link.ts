import type { EventOf } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';
import type { StoreTransaction } from '../store/store.ts';

/** Keeps how the link to a modem stands, and why it is not ready. An older event never overwrites a newer one. */
export async function recordLink(tx: StoreTransaction, event: EventOf<'link.changed'>): Promise<LiveNotice[]> {
  const known = (await tx.modems()).find((modem) => modem.modem === event.modem);
  if (known !== undefined && known.updatedAt > event.at) return [];
  const reasonCode = event.reason?.code ?? null;
  const reasonText = event.reason?.text ?? null;
  const same =
    known?.updatedAt === event.at &&
    known.state === event.state &&
    known.port === event.port &&
    known.reasonCode === reasonCode;
  if (same) return [];
  await tx.putModem({
    modem: event.modem,
    port: event.port,
    state: event.state,
    reasonCode,
    reasonText,
    identity: event.identity,
    updatedAt: event.at,
  });
  return [{ type: 'modem.changed', modem: event.modem }];
}

/** A new worker has opened nothing yet: what the store says of the link is from an earlier run. */
export async function forgetLink(tx: StoreTransaction, event: EventOf<'worker.started'>): Promise<LiveNotice[]> {
  const known = (await tx.modems()).find((modem) => modem.modem === event.modem);
  if (known === undefined || known.updatedAt >= event.at || known.state === 'closed') return [];
  await tx.putModem({ ...known, state: 'closed', reasonCode: null, reasonText: null, updatedAt: event.at });
  return [{ type: 'modem.changed', modem: event.modem }];
}

import type { EventOf } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';
import type { ModemStatus } from '../core/modem-status.ts';
import type { StoreTransaction } from '../store/store.ts';
import { keepSignal, keepTechnology } from './reading-points.ts';

/** Keeps the newest value of each thing that was asked for in one poll. */
export async function recordStatus(tx: StoreTransaction, event: EventOf<'status.read'>): Promise<LiveNotice[]> {
  const notices: LiveNotice[] = [];
  for (const [key, data] of readingsOf(event.status)) {
    const known = await tx.reading(key, event.modem);
    if (known !== null && known.updatedAt >= event.at) continue;
    if (key === 'signal-type') await keepTechnology(tx, event.modem, { technology: data, at: event.at });
    await tx.putReading({ modem: event.modem, key, data, updatedAt: event.at });
    if (key === 'signal' && typeof data === 'number') await keepSignal(tx, event.modem, { dbm: data, at: event.at });
    if (known === null || JSON.stringify(known.data) !== JSON.stringify(data))
      notices.push({ type: 'reading.changed', key, modem: event.modem });
  }
  return notices;
}

/** Keeps the last text that the network sent over USSD, whoever began the session. */
export async function recordUssd(tx: StoreTransaction, event: EventOf<'ussd.received'>): Promise<LiveNotice[]> {
  const known = await tx.reading('ussd', event.modem);
  if (known !== null && known.updatedAt >= event.at) return [];
  const data = { status: event.status, text: event.text, request: event.request };
  await tx.putReading({ modem: event.modem, key: 'ussd', data, updatedAt: event.at });
  return [{ type: 'reading.changed', key: 'ussd', modem: event.modem }];
}

function readingsOf(status: ModemStatus): [key: string, data: unknown][] {
  const readings: [string, unknown][] = [];
  if (status.operator !== undefined) readings.push(['operator', status.operator.name ?? status.operator.numeric]);
  if (status.signal !== undefined) readings.push(['signal', status.signal.dbm]);
  if (status.technology !== undefined) readings.push(['signal-type', status.technology]);
  if (status.registration !== undefined) readings.push(['registration', status.registration]);
  if (status.sim !== undefined) readings.push(['sim', status.sim]);
  if (status.storage !== undefined) readings.push(['storage', status.storage]);
  return readings;
}

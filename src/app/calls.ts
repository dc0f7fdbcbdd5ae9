import type { EventOf } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';
import type { CallRecord, NewCallRecord } from '../store/records.ts';
import type { StoreTransaction } from '../store/store.ts';
import { isBlocked } from './screening.ts';

/** A ringing phone is one record, however often it rings; the number may come with a later event of the same call. */
export async function recordRinging(
  tx: StoreTransaction,
  event: EventOf<'call.ringing'>,
  now: number,
): Promise<LiveNotice[]> {
  const known = await tx.callById(event.call);
  const caller = event.number ?? known?.caller ?? '';
  return putWhenChanged(tx, known, {
    call: event.call,
    modem: event.modem,
    caller,
    withheld: event.withheld || (known?.withheld ?? false),
    startedAt: event.startedAt,
    storedAt: known?.storedAt ?? (await tx.stamp(now)),
    endedAt: known?.endedAt ?? null,
    rings: known?.rings ?? 1,
    outcome: known?.outcome ?? 'ringing',
    blocked: known?.caller === caller ? known.blocked : await isBlocked(tx, caller),
  });
}

/** The end of a call: its rings, and how it ended. It may be the first that the store hears of this call. */
export async function recordEnded(
  tx: StoreTransaction,
  event: EventOf<'call.ended'>,
  now: number,
): Promise<LiveNotice[]> {
  const known = await tx.callById(event.call);
  const caller = event.number ?? known?.caller ?? '';
  return putWhenChanged(tx, known, {
    call: event.call,
    modem: event.modem,
    caller,
    withheld: event.withheld,
    startedAt: event.startedAt,
    storedAt: known?.storedAt ?? (await tx.stamp(now)),
    endedAt: event.endedAt,
    rings: event.rings,
    outcome: event.outcome,
    blocked: known?.caller === caller ? known.blocked : await isBlocked(tx, caller),
  });
}

async function putWhenChanged(
  tx: StoreTransaction,
  known: CallRecord | null,
  call: NewCallRecord,
): Promise<LiveNotice[]> {
  if (known !== null && sameCall(known, call)) return [];
  const id = await tx.putCall(call);
  return [{ type: 'call.changed', id, modem: call.modem, outcome: call.outcome }];
}

const sameCall = (known: CallRecord, call: NewCallRecord): boolean =>
  known.caller === call.caller &&
  known.withheld === call.withheld &&
  known.endedAt === call.endedAt &&
  known.rings === call.rings &&
  known.outcome === call.outcome;

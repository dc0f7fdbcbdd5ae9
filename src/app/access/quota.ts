import { SimloftError } from '../../core/errors.ts';
import type { StoreTransaction } from '../../store/store.ts';
import { mayReach, mayUseModem, type Principal } from './principal.ts';

/** What is about to be sent. */
export interface Sending {
  readonly recipient: string;
  readonly modem: string;
  /** SMS that it takes. */
  readonly parts: number;
  readonly now: number;
}

/**
 * Holds a caller to what it may send, and counts it, in the transaction that writes the message: what is not written is not counted.
 * @throws SimloftError `scope_missing`, `quota_used`
 */
export async function countSending(tx: StoreTransaction, by: Principal, sending: Sending): Promise<void> {
  const { recipient, modem, parts, now } = sending;
  if (!mayReach(by, recipient)) throw refused(`"${by.name}" may not write to ${recipient}.`);
  if (!mayUseModem(by, modem)) throw refused(`"${by.name}" may not use the modem ${JSON.stringify(modem)}.`);
  const { dailyMessages } = by.limits;
  if (by.keyId === null || dailyMessages === null) return;
  const sent = await tx.countSent(by.keyId, dayOf(now), parts);
  if (sent <= dailyMessages) return;
  const left = Math.max(0, dailyMessages - (sent - parts));
  const text = `"${by.name}" may send ${dailyMessages} SMS a day, ${left} are left, and this takes ${parts}. The next day begins at 00:00 UTC.`;
  throw new SimloftError('quota_used', text, { details: { daily: dailyMessages, left, parts } });
}

/** The day that limits are counted by: that of UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const refused = (text: string): SimloftError => new SimloftError('scope_missing', text);

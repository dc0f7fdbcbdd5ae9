import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../core/clock.ts';
import type { CommandResult } from '../core/commands.ts';
import { newId } from '../core/ids.ts';
import type { Store } from '../store/store.ts';
import { askModem } from './ask-modem.ts';
import { readBalance } from './balance.ts';
import { keepBalance } from './reading-points.ts';

export interface BalancePoll {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly modem: string;
  /** `*100#` */
  readonly code: string;
  /** The user's own pattern with one group around the number. */
  readonly pattern?: RegExp;
  /** How long the question is worth asking, ms. */
  readonly ttlMs: number;
  readonly signal: AbortSignal;
}

/** What the reading `balance` holds. */
export interface BalanceReading {
  /** The operator's answer as it came. */
  readonly text: string;
  /** Hundredths of the currency; null when no number in the text is clearly the balance. */
  readonly minor: number | null;
  /** ISO 4217; null when neither the text nor the SIM tells. */
  readonly currency: string | null;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Asks the operator for the balance and keeps the amount, or the text where no amount is clear. */
export async function pollBalance(poll: BalancePoll): Promise<CommandResult> {
  const { store, bus, clock, modem } = poll;
  const expiresAt = clock.now() + poll.ttlMs;
  const result = await askModem(poll, { id: newId(), type: 'ussd', text: poll.code, endSession: true, expiresAt });
  if (!result.ok || result.value?.type !== 'ussd' || result.value.text === null) return result;
  const { text } = result.value;
  const found = readBalance(text, poll.pattern);
  const data: BalanceReading = {
    text,
    minor: found?.minor ?? null,
    currency: found === null ? null : (found.currency ?? (await homeCurrency(store, modem))),
    confidence: found?.confidence ?? 0,
  };
  const updatedAt = clock.now();
  const { status } = result.value;
  await store.transaction(async (tx) => {
    await keepBalance(tx, modem, { minor: data.minor, at: updatedAt });
    await tx.putReading({ modem, key: 'balance', data, updatedAt });
    // The session that the answer left open has been closed, and nobody says so.
    if (status === 1) await tx.putReading({ modem, key: 'ussd', data: { status: 2, text, request: null }, updatedAt });
  });
  bus.announce({ type: 'reading.changed', key: 'balance', modem });
  return result;
}

/** An operator that names no currency means its own country's: MCC 250 is Russia (ITU-T E.212). */
async function homeCurrency(store: Store, modem: string): Promise<string | null> {
  const known = (await store.modems()).find((record) => record.modem === modem);
  return known?.identity?.imsi?.startsWith('250') === true ? 'RUB' : null;
}

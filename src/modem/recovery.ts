/** What is wrong when a link does not work, as far as it decides what to do about it. */
export type Trouble =
  /** Nothing answers AT. */
  | 'silent'
  /** AT is answered, but what a gateway cannot do without is refused or times out. */
  | 'broken'
  /** The port itself cannot be opened or has vanished. */
  | 'port'
  /** The SIM is missing, locked or wants a PIN that is not there: only a person can help. */
  | 'sim';

export type RecoveryAction = 'reopen' | 'reset-radio' | 'restart-modem';

export interface Rung {
  readonly action: RecoveryAction;
  readonly for: readonly Trouble[];
  /** The failure in a row (from 1) at which it is first used. */
  readonly fromFailure: number;
  /** How long the modem gets before it is spoken to again, ms. */
  readonly settleMs: number;
  /** How often within one hour; null without limit. */
  readonly perHour: number | null;
}

/**
 * From gentle to rude. The gentlest of all, calling the modem until it answers again, is the AT channel's own after each
 * time-out. Every rung ends in opening and initialising anew, so `reopen` is what is done where nothing else is due.
 * A modem that was never heard is not reset: it may be no modem at all.
 */
export const recoveryLadder: readonly Rung[] = [
  { action: 'reopen', for: ['silent', 'broken', 'port', 'sim'], fromFailure: 1, settleMs: 0, perHour: null },
  { action: 'reset-radio', for: ['broken'], fromFailure: 3, settleMs: 5_000, perHour: 4 },
  { action: 'restart-modem', for: ['silent', 'broken'], fromFailure: 6, settleMs: 30_000, perHour: 2 },
];

export interface PastAction {
  readonly action: RecoveryAction;
  /** Steady clock, ms. */
  readonly at: number;
}

const hourMs = 3_600_000;

/**
 * The rudest rung that is due after `failures` failures in a row and still within its limit. Each rude one is used once
 * at its turn and then every third failure, so that the gentle ones get their chance between.
 */
export function nextRung(input: {
  readonly trouble: Trouble;
  readonly failures: number;
  readonly past: readonly PastAction[];
  /** Steady clock, ms. */
  readonly now: number;
  /** Whether this modem has ever answered. */
  readonly heard: boolean;
}): Rung {
  const { trouble, failures, past, now, heard } = input;
  const due = recoveryLadder.filter((rung) => {
    if (!rung.for.includes(trouble) || failures < rung.fromFailure) return false;
    if (rung.perHour === null) return true;
    if (!heard || (failures - rung.fromFailure) % 3 !== 0) return false;
    return past.filter(({ action, at }) => action === rung.action && now - at < hourMs).length < rung.perHour;
  });
  return due.at(-1) ?? reopen;
}

const reopen: Rung = { action: 'reopen', for: [], fromFailure: 1, settleMs: 0, perHour: null };

import { type ErrorCode, SimloftError } from '../core/errors.ts';
import type { SimState } from '../core/modem-status.ts';
import { simProblem } from './sim-state.ts';

export interface PinSituation {
  readonly sim: SimState;
  /** What the settings say; null without. */
  readonly pin: string | null;
  /** Whether this very PIN has been tried on this card and was not accepted, or nobody knows how that ended. */
  readonly tried: boolean;
  /** Null when the modem does not tell. */
  readonly triesLeft: number | null;
  /** Whether it has been entered and accepted just now. */
  readonly entered: boolean;
  /** How long the card has been waited for, ms. */
  readonly waitedMs: number;
}

export type PinDecision =
  | { readonly type: 'ready' }
  | { readonly type: 'wait' }
  | { readonly type: 'enter'; readonly pin: string }
  | { readonly type: 'give-up'; readonly code: ErrorCode; readonly text: string };

/** A card needs up to 40 s to wake up. */
const patienceMs = 40_000;

const giveUp = (code: ErrorCode, text: string): PinDecision => ({ type: 'give-up', code, text });

function problem(sim: SimState): PinDecision {
  const { code, message } = simProblem(sim) ?? new SimloftError('sim_failed');
  return giveUp(code, message);
}

/**
 * What to do about the SIM (TS 27.007 §8.3). A PIN is tried once; the last try that a card has is left to a person, and
 * the PUK is never touched: three wrong PINs lock a card, ten wrong PUKs kill it.
 */
export function decidePin(situation: PinSituation): PinDecision {
  switch (situation.sim) {
    case 'ready':
    // The second PIN guards charges and fixed dialling, nothing that is needed here.
    case 'pin2':
    case 'puk2':
      return { type: 'ready' };
    case 'pin':
      return aboutPin(situation);
    case 'puk':
    case 'operator-lock':
    case 'missing':
    case 'failed':
      return problem(situation.sim);
    case 'busy':
    case 'unknown':
      if (situation.waitedMs < patienceMs) return { type: 'wait' };
      return giveUp('sim_failed', `The SIM card was not ready within ${patienceMs / 1_000} s.`);
  }
}

function aboutPin({ pin, tried, triesLeft, entered, waitedMs }: PinSituation): PinDecision {
  if (entered) {
    // Some firmware keeps saying SIM PIN for a while after it has accepted one.
    if (waitedMs < patienceMs) return { type: 'wait' };
    return giveUp('sim_failed', 'The modem accepted the PIN but still asks for it.');
  }
  if (pin === null) return problem('pin');
  if (tried)
    return giveUp(
      'sim_pin_wrong',
      'This PIN was tried on this SIM card and not accepted; it is not tried again. Set the right MODEM_PIN.',
    );
  if (triesLeft !== null && triesLeft < 2)
    return giveUp(
      'sim_pin_wrong',
      'The SIM card has one try left for its PIN, which is left to a person. Enter the PIN in a phone.',
    );
  return { type: 'enter', pin };
}

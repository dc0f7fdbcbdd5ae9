import type { AtOutcome } from '../at/outcome.ts';
import { readPinState } from '../at/replies/sim.ts';
import { type ErrorCode, SimloftError } from '../core/errors.ts';
import type { SimState } from '../core/modem-status.ts';

/** TS 27.007 §8.3 <code>. All PH-… are locks to a network, a provider or a phone. */
const byCode: Readonly<Record<string, SimState>> = {
  READY: 'ready',
  'SIM PIN': 'pin',
  'SIM PUK': 'puk',
  'SIM PIN2': 'pin2',
  'SIM PUK2': 'puk2',
  'NOT INSERTED': 'missing',
  'NOT READY': 'busy',
};

/** TS 27.007 §9.2 <err>, and the same numbers from TS 27.005 §3.2.5 where a modem answers with +CMS ERROR. */
const byError: Readonly<Record<string, SimState>> = {
  'CME 5': 'operator-lock',
  'CME 10': 'missing',
  'CME 11': 'pin',
  'CME 12': 'puk',
  'CME 13': 'failed',
  'CME 14': 'busy',
  'CME 15': 'failed',
  'CME 17': 'pin2',
  'CME 18': 'puk2',
  'CMS 310': 'missing',
  'CMS 311': 'pin',
  'CMS 313': 'failed',
  'CMS 314': 'busy',
  'CMS 315': 'failed',
  'CMS 316': 'puk',
};

/** The state that a word of `+CPIN:` names. */
export function simStateOf(code: string): SimState {
  const word = code.trim().toUpperCase();
  return byCode[word] ?? (word.startsWith('PH-') ? 'operator-lock' : 'unknown');
}

/** The state that the answer to `AT+CPIN?` tells, be it a word or an error. */
export function readSimState(outcome: AtOutcome): SimState {
  const code = readPinState(outcome.lines);
  if (code !== null) return simStateOf(code);
  if (outcome.ok) return 'unknown';
  return byError[`${outcome.error.kind} ${outcome.error.code}`] ?? 'unknown';
}

/** What is wrong with a card in this state, for a person; other states mend themselves or are none of the card's. */
const problems: Readonly<Partial<Record<SimState, readonly [ErrorCode, string]>>> = {
  missing: ['sim_missing', 'There is no SIM card in the modem, or it does not sit well.'],
  failed: ['sim_failed', 'The SIM card does not work. Clean its contacts, or try it in a phone.'],
  pin: ['sim_pin_needed', 'The SIM card wants its PIN. Set MODEM_PIN, or switch the PIN off in a phone.'],
  puk: ['sim_puk_needed', 'The SIM card is locked and wants its PUK. Put it into a phone and unlock it there.'],
  'operator-lock': [
    'sim_locked_to_operator',
    'The modem is locked to another operator; only that operator can unlock it.',
  ],
};

/** Null for a card that works or may soon. */
export function simProblem(state: SimState): SimloftError | null {
  const problem = problems[state];
  return problem === undefined ? null : new SimloftError(...problem);
}

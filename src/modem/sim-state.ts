import type { AtOutcome } from '../at/outcome.ts';
import { readPinState } from '../at/replies/sim.ts';
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

import type { FamilyName } from './families/choose.ts';

export interface ModemSettings {
  /** How often all memories are looked through although nothing was indicated, ms. The life signs are checked as often. */
  readonly sweepIntervalMs: number;
  /** Where the modem shall keep what comes in. `auto`: what the family is known for. */
  readonly memory: 'auto' | 'SM' | 'ME';
  readonly family: FamilyName | 'auto';
  /** Hang up on whoever calls. */
  readonly rejectCalls: boolean;
  /** Pause between the end of one command and the next, ms; some old modules need 20 to 200. */
  readonly pauseMs: number;
}

export const defaultModemSettings: ModemSettings = {
  sweepIntervalMs: 30_000,
  memory: 'auto',
  family: 'auto',
  rejectCalls: false,
  pauseMs: 0,
};

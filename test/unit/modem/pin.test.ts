import { describe, expect, it } from 'vitest';
import type { SimState } from '../../../src/core/modem-status.ts';
import { decidePin, type PinSituation } from '../../../src/modem/pin.ts';

const plain: PinSituation = { sim: 'pin', pin: '1234', tried: false, triesLeft: 3, entered: false, waitedMs: 0 };

const rows: readonly { name: string; situation: Partial<PinSituation>; expected: string }[] = [
  { name: 'a PIN that was never tried', situation: {}, expected: 'enter' },
  { name: 'tries not told', situation: { triesLeft: null }, expected: 'enter' },
  { name: 'two tries left', situation: { triesLeft: 2 }, expected: 'enter' },
  { name: 'the last try is left to a person', situation: { triesLeft: 1 }, expected: 'sim_pin_wrong' },
  { name: 'no try left', situation: { triesLeft: 0 }, expected: 'sim_pin_wrong' },
  { name: 'tried before', situation: { tried: true }, expected: 'sim_pin_wrong' },
  { name: 'tried before, tries not told', situation: { tried: true, triesLeft: null }, expected: 'sim_pin_wrong' },
  { name: 'no PIN in the settings', situation: { pin: null }, expected: 'sim_pin_needed' },
  { name: 'entered, the modem is slow to see it', situation: { entered: true }, expected: 'wait' },
  { name: 'entered, and never seen', situation: { entered: true, waitedMs: 40_000 }, expected: 'sim_failed' },
];

const states: readonly { sim: SimState; early: string; late: string }[] = [
  { sim: 'ready', early: 'ready', late: 'ready' },
  { sim: 'pin', early: 'enter', late: 'enter' },
  { sim: 'puk', early: 'sim_puk_needed', late: 'sim_puk_needed' },
  { sim: 'pin2', early: 'ready', late: 'ready' },
  { sim: 'puk2', early: 'ready', late: 'ready' },
  { sim: 'operator-lock', early: 'sim_locked_to_operator', late: 'sim_locked_to_operator' },
  { sim: 'missing', early: 'sim_missing', late: 'sim_missing' },
  { sim: 'failed', early: 'sim_failed', late: 'sim_failed' },
  { sim: 'busy', early: 'wait', late: 'sim_failed' },
  { sim: 'unknown', early: 'wait', late: 'sim_failed' },
];

const verdict = (situation: PinSituation): string => {
  const decision = decidePin(situation);
  return decision.type === 'give-up' ? decision.code : decision.type;
};

describe('what to do about the SIM', () => {
  it.each(rows)('$name → $expected', ({ situation, expected }) => {
    expect(verdict({ ...plain, ...situation })).toBe(expected);
  });

  it.each(states)('$sim → $early, after 40 s $late', ({ sim, early, late }) => {
    expect(verdict({ ...plain, sim })).toBe(early);
    expect(verdict({ ...plain, sim, waitedMs: 40_000 })).toBe(late);
  });

  it('never tells the PIN', () => {
    for (const { situation } of rows) {
      const decision = decidePin({ ...plain, ...situation });
      if (decision.type === 'give-up') expect(decision.text).not.toContain('1234');
    }
  });
});

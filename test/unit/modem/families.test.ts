import { describe, expect, it } from 'vitest';
import { atCommand } from '../../../src/at/commands.ts';
import { chooseProfile, profiles } from '../../../src/modem/families/choose.ts';

describe('the profile of a modem', () => {
  it.each([
    ['ZTE CORPORATION', 'MF180', 'zte'],
    ['ZTE INCORPORATED', 'MF627', 'zte'],
    ['QUALCOMM INCORPORATED', 'MF180', 'zte'],
    ['QUALCOMM INCORPORATED', 'SIM7600E-H', 'generic'],
    ['huawei', 'E1550', 'generic'],
    [null, null, 'generic'],
  ])('%s %s → %s', (manufacturer, model, name) => {
    expect(chooseProfile('auto', { manufacturer, model }).name).toBe(name);
  });

  it('is the one that the settings name', () => {
    expect(chooseProfile('generic', { manufacturer: 'ZTE', model: 'MF180' }).name).toBe('generic');
    expect(chooseProfile('zte', { manufacturer: null, model: null }).name).toBe('zte');
  });

  it.each(Object.values(profiles))('$name holds commands that can be written, and a way for everything', (profile) => {
    const commands = [profile.quieting, profile.radioOn, profile.iccid, profile.radioReset, profile.restart].flat();
    for (const command of commands) expect(atCommand(command).text).toBe(`AT${command}`);
    expect(profile.indications.length).toBeGreaterThan(3);
    expect(profile.memories.length).toBeGreaterThan(0);
    expect(new Set(profile.ussd).size).toBe(5);
    // The message must be stored before it is told: mt = 1 in every combination (TS 27.005 §3.4.1).
    for (const [mode, mt] of profile.indications) expect([mode === 1 || mode === 2, mt]).toEqual([true, 1]);
  });

  it.each(Object.values(profiles))('$name never sends what a person must decide', (profile) => {
    const text = JSON.stringify(profile);
    for (const forbidden of ['ZCDRUN', 'ZNCK', 'CPIN=', 'CPWD', 'COPS=', 'CMGD', '&W', 'CSMP'])
      expect(text).not.toContain(forbidden);
  });
});

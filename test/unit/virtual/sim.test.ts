import { describe, expect, it } from 'vitest';
import { Dialogue } from './dialogue.ts';

const ok = '\r\nOK\r\n';

describe('the card', () => {
  it('is known by ICCID and IMSI, its file with swapped digits', async () => {
    const dialogue = await Dialogue.ready();
    expect(await dialogue.say('AT+CIMI\r')).toBe(`\r\n250011234567890\r\n${ok}`);
    expect(await dialogue.say('AT+CCID\r')).toBe(`\r\n+CCID: 89701010000012345678\r\n${ok}`);
    expect(await dialogue.say('AT+CRSM=176,12258,0,0,10\r')).toBe(`\r\n+CRSM: 144,0,"98070101000021436587"\r\n${ok}`);
    expect(await dialogue.say('AT+CRSM=176,12258,0,0,0\r')).toContain('+CRSM: 103');
  });

  it('opens with its PIN, and is busy for a while', async () => {
    const dialogue = await Dialogue.ready({ profile: 'zte-mf180', noise: false, pin: '1234', latencyMs: 0 });
    expect(await dialogue.say('AT+CPIN?\r')).toBe(`\r\n+CPIN: SIM PIN\r\n${ok}`);
    expect(await dialogue.say('AT+CIMI\r')).toBe('\r\n+CME ERROR: 11\r\n');
    expect(await dialogue.say('AT+CMGL=4\r')).toBe('\r\n+CMS ERROR: 311\r\n');
    expect(await dialogue.say('AT+ZPINPUK=?\r')).toBe(`\r\n+ZPINPUK: 3,10\r\n${ok}`);
    expect(await dialogue.say('AT+CPIN="1234"\r')).toBe(ok);
    expect(await dialogue.say('AT+CPIN?\r')).toBe('\r\n+CME ERROR: 14\r\n');
    await dialogue.clock.advance(10_000);
    expect(await dialogue.say('AT+CPIN?\r')).toBe(`\r\n+CPIN: READY\r\n${ok}`);
    expect(await dialogue.say('AT+CPIN="1234"\r')).toBe('\r\n+CME ERROR: 3\r\n');
    dialogue.modem.faults.reboot();
    await dialogue.clock.advance(10_000);
    expect(dialogue.modem.sim.state).toBe('SIM PIN');
  });

  it('locks after three wrong PINs, and counts one that is tried again as misuse', async () => {
    const dialogue = await Dialogue.ready({ pin: '1234', puk: '87654321' });
    expect(await dialogue.say('AT+CPIN="1111"\r')).toBe('\r\n+CME ERROR: 16\r\n');
    expect(await dialogue.say('AT+CPIN="1111"\r')).toBe('\r\n+CME ERROR: 16\r\n');
    expect(dialogue.modem.misuse).toEqual(['The same wrong PIN was tried twice.']);
    expect(await dialogue.say('AT+CPIN="1112"\r')).toBe('\r\n+CME ERROR: 12\r\n');
    expect(dialogue.modem.sim).toMatchObject({ state: 'SIM PUK', pinTriesLeft: 0, wrongPins: 3 });
    expect(await dialogue.say('AT+CPIN="87654321","4321"\r')).toBe(ok);
    expect(dialogue.modem.sim.state).toBe('READY');
  });

  it('may be missing', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.sim.remove();
    expect(await dialogue.say('AT+CPIN?\r')).toBe('\r\n+CME ERROR: 10\r\n');
    expect(await dialogue.say('AT+CPMS?\r')).toBe('\r\n+CMS ERROR: 310\r\n');
    dialogue.modem.sim.insert();
    expect(await dialogue.say('AT+CPIN?\r')).toBe(`\r\n+CPIN: READY\r\n${ok}`);
  });
});

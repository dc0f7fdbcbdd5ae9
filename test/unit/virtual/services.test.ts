import { describe, expect, it } from 'vitest';
import { hexOf, ucs2Of } from '../../../src/virtual/octets.ts';
import { Dialogue } from './dialogue.ts';

const ok = '\r\nOK\r\n';
const hex = (text: string) => hexOf(ucs2Of(text));

describe('USSD (TS 27.007 §7.15)', () => {
  it('answers a balance in Russian as UCS-2', async () => {
    const dialogue = await Dialogue.ready();
    const answer = `${ok}\r\n+CUSD: 0,"${hex('Баланс: 123,45 р.')}",72\r\n`;
    expect(await dialogue.say('AT+CUSD=1,"*100#",15\r')).toBe(answer);
    expect(await dialogue.say('AT+CUSD=1,"*105#"\r')).toBe(answer);
  });

  it('answers plain text, or hex where the character set is UCS2', async () => {
    const dialogue = await Dialogue.ready();
    expect(await dialogue.say('AT+CUSD=1,"*102#",15\r')).toBe(`${ok}\r\n+CUSD: 0,"Balance: 123.45 RUB",15\r\n`);
    await dialogue.say('AT+CSCS="UCS2"\r');
    expect(await dialogue.say('AT+CUSD=1,"002A0031003000320023",15\r')).toBe(
      `${ok}\r\n+CUSD: 0,"${hex('Balance: 123.45 RUB')}",15\r\n`,
    );
  });

  it('takes only plain requests on ZTE, whatever the character set', async () => {
    const dialogue = await Dialogue.ready({ profile: 'zte-mf180', noise: false });
    await dialogue.say('AT+CSCS="UCS2"\r', 100);
    expect(await dialogue.say('AT+CUSD=1,"002A0031003000320023",15\r', 10_000)).toBe(`${ok}\r\n+CUSD: 2\r\n`);
    expect(await dialogue.say('AT+CUSD=1,"*102#",15\r', 10_000)).toContain('+CUSD: 0,"');
  });

  it('leads through a menu', async () => {
    const dialogue = await Dialogue.ready();
    expect(await dialogue.say('AT+CUSD=1,"*111#",15\r')).toContain('+CUSD: 1,"');
    expect(await dialogue.say('AT+CUSD=1,"1",15\r')).toContain(`+CUSD: 0,"${hex('Баланс: 123,45 р.')}",72`);
    await dialogue.say('AT+CUSD=1,"*111#",15\r');
    expect(await dialogue.say('AT+CUSD=1,"9",15\r')).toContain('+CUSD: 2,"');
    await dialogue.say('AT+CUSD=1,"*111#",15\r');
    expect(await dialogue.say('AT+CUSD=2\r')).toBe(ok);
    expect(await dialogue.say('AT+CUSD=1,"1",15\r')).toContain(hex('Неверный запрос.'));
  });

  it('may be late, silent, doubled, before OK, or come as an SMS', async () => {
    const dialogue = await Dialogue.ready();
    const { network } = dialogue.modem;
    network.setUssd('*1#', { text: 'late', delayMs: 5000 });
    expect(await dialogue.say('AT+CUSD=1,"*1#",15\r', 4999)).toBe(ok);
    expect(await dialogue.say('AT+CUSD=1,"*102#",15\r')).toBe('\r\n+CME ERROR: 258\r\n');
    expect(await dialogue.wait(1)).toBe('\r\n+CUSD: 0,"late",15\r\n');
    network.setUssd('*2#', { text: null });
    expect(await dialogue.say('AT+CUSD=1,"*2#",15\r', 120_000)).toBe(ok);
    await dialogue.say('AT+CUSD=2\r');
    network.setUssd('*3#', { text: 'done', pleaseWait: 'wait' });
    expect(await dialogue.say('AT+CUSD=1,"*3#",15\r')).toBe(
      `${ok}\r\n+CUSD: 0,"wait",15\r\n\r\n+CUSD: 0,"done",15\r\n`,
    );
    network.setUssd('*4#', { text: 'early', beforeOk: true });
    expect(await dialogue.say('AT+CUSD=1,"*4#",15\r')).toBe(`\r\n+CUSD: 0,"early",15\r\n${ok}`);
    expect(await dialogue.say('AT+CUSD=1,"*110#",15\r')).toContain('+CMTI: "SM",1');
  });

  it('may begin with the network', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.pushUssd({ text: 'You called "us"' });
    expect(await dialogue.wait()).toBe('\r\n+CUSD: 0,"You called "us"",15\r\n');
  });
});

describe('calls', () => {
  const ring = '\r\nRING\r\n\r\n+CLIP: "+78310001122",145,,,,0\r\n';

  it('ring with the number until the caller gives up', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.ring({ from: '+78310001122', rings: 2 });
    expect(await dialogue.wait(4999)).toBe(ring);
    expect(dialogue.modem.network.ringing).toBe(true);
    expect(await dialogue.say('AT+CLCC\r', 1)).toBe(`\r\n+CLCC: 1,1,4,0,0,"+78310001122",145\r\n${ok}${ring}`);
    expect(await dialogue.wait(5000)).toBe('\r\nNO CARRIER\r\n');
    expect(dialogue.modem.network.calls).toMatchObject([{ number: '+78310001122', rings: 2, end: 'caller-gone' }]);
  });

  it.each([
    ['validity', '\r\nRING\r\n\r\n+CLIP: "",128,,,,1\r\n'],
    ['bare', '\r\nRING\r\n\r\n+CLIP: ,128\r\n'],
    ['absent', '\r\nRING\r\n'],
  ] as const)('withhold the number: %s', async (withheld, heard) => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.ring({ from: null, withheld });
    expect(await dialogue.wait()).toBe(heard);
  });

  it('may be short, late with the number, and without an end', async () => {
    const dialogue = await Dialogue.ready();
    await dialogue.say('AT+CRC=1\r');
    dialogue.modem.network.ring({ from: '900', hangUpMs: 3000, clipAfterMs: 2000, noCarrier: false });
    expect(await dialogue.wait(1999)).toBe('\r\n+CRING: VOICE\r\n');
    expect(await dialogue.wait(60_000)).toBe('\r\n+CLIP: "900",129,,,,0\r\n');
    expect(dialogue.modem.network).toMatchObject({ ringing: false, calls: [{ rings: 1 }] });
  });

  it('are rejected by CHUP and answered by ATA', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.ring({ from: '900' });
    expect(await dialogue.say('AT+CHUP\r', 60_000)).toContain(ok);
    dialogue.modem.network.ring({ from: '901' });
    await dialogue.say('ATA\r', 60_000);
    dialogue.modem.network.ring({ from: '902' });
    await dialogue.say('ATH\r');
    expect(dialogue.modem.network.calls.map(({ number, end }) => [number, end])).toEqual([
      ['900', 'rejected'],
      ['902', 'refused'],
      ['901', 'hung-up'],
    ]);
  });

  it('are made at once, and end by CHUP', async () => {
    const dialogue = await Dialogue.ready({ profile: 'generic', latencyMs: 0 });
    expect(await dialogue.say('ATD+79161234567;\r')).toBe(ok);
    expect(await dialogue.say('AT+CLCC\r')).toContain('+CLCC: 1,0,2,0,0,"+79161234567",145');
    expect(await dialogue.wait(3000)).toBe('');
    expect(await dialogue.say('AT+CLCC\r')).toContain('+CLCC: 1,0,3,0,0');
    await dialogue.say('AT+CHUP\r');
    expect(await dialogue.say('AT+CLCC\r')).toBe(ok);
    expect(dialogue.modem.network.calls).toMatchObject([{ direction: 'out', end: 'hung-up' }]);
    dialogue.modem.network.setDialOutcome('busy');
    expect(await dialogue.say('ATD900;\r', 5000)).toBe(`${ok}\r\nBUSY\r\n`);
  });

  it('are answered late on ZTE, and a character ends them', async () => {
    const dialogue = await Dialogue.ready({ profile: 'zte-mf180', noise: false });
    dialogue.modem.network.setDialOutcome('answers');
    expect(await dialogue.say('ATD900;\r', 8000)).toBe('');
    expect(await dialogue.wait(2000)).toBe('\r\nCONNECT\r\n');
    await dialogue.say('ATH\r', 100);
    expect(await dialogue.say('ATD900;\r', 1000)).toBe('');
    expect(await dialogue.say('\r', 100)).toBe('\r\nERROR\r\n');
    expect(dialogue.modem.network.calls.map(({ end }) => end)).toEqual(['answered', 'hung-up']);
    expect(dialogue.modem.misuse).toEqual([]);
  });
});

describe('network', () => {
  it('tells registration, cell, operator, signal and technology', async () => {
    const dialogue = await Dialogue.ready({ profile: 'zte-mf180', noise: false, latencyMs: 0 });
    await dialogue.say('AT+CREG=2;+COPS=3,2\r');
    expect(await dialogue.say('AT+CREG?\r')).toBe(`\r\n+CREG: 2,1,1A2B,00C3D4E5\r\n${ok}`);
    expect(await dialogue.say('AT+COPS?\r')).toBe(`\r\n+COPS: 0,2,"25002",2\r\n${ok}`);
    expect(await dialogue.say('AT+ZPAS?\r')).toBe(`\r\n+ZPAS: "UMTS","CS_PS"\r\n${ok}`);
    expect(await dialogue.say('AT+CEREG?\r')).toBe('\r\nERROR\r\n');
    dialogue.modem.network.setSignal(99);
    dialogue.modem.network.setTechnology('EDGE');
    dialogue.modem.network.setOperator({ name: 'MTS RUS', mccMnc: '25001' });
    await dialogue.say('AT+COPS=3,0\r');
    expect(await dialogue.say('AT+COPS?;+CSQ;+ZPAS?\r')).toContain(
      '"MTS RUS",3\r\n\r\n+CSQ: 99,99\r\n\r\n+ZPAS: "EDGE","CS_PS"',
    );
    dialogue.modem.network.setRegistration(2);
    expect(await dialogue.wait()).toBe('\r\n+CREG: 2,1A2B,00C3D4E5\r\n');
    expect(await dialogue.say('AT+COPS?\r')).toBe(`\r\n+COPS: 0\r\n${ok}`);
  });

  it('is gone with the radio, and found again', async () => {
    const dialogue = await Dialogue.ready({ profile: 'generic', latencyMs: 0 });
    await dialogue.say('AT+CREG=1\r');
    expect(await dialogue.say('AT+CFUN=4\r')).toContain('+CREG: 0');
    await dialogue.say('AT+CFUN=1\r');
    expect(await dialogue.say('AT+CREG?\r')).toContain('+CREG: 1,2');
    expect(await dialogue.wait(4000)).toBe('\r\n+CREG: 1\r\n');
  });
});

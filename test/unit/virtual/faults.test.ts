import { describe, expect, it } from 'vitest';
import { SimloftError } from '../../../src/core/errors.ts';
import type { VirtualModem } from '../../../src/virtual/virtual-modem.ts';
import { Dialogue } from './dialogue.ts';

const ok = '\r\nOK\r\n';
const kod = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';
const codeOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return error instanceof SimloftError ? error.code : error;
  }
  return 'nothing thrown';
};

describe('faults', () => {
  it('the cable is pulled and put back: settings are gone, messages stay', async () => {
    const dialogue = await Dialogue.ready({ profile: 'generic', latencyMs: 0 });
    dialogue.modem.network.deliverPdu(kod);
    dialogue.modem.faults.unplug();
    await dialogue.clock.advance(0);
    expect(dialogue.lost).toMatchObject({ code: 'port_closed' });
    await expect(dialogue.stream.write(new Uint8Array(1))).rejects.toMatchObject({ code: 'port_closed' });
    expect(codeOf(() => dialogue.modem.connect())).toBe('port_not_found');
    dialogue.modem.network.deliverPdu(kod);
    dialogue.modem.faults.replug();
    dialogue.open();
    expect(await dialogue.say('AT+CMGF?\r')).toContain('AT+CMGF?\r\r\n');
    expect(await dialogue.say('AT+CPMS?\r')).toContain('\r\nERROR\r\n');
    await dialogue.clock.advance(10_000);
    expect(dialogue.modem.stored('SM')).toHaveLength(2);
    expect(dialogue.modem.network.pending).toBe(0);
  });

  it('one program at a time', async () => {
    const dialogue = await Dialogue.ready();
    expect(codeOf(() => dialogue.modem.connect())).toBe('port_busy');
    await dialogue.reopen();
    expect(await dialogue.say('AT\r')).toBe(ok);
    expect(dialogue.lost).toBeUndefined();
  });

  it('silence, and a hang with noise', async () => {
    const dialogue = await Dialogue.ready({ noise: true });
    dialogue.modem.faults.silence(true);
    dialogue.modem.network.deliverPdu(kod);
    expect(await dialogue.say('AT\r', 60_000)).toBe('');
    dialogue.modem.faults.silence(false);
    dialogue.modem.faults.hangWithNoise(true);
    const noise = await dialogue.say('AT\r', 60_000);
    expect(noise).toContain('+ZUSIMR:2');
    expect(noise).not.toContain('OK');
    dialogue.modem.faults.hangWithNoise(false);
    expect(await dialogue.say('AT\r')).toContain(ok);
  });

  it('the flood ends when the memories are asked for', async () => {
    const dialogue = await Dialogue.ready({ noise: true });
    expect((await dialogue.wait(5000)).match(/\+ZUSIMR:2/g)?.length).toBe(5);
    await dialogue.say('AT+CPMS?\r');
    expect(await dialogue.wait(5000)).not.toContain('+ZUSIMR');
  });

  it('a reboot behind the back: echo and defaults are back, the port stays', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.faults.reboot();
    expect(await dialogue.say('AT+CNMI?\r')).toBe(`AT+CNMI?\r\r\n+CNMI: 0,0,0,0,0\r\n${ok}`);
  });

  it('a final result code comes late, glued, doubled, or after garbage', async () => {
    const dialogue = await Dialogue.ready();
    const { faults, network } = dialogue.modem;
    faults.lateFinal(7000);
    expect(await dialogue.say('AT\r', 6999)).toBe('');
    expect(await dialogue.wait(1)).toBe(ok);
    faults.glueNextIndication();
    network.deliverPdu(kod);
    expect(await dialogue.say('AT\r')).toBe('\r\nOK+CMTI: "SM",1\r\n');
    faults.doubleNextOk();
    expect(await dialogue.say('AT\r')).toBe(ok + ok);
    faults.garbage(Uint8Array.of(0, 0xff, 0x7e));
    expect(await dialogue.wait()).toBe('\x00\xff~');
  });

  it('bytes are lost on the way in, CNMI is forgotten', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.faults.loseInput(3);
    expect(await dialogue.say('AT\r')).toBe('');
    expect(await dialogue.say('AT\r')).toBe(ok);
    dialogue.modem.faults.forgetCnmi();
    dialogue.modem.network.deliverPdu(kod);
    expect(await dialogue.wait()).toBe('');
  });

  it('CNMI offers what it refuses', async () => {
    const dialogue = await Dialogue.ready({ refusedCnmi: ['2,1,0,2,0', '1,*'] });
    expect(await dialogue.say('AT+CNMI=?\r')).toContain('+CNMI: (0-3),(0-3),(0,2),(0-2),(0,1)');
    expect(await dialogue.say('AT+CNMI=2,1,0,2,0\r')).toBe('\r\n+CMS ERROR: 303\r\n');
    expect(await dialogue.say('AT+CNMI=1,1,0,2,0\r')).toBe('\r\n+CMS ERROR: 303\r\n');
    expect(await dialogue.say('AT+CNMI=2,1,0,1,0\r')).toBe(ok);
    expect(await dialogue.say('AT+CNMI=2,1,1,2,0\r')).toBe('\r\n+CMS ERROR: 303\r\n');
  });
});

describe('the default profile', () => {
  it('is slow, noisy even inside answers, and starts cold when asked to', async () => {
    const dialogue = new Dialogue({ profile: 'zte-mf180', coldStart: true });
    expect(await dialogue.wait()).toMatch(/^\r\n\+Z/);
    expect(await dialogue.say('ATE0\r', 4)).toBe('ATE0\r');
    expect(await dialogue.wait(100)).toContain('\r\nOK\r\n');
    expect(await dialogue.say('AT+CIMI\r', 100)).toContain('\r\nERROR\r\n');
    expect(await dialogue.say('AT+CREG?\r', 100)).toContain('+CREG: 0,2');
    await dialogue.clock.advance(10_000);
    expect(await dialogue.say('AT+CREG?\r', 100)).toContain('+CREG: 0,1');
    let between = 0;
    for (let round = 0; round < 100; round += 1)
      if (/\+Z(?:PASR|DONR)[^\r]*\r\n(?:\r\n861234567890127|\r\nOK)/.test(await dialogue.say('AT+CGSN\r', 50)))
        between += 1;
    expect(between).toBeGreaterThan(0);
    expect(dialogue.modem.misuse).toEqual([]);
  });
});

describe('a modem that is put away', () => {
  it('leaves no timer behind', async () => {
    const dialogue = await Dialogue.ready({ profile: 'zte-mf180', coldStart: true });
    dialogue.modem.network.ring({ from: '900' });
    dialogue.modem.network.deliverPdu(kod);
    dialogue.modem.close();
    await dialogue.clock.advance(0);
    expect(dialogue.clock.waiting).toBe(0);
  });
});

describe('a snapshot', () => {
  it('carries the memories and what was sent over to another modem', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.deliverPdu(kod);
    const snapshot: ReturnType<VirtualModem['snapshot']> = JSON.parse(JSON.stringify(dialogue.modem.snapshot()));
    const later = new Dialogue({ snapshot });
    expect(later.modem.stored('SM')).toEqual([{ index: 1, status: 0, pdu: kod }]);
    expect(await later.say('AT+CMGR=1\r')).toContain(kod);
  });
});

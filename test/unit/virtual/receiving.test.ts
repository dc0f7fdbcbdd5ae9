import { describe, expect, it } from 'vitest';
import { Dialogue } from './dialogue.ts';

const kod = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';
const ok = '\r\nOK\r\n';

describe('messages that come', () => {
  it('are stored, announced, shown as unread once, and deleted', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.deliver({ from: '+79161234567', text: 'Kod 1234', scts: '2025-01-21T12:34:36+03:00' });
    expect(await dialogue.wait()).toBe('\r\n+CMTI: "SM",1\r\n');
    expect(await dialogue.say('AT+CMGR=1\r')).toBe(`\r\n+CMGR: 0,,26\r\n${kod}\r\n${ok}`);
    expect(await dialogue.say('AT+CMGR=1\r')).toBe(`\r\n+CMGR: 1,,26\r\n${kod}\r\n${ok}`);
    expect(await dialogue.say('AT+CMGD=1\r')).toBe(ok);
    expect(await dialogue.say('AT+CMGL=4\r')).toBe(ok);
    expect(dialogue.modem.network).toMatchObject({ pending: 0, delivered: 1 });
    expect(dialogue.modem.misuse).toEqual([]);
  });

  it('are listed by status, and listing makes them read', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.put('SM', { pdu: kod, status: 2 });
    dialogue.modem.network.deliverPdu(kod);
    expect(await dialogue.say('AT+CMGL=2\r')).toContain(`+CMGL: 1,2,,26\r\n${kod}\r\n`);
    expect(await dialogue.say('AT+CMGL=0\r')).toContain('+CMGL: 2,0,,26');
    expect(await dialogue.say('AT+CMGL=0\r')).toBe(ok);
    expect(await dialogue.say('AT+CMGL=4\r')).toContain('+CMGL: 2,1,,26');
    expect(await dialogue.say('AT+CMGD=?\r')).toBe(`\r\n+CMGD: (1,2),(0-4)\r\n${ok}`);
  });

  it('take the lowest free place', async () => {
    const dialogue = await Dialogue.ready();
    for (let count = 0; count < 3; count += 1) dialogue.modem.network.deliverPdu(kod);
    await dialogue.say('AT+CMGL=4\r');
    await dialogue.say('AT+CMGD=2\r');
    dialogue.modem.network.deliverPdu(kod);
    expect(await dialogue.wait()).toBe('\r\n+CMTI: "SM",2\r\n');
    expect(await dialogue.say('AT+CPMS?\r')).toBe(`\r\n+CPMS: "SM",3,20,"SM",3,20,"SM",3,20\r\n${ok}`);
  });

  it('wait at the network while the memory is full, and flow when there is room', async () => {
    const dialogue = await Dialogue.ready({ slots: 2 });
    for (let count = 0; count < 4; count += 1) dialogue.modem.network.deliverPdu(kod);
    expect(await dialogue.wait()).toBe('\r\n+CMTI: "SM",1\r\n\r\n+CMTI: "SM",2\r\n');
    expect(dialogue.modem.network.pending).toBe(2);
    await dialogue.say('AT+CMGL=4\r');
    expect(await dialogue.say('AT+CMGD=1\r')).toBe(`${ok}\r\n+CMTI: "SM",1\r\n`);
    expect(dialogue.modem.network.pending).toBe(1);
  });

  it('come again when the acknowledgement was lost', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.loseNextAck();
    dialogue.modem.network.deliverPdu(kod);
    expect(await dialogue.wait(20_000)).toBe('\r\n+CMTI: "SM",1\r\n\r\n+CMTI: "SM",2\r\n');
    expect(dialogue.modem.network).toMatchObject({ pending: 0, delivered: 1 });
  });

  it('wait while the modem cannot be reached', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.setRegistration(2);
    dialogue.modem.network.deliverPdu(kod);
    expect(dialogue.modem.network.pending).toBe(1);
    dialogue.modem.network.setRegistration(1);
    expect(await dialogue.wait()).toBe('\r\n+CMTI: "SM",1\r\n');
  });

  it('come in parts, in any order, some of them twice', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.deliver({ from: '900', text: 'a'.repeat(400), order: [3, 1, 3, 2], reference: 7 });
    const parts = dialogue.modem.stored('SM').map(({ pdu }) => /050003(07\d{4})/.exec(pdu)?.[1]);
    expect(parts).toEqual(['070303', '070301', '070303', '070302']);
    expect(() => dialogue.modem.network.deliver({ from: '900', text: 'short', order: [2] })).toThrow(/no part 2/);
  });

  it('of class 0 come as +CMT where the family does so', async () => {
    const dialogue = await Dialogue.ready({ flashAsCmt: true });
    dialogue.modem.network.deliver({ from: '900', text: 'Flash!', flash: true });
    expect(await dialogue.wait()).toMatch(/^\r\n\+CMT: ,\d+\r\n07919761989901F0[\dA-F]+\r\n$/);
    expect(dialogue.modem.stored('SM')).toEqual([]);
  });

  it('are not announced without CNMI, nor when the indication is dropped', async () => {
    const dialogue = new Dialogue();
    await dialogue.say('ATE0\r');
    dialogue.modem.network.deliverPdu(kod);
    expect(await dialogue.wait()).toBe('');
    await dialogue.say('AT+CNMI=2,1\r');
    dialogue.modem.faults.dropNextCmti();
    dialogue.modem.network.deliverPdu(kod);
    dialogue.modem.network.deliverPdu(kod);
    expect(await dialogue.wait()).toBe('\r\n+CMTI: "SM",3\r\n');
  });

  it('are handed on with mt=2, and come again with CSMS=1 and no CNMA', async () => {
    const dialogue = await Dialogue.ready();
    await dialogue.say('AT+CSMS=1;+CNMI=2,2,0,0,0\r');
    dialogue.modem.network.deliverPdu(kod);
    expect(await dialogue.wait()).toBe(`\r\n+CMT: ,26\r\n${kod}\r\n`);
    expect(await dialogue.wait(30_000)).toBe('');
    expect(await dialogue.say('AT+CNMI?\r')).toContain('+CNMI: 2,0,0,0,0');
    expect(dialogue.modem.stored('SM')).toHaveLength(1);
  });

  it('are acknowledged by CNMA, once', async () => {
    const dialogue = await Dialogue.ready();
    await dialogue.say('AT+CSMS=1;+CNMI=2,2,0,0,0\r');
    dialogue.modem.network.deliverPdu(kod);
    expect(await dialogue.say('AT+CNMA\r')).toContain(ok);
    expect(await dialogue.say('AT+CNMA\r')).toBe('\r\n+CMS ERROR: 340\r\n');
    expect(dialogue.modem.network.pending).toBe(0);
  });

  it('may lie in ME when mem3 says so', async () => {
    const dialogue = await Dialogue.ready();
    expect(await dialogue.say('AT+CPMS="SM","SM","ME"\r')).toContain('+CPMS: 0,20,0,20,0,50');
    dialogue.modem.network.deliverPdu(kod);
    expect(await dialogue.wait()).toBe('\r\n+CMTI: "ME",1\r\n');
    expect(await dialogue.say('AT+CMGR=1\r')).toBe(ok);
    await dialogue.say('AT+CPMS="ME","ME",""\r');
    expect(await dialogue.say('AT+CMGR=1\r')).toContain(kod);
    expect(await dialogue.say('AT+CPMS="XX"\r')).toBe('\r\n+CMS ERROR: 302\r\n');
  });
});

describe('misuse of stored messages', () => {
  it('is deleting what nobody has read', async () => {
    const dialogue = await Dialogue.ready();
    dialogue.modem.network.deliverPdu(kod);
    await dialogue.say('AT+CMGD=1\r');
    expect(dialogue.modem.misuse.join()).toMatch(/deleted that nobody had read/);
  });

  it('is leaving CPMS on the reports', async () => {
    const dialogue = await Dialogue.ready();
    await dialogue.say('AT+CPMS="SR"\r');
    await dialogue.say('AT+CPMS="SM"\r', 120_000);
    expect(dialogue.modem.misuse).toEqual([]);
    await dialogue.say('AT+CPMS="SR"\r', 120_000);
    expect(dialogue.modem.misuse.join()).toMatch(/left on the reports/);
  });
});

describe('what does not work', () => {
  it('is a SIM that is busy, deletions that fail, an empty place', async () => {
    const dialogue = await Dialogue.ready({ profile: 'zte-mf180', noise: false, latencyMs: 0 });
    dialogue.modem.faults.simBusy(5000);
    expect(await dialogue.say('AT+CMGL=4\r')).toBe('\r\n+CMS ERROR: 314\r\n');
    await dialogue.clock.advance(5000);
    expect(await dialogue.say('AT+CMGR=4\r')).toBe('\r\n+CMS ERROR: 321\r\n');
    dialogue.modem.faults.failDeletions(1);
    dialogue.modem.put('SM', { pdu: kod });
    await dialogue.say('AT+CMGL=4\r');
    expect(await dialogue.say('AT+CMGD=1\r')).toBe('\r\n+CMS ERROR: 320\r\n');
    expect(await dialogue.say('AT+CMGD=1\r')).toBe(ok);
  });

  it('is a memory full of old messages', async () => {
    const dialogue = await Dialogue.ready({ slots: 3 });
    dialogue.modem.faults.fill('SM');
    expect(dialogue.modem.stored('SM').map(({ status }) => status)).toEqual([1, 1, 1]);
    dialogue.modem.network.deliverPdu(kod);
    expect(dialogue.modem.network.pending).toBe(1);
    expect(() => dialogue.modem.put('SM', { pdu: kod })).toThrow(/full/);
  });
});

import { describe, expect, it } from 'vitest';
import { AtChannel, type AtChannelOptions } from '../../../src/at/channel.ts';
import { at, atCommand } from '../../../src/at/commands.ts';
import type { AtOutcome, AtRecord } from '../../../src/at/outcome.ts';
import type { Urc } from '../../../src/at/urc.ts';
import { SimloftError } from '../../../src/core/errors.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { type Script, ScriptedStream } from '../../support/scripted-stream.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const pdu = '0011000B919761214365F70008A712041F044004380432043504420020D83DDC4D';
const deliver = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';
const ok = '\r\nOK\r\n';

function open(script: Script = {}, options: Partial<AtChannelOptions> = {}) {
  const stream = new ScriptedStream(script);
  const clock = new VirtualClock();
  const urcs: Urc[] = [];
  const channel = new AtChannel(stream, {
    clock,
    log: silentLogger,
    onUrc: (urc) => void urcs.push(urc),
    ...options,
  });
  return { stream, clock, urcs, channel, types: () => urcs.map(({ type }) => type) };
}

function lines(outcome: AtOutcome): readonly string[] {
  return outcome.lines;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return error instanceof SimloftError ? error.code : String(error);
  }
  return 'none';
}

describe('commands', () => {
  it('are answered', async () => {
    const { channel } = open({ 'AT+CSQ\r': '\r\n+CSQ: 20,99\r\n\r\nOK\r\n' });
    expect(await channel.run(at.csq())).toEqual({ ok: true, final: 'OK', lines: ['+CSQ: 20,99'], records: [] });
  });

  it('are refused without a throw', async () => {
    const { channel } = open({ 'AT+CPIN?\r': '\r\n+CME ERROR: 10\r\n' });
    const outcome = await channel.run(at.cpinRead());
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'CME', code: 10 } });
  });

  it('go one at a time, the most urgent first, and one write each', async () => {
    const { channel, stream } = open({ 'AT+CSQ\r': ok, 'AT+CMGR=1\r': ok, 'AT+CHUP\r': ok, 'AT+COPS?\r': ok });
    await Promise.all([
      channel.run(at.csq()),
      channel.run(at.copsRead()),
      channel.run(at.cmgr(1), { priority: 'read' }),
      channel.run(at.chup(), { priority: 'hang-up' }),
    ]);
    expect(stream.written).toEqual(['AT+CSQ\r', 'AT+CHUP\r', 'AT+CMGR=1\r', 'AT+COPS?\r']);
  });

  it('leave the queue when they are aborted, and stay on the wire when they are there', async () => {
    const { channel, stream } = open();
    const abort = new AbortController();
    const first = channel.run(at.csq(), { signal: abort.signal });
    const second = channel.run(at.copsRead(), { signal: abort.signal });
    abort.abort();
    expect(await codeOf(second)).toBe('at_aborted');
    stream.say(ok);
    expect((await first).ok).toBe(true);
    expect(await codeOf(channel.run(at.csq(), { signal: abort.signal }))).toBe('at_aborted');
    expect(stream.written).toEqual(['AT+CSQ\r']);
  });

  it('wait as long as they are told to between each other', async () => {
    const { channel, stream, clock } = open({ 'AT+CSQ\r': ok }, { pauseMs: 100 });
    await channel.run(at.csq());
    const second = channel.run(at.csq());
    await clock.advance(99);
    expect(stream.written).toHaveLength(1);
    await clock.advance(1);
    expect((await second).ok).toBe(true);
  });

  it('free of a prefix take any line that is no news', async () => {
    const { channel, types } = open({ 'AT+CGMI\r': '\r\nZTE\r\n\r\n+CMTI: "SM",1\r\n\r\nINC: 5\r\n\r\nOK\r\n' });
    expect(lines(await channel.run(at.cgmi()))).toEqual(['ZTE', 'INC: 5']);
    expect(types()).toEqual(['CMTI']);
  });

  it('without a final result code settle, and their late OK is nobody’s', async () => {
    const { channel, stream, clock } = open({
      'AT+CPIN?\r': '\r\n+CPIN: READY\r\n',
      'AT\r': ok,
      'AT+CMEE?\r': '\r\nOK\r\n\r\n+CMEE: 1\r\n\r\nOK\r\n',
      'AT+CSQ\r': '\r\n+CSQ: 9,99\r\n\r\nOK\r\n',
    });
    const pin = channel.run(at.cpinRead());
    await clock.advance(2_000);
    expect(lines(await pin)).toEqual(['+CPIN: READY']);
    stream.say(ok);
    expect(lines(await channel.run(at.csq()))).toEqual(['+CSQ: 9,99']);
  });

  it('give their records as they come', async () => {
    const { channel, stream } = open();
    const seen: AtRecord[] = [];
    const listing = channel.run(at.cmgl(4), { onRecord: (record) => void seen.push(record) });
    stream.say(`\r\n+CMGL: 1,1,,27\r\n${deliver}\r\n`);
    expect(seen).toEqual([{ header: '+CMGL: 1,1,,27', payload: deliver }]);
    stream.say('+CMGL: 2,1,,27\r\n', '+CMGL: 3,1,,27\r\n', deliver.slice(0, 30), `${deliver.slice(30)}\r\n`, ok);
    const outcome = await listing;
    expect(outcome.records.map(({ payload }) => payload)).toEqual([deliver, null, deliver]);
    expect(seen).toEqual(outcome.records);
  });

  it('dial: NO CARRIER and BUSY end them, and nothing else', async () => {
    const { channel, types } = open({
      'ATD+7916;\r': '\r\nBUSY\r\n',
      'AT+CSQ\r': '\r\nNO CARRIER\r\n\r\n+CSQ: 1,99\r\n\r\nOK\r\n',
    });
    expect(await channel.run(at.dial('+7916'))).toMatchObject({ ok: false, error: { kind: 'BUSY' } });
    expect((await channel.run(at.csq())).ok).toBe(true);
    expect(types()).toEqual(['call-end']);
  });

  it('glued to news are over, and the news is told (C8)', async () => {
    const { channel, types } = open({
      'AT+CSQ\r': '+CSQ: 9,99\nOK+CMTI: "SM",3\r\n',
      'AT+CNUM\r': '\0\r\nERROR+CNUM: "","+7916",145\r\n',
    });
    expect(lines(await channel.run(at.csq()))).toEqual(['+CSQ: 9,99']);
    expect((await channel.run(at.cnum())).ok).toBe(false);
    expect(types()).toEqual(['CMTI', 'unknown']);
  });

  it('that could do harm never reach the wire', async () => {
    const { channel, stream } = open();
    const evil = { ...at.csq(), text: 'AT+CSQ\rATD112;' };
    expect(await codeOf(channel.run(evil))).toBe('at_unsafe');
    expect(await codeOf(channel.exclusive('read', (line) => line.run(evil)))).toBe('at_unsafe');
    expect(await codeOf(channel.submit({ tpduLength: 1, pdu: '00\x1a' }))).toBe('at_unsafe');
    expect(stream.written).toEqual([]);
  });

  it('may hold the line together', async () => {
    const { channel, stream } = open({ 'AT+CPMS="SR"\r': ok, 'AT+CMGR=5\r': ok, 'AT+CSQ\r': ok, 'AT+CPMS="SM"\r': ok });
    const held = channel.exclusive('read', async (line) => {
      await line.run(at.cpms('SR'));
      await Promise.all([line.run(at.cmgr(5)), line.run(at.cpms('SM'))]);
      return 'done';
    });
    const poll = channel.run(at.csq(), { priority: 'hang-up' });
    expect(await held).toBe('done');
    await poll;
    expect(stream.written).toEqual(['AT+CPMS="SR"\r', 'AT+CMGR=5\r', 'AT+CPMS="SM"\r', 'AT+CSQ\r']);
  });

  it('go on after a transaction that throws', async () => {
    const { channel } = open({ 'AT+CSQ\r': ok });
    await expect(channel.exclusive('read', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await channel.run(at.csq())).ok).toBe(true);
  });
});

describe('unsolicited result codes', () => {
  it('keep their order and never leak into an answer (C6)', async () => {
    const { channel, stream, types } = open();
    const listing = channel.run(at.cmgl(4));
    stream.say(
      '\r\n+ZPASR: "UMTS"\r\n',
      '\r\n+CMGL: 1,1,,27\r\n',
      '\r\n+CMTI: "SM",7\r\n',
      `${deliver}\r\n`,
      '\r\nRING\r\n\r\n+CLIP: "+7916",145\r\n',
      `\r\n+CMGL: 2,1,,27\r\n${deliver}\r\n\r\n+CMT: ,27\r\n`,
      `\r\nRING\r\n${deliver}\r\n\r\nOK\r\n`,
    );
    expect((await listing).records).toHaveLength(2);
    expect(types()).toEqual(['ZPASR', 'CMTI', 'RING', 'CLIP', 'RING', 'CMT']);
  });

  it('tell CREG from its answer (C10)', async () => {
    const { channel, stream, urcs } = open();
    const query = channel.run(at.registration('CREG'));
    stream.say('\r\n+CREG: 1,"1A2B","C3D4"\r\n\r\n+CREG: 2,5,"1A2B","C3D4"\r\n\r\n+CREG: 2\r\n', ok);
    expect(lines(await query)).toEqual(['+CREG: 2,5,"1A2B","C3D4"']);
    expect(urcs.map((urc) => (urc.type === 'registration' ? urc.stat : null))).toEqual([1, 2]);
  });

  it('and a query has one answer: a second line of its form is news', async () => {
    const { channel, stream, urcs } = open();
    const query = channel.run(at.registration('CREG'));
    stream.say('\r\n+CREG: 0,1\r\n\r\n+CREG: 1,12\r\n', ok);
    expect(lines(await query)).toEqual(['+CREG: 0,1']);
    expect(urcs).toHaveLength(1);
  });

  it('hex belongs to the header that came last, the next to the one before', async () => {
    const { channel, stream, urcs } = open();
    const other = deliver.replace('D68', 'D69').replace(/^07/, '00');
    const listing = channel.run(at.cmgl(4));
    stream.say(`\r\n+CMT: ,27\r\n\r\n+CMGL: 1,1,,27\r\n${deliver}\r\n${other}\r\n`, ok);
    expect((await listing).records).toEqual([{ header: '+CMGL: 1,1,,27', payload: deliver }]);
    expect(urcs).toMatchObject([{ type: 'CMT', pdu: other }]);
  });

  it('USSD is an event even before the OK', async () => {
    const { channel, types } = open({ 'AT+CUSD=1,"*100#",15\r': '\r\n+CUSD: 0,"12.50",15\r\n\r\nOK\r\n' });
    expect(lines(await channel.run(at.cusd('*100#', { dcs: 15 })))).toEqual([]);
    expect(types()).toEqual(['CUSD']);
  });

  it('a routed message is not stolen by a command that takes any line', async () => {
    const { channel, stream, urcs } = open();
    const imsi = channel.run(at.cimi());
    stream.say('\r\n+CMT: ,27\r\n', '250011234567890\r\n', `${deliver}\r\n`, ok);
    expect(lines(await imsi)).toEqual(['250011234567890']);
    expect(urcs).toEqual([{ type: 'CMT', pdu: deliver, length: 27, line: '+CMT: ,27' }]);
  });

  it('a message whose PDU never comes and a line that nobody knows are told of', () => {
    const { stream, urcs } = open();
    stream.say('\r\n+CDS: 25\r\n\r\n+CDS: ,26\r\n', `${deliver}\r\n`, '\r\n+XYZ: 1\r\n');
    expect(urcs.map((urc) => (urc.type === 'unknown' ? urc.prefix : urc.type))).toEqual(['+CDS', 'CDS', '+XYZ']);
  });

  it('a listener that throws stops nothing', async () => {
    const seen: string[] = [];
    const { channel, stream } = open(
      { 'AT+CSQ\r': ok },
      {
        onUrc: (urc) => {
          seen.push(urc.type);
          throw new Error('listener');
        },
      },
    );
    stream.say('\r\nRING\r\n\r\nRING\r\n');
    expect((await channel.run(at.csq())).ok).toBe(true);
    expect(seen).toEqual(['RING', 'RING']);
  });

  it('a quotation mark that is never closed gives its text after two seconds (C8)', async () => {
    const { stream, clock, urcs } = open();
    stream.say('\r\n+CUSD: 0,"no end\r\n');
    await clock.advance(1_000);
    stream.say('more\r\n');
    await clock.advance(1_999);
    expect(urcs).toEqual([]);
    await clock.advance(1);
    expect(urcs).toMatchObject([{ type: 'CUSD', text: 'no end\r\nmore' }]);
    expect(clock.waiting).toBe(0);
  });
});

describe('time-outs', () => {
  const synchronising: Script = {
    'AT\r': ok,
    'AT+CMEE?\r': '\r\n+CMEE: 1\r\n\r\nOK\r\n',
    'AT+CSQ\r': '\r\n+CSQ: 9,99\r\n\r\nOK\r\n',
  };

  it('quarantine the late answer: the next command gets its own (C9)', async () => {
    const { channel, stream, clock } = open(synchronising);
    const late = codeOf(channel.run(at.copsRead()));
    await clock.advance(20_000);
    expect(await late).toBe('at_timeout');
    expect(channel.timeouts).toBe(1);
    stream.say('\r\n+COPS: 0,0,"MTS"\r\n\r\nOK\r\n');
    expect(lines(await channel.run(at.csq()))).toEqual(['+CSQ: 9,99']);
    expect(stream.written).toEqual(['AT+COPS?\r', 'AT\r', 'AT+CMEE?\r', 'AT+CSQ\r']);
    expect(channel.timeouts).toBe(0);
  });

  it('quarantine an answer that comes while the line is synchronised', async () => {
    const { channel, clock, types } = open({
      ...synchronising,
      'AT\r': '\r\n+COPS: 0\r\n\r\nRING\r\n\r\nOK\r\n\r\nOK\r\n',
    });
    const late = codeOf(channel.run(at.copsRead()));
    await clock.advance(20_000);
    await late;
    expect(lines(await channel.run(at.csq()))).toEqual(['+CSQ: 9,99']);
    expect(types()).toEqual(['RING']);
  });

  it('never take one marker’s late answer for the next marker’s', async () => {
    const { channel, stream, clock } = open({
      ...synchronising,
      'AT+CMEE?\r': '',
      'AT+CMGF?\r': '\r\n+CMEE: 1\r\n\r\nOK\r\n\r\n+CMGF: 0\r\n\r\nOK\r\n',
    });
    const late = codeOf(channel.run(at.copsRead()));
    await clock.advance(20_000);
    await late;
    const next = channel.run(at.csq());
    await clock.advance(2_000);
    expect(lines(await next)).toEqual(['+CSQ: 9,99']);
    expect(stream.written.slice(1)).toEqual(['AT\r', 'AT+CMEE?\r', 'AT+CMGF?\r', 'AT+CSQ\r']);
  });

  it('count only while nothing answers, and tell once that the modem is dead', async () => {
    const dead: number[] = [];
    const { channel, stream, clock, types } = open({}, { onDead: (count) => void dead.push(count) });
    for (let turn = 0; turn < 4; turn += 1) {
      const result = codeOf(channel.run(at.csq(), { timeoutMs: 1_000 }));
      stream.say('\r\nRING\r\n');
      await clock.advance(10_000);
      expect(await result).toBe('at_timeout');
    }
    expect(dead).toEqual([3]);
    expect(channel.timeouts).toBe(4);
    expect(channel.silentFor).toBe(10_000);
    expect(types()).toEqual(['RING', 'RING', 'RING', 'RING']);
  });

  it('a listing may take long as long as it goes on', async () => {
    const { channel, stream, clock } = open();
    const listing = channel.run(at.cmgl(4));
    for (let index = 0; index < 5; index += 1) {
      await clock.advance(14_000);
      stream.say(`\r\n+CMGL: ${index},1,,27\r\n${deliver}\r\n`);
    }
    stream.say(ok);
    expect((await listing).records).toHaveLength(5);
    const stuck = codeOf(channel.run(at.cmgl(4)));
    await clock.advance(40_000);
    expect(await stuck).toBe('at_timeout');
  });

  it('do not show what was in the command', async () => {
    const { channel, clock } = open();
    const result = channel.run(at.cpin('4711')).catch((error: unknown) => String(error));
    await clock.advance(30_000);
    expect(await result).toContain('AT+CPIN');
    expect(await result).not.toContain('4711');
  });

  it('leave no timer behind', async () => {
    const { channel, clock } = open({ 'AT+CSQ\r': ok });
    await channel.run(at.csq());
    expect(clock.waiting).toBe(0);
  });
});

describe('echo', () => {
  it('is left out while it is expected', async () => {
    const { channel, types } = open({
      'AT+CSQ\r': 'AT+CSQ\r\r\n+CSQ: 9,99\r\n\r\nOK\r\n',
      'AT+CGMI\r': 'at+cgmi\r\r\nZTE\r\n\r\nOK\r\n',
    });
    expect(lines(await channel.run(at.csq()))).toEqual(['+CSQ: 9,99']);
    expect(lines(await channel.run(at.cgmi()))).toEqual(['ZTE']);
    expect(types()).toEqual([]);
  });

  it('after it was switched off tells of a restart, once', async () => {
    let echoes = 0;
    const { channel, stream, clock } = open(
      { ...healthy, 'AT+CSQ\r': 'AT+CSQ\r\r\n+CSQ: 9,99\r\n\r\nOK\r\n' },
      { onEcho: () => void (echoes += 1) },
    );
    const synchronised = channel.synchronise();
    await clock.advance(100);
    await synchronised;
    expect(echoes).toBe(0);
    expect(lines(await channel.run(at.csq()))).toEqual(['+CSQ: 9,99']);
    await channel.run(at.csq());
    stream.say('AT+CMGF=0\r\r\n');
    expect(echoes).toBe(1);
  });
});

const healthy: Script = {
  '\x1b\r': ok,
  'AT\r': ok,
  'AT+CMEE?\r': '\r\n+CMEE: 0\r\n\r\nOK\r\n',
  'ATQ0\r': ok,
  'ATV1\r': ok,
  'ATE0\r': ok,
};

describe('closing', () => {
  it('rejects what runs and what waits', async () => {
    const { channel, stream } = open();
    const all = [channel.run(at.csq()), channel.run(at.csq()), channel.exclusive('read', async () => 'never')].map(
      codeOf,
    );
    stream.unplug(new Error('pulled out'));
    expect(await Promise.all(all)).toEqual(['port_closed', 'port_closed', 'port_closed']);
    expect(channel.closed).toBe(true);
    expect(await codeOf(channel.run(at.csq()))).toBe('port_closed');
    expect(await codeOf(channel.synchronise())).toBe('port_closed');
    expect(await channel.submit({ tpduLength: 32, pdu })).toEqual({ type: 'not-sent', reason: 'port-closed' });
  });

  it('tells why, once, and may be asked for twice', async () => {
    const reasons: (Error | undefined)[] = [];
    const first = open({}, { onClose: (error) => void reasons.push(error) });
    first.stream.unplug(new Error('pulled out'));
    await first.channel.close();
    const second = open({}, { onClose: (error) => void reasons.push(error) });
    await second.channel.close();
    await second.channel.close();
    expect(second.stream.closed).toBe(true);
    expect(reasons.map((error) => error?.message)).toEqual(['pulled out', undefined]);
  });

  it('happens when the port takes no more bytes', async () => {
    const { channel, stream } = open();
    stream.write = () => Promise.reject(new SimloftError('port_stalled'));
    expect(await codeOf(channel.run(at.csq()))).toBe('port_closed');
    expect(stream.closed).toBe(true);
  });
});

describe('a vendor’s command', () => {
  it('has its answer by its own name', async () => {
    const { channel, types } = open({ 'AT^SYSINFO\r': '\r\n^RSSI:7\r\n\r\n^SYSINFO:2,3,0,5,1\r\n\r\nOK\r\n' });
    expect(lines(await channel.run(atCommand('^SYSINFO')))).toEqual(['^SYSINFO:2,3,0,5,1']);
    expect(types()).toEqual(['signal']);
  });
});

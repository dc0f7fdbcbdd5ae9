import { describe, expect, it } from 'vitest';
import { AtChannel, type AtChannelOptions } from '../../../src/at/channel.ts';
import { at } from '../../../src/at/commands.ts';
import type { Urc } from '../../../src/at/urc.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { type Script, ScriptedStream } from '../../support/scripted-stream.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const pdu = '0011000B919761214365F70008A712041F044004380432043504420020D83DDC4D';
const request = { tpduLength: 32, pdu };
const call = 'AT+CMGS=32\r';
const message = `${pdu}\x1a`;
const ok = '\r\nOK\r\n';

function open(script: Script = {}, options: Partial<AtChannelOptions> = {}) {
  const stream = new ScriptedStream(script);
  const clock = new VirtualClock();
  const urcs: Urc[] = [];
  const channel = new AtChannel(stream, { clock, log: silentLogger, onUrc: (urc) => void urcs.push(urc), ...options });
  return { stream, clock, urcs, channel };
}

describe('a message', () => {
  it.each([
    ['by the book', '\r\n> '],
    ['without a space', '\r\n>'],
    ['with a line end', '\r\n>\r\n'],
    ['after an echo', 'AT+CMGS=32\r\r\n> '],
    ['after news', '\r\n+ZDONR: "MTS",250,1,"CS_PS","ROAM_OFF"\r\n\r\n> '],
  ])('is sent after a prompt %s (C11)', async (_, prompt) => {
    const { channel, stream } = open({ [call]: prompt, [message]: '\r\n+CMGS: 42\r\n\r\nOK\r\n' });
    expect(await channel.submit(request)).toEqual({ type: 'sent', messageReference: 42, line: '+CMGS: 42' });
    expect(stream.written).toEqual([call, message]);
  });

  it('is sent although news and an echo come before its reference (C6)', async () => {
    const { channel, urcs } = open({
      [call]: '\r\n> ',
      [message]: `${message}\r\n+ZPASR: "EDGE"\r\n\r\n+CDS: 25\r\n${'0'.repeat(50)}\r\n\r\n+CMGS: 3,"26/01/01,00:00:00+12"\r\n\r\nOK\r\n`,
    });
    expect(await channel.submit(request)).toMatchObject({ type: 'sent', messageReference: 3 });
    expect(urcs.map(({ type }) => type)).toEqual(['ZPASR', 'CDS']);
  });

  it('is refused before the PDU', async () => {
    const { channel, stream } = open({ [call]: '\r\n+CMS ERROR: 304\r\n' });
    expect(await channel.submit(request)).toEqual({
      type: 'refused',
      error: { kind: 'CMS', code: 304, text: '+CMS ERROR: 304' },
      afterPdu: false,
    });
    expect(stream.written).toEqual([call]);
  });

  it('is refused after the PDU', async () => {
    const { channel } = open({ [call]: '\r\n> ', [message]: '\r\n+CMS ERROR: 38\r\n' });
    expect(await channel.submit(request)).toMatchObject({ type: 'refused', afterPdu: true, error: { code: 38 } });
  });

  it('of which only OK is heard is not known to be sent', async () => {
    const { channel } = open({ [call]: '\r\n> ', [message]: ok });
    expect(await channel.submit(request)).toEqual({ type: 'unknown', reason: 'no-reference' });
  });

  it('waits three minutes, during which nothing is written (C12)', async () => {
    const { channel, stream, clock } = open({ [call]: '\r\n> ' });
    const outcome = channel.submit(request);
    const poll = channel.run(at.csq(), { priority: 'hang-up' }).catch(() => 'timed out');
    await clock.advance(179_999);
    expect(stream.written).toEqual([call, message]);
    await clock.advance(1);
    expect(await outcome).toEqual({ type: 'unknown', reason: 'timeout' });
    // Not even now: any character may still abort it.
    await clock.advance(4_999);
    expect(stream.written).toEqual([call, message]);
    await clock.advance(1);
    expect(stream.written).toEqual([call, message, 'AT\r']);
    await clock.advance(60_000);
    expect(await poll).toBe('timed out');
  });

  it('whose reference comes after all is told of, and completes nothing', async () => {
    const { channel, stream, clock, urcs } = open({
      [call]: '\r\n> ',
      'AT\r': ok,
      'AT+CMEE?\r': '\r\n+CMEE: 1\r\n\r\nOK\r\n',
      'AT+CSQ\r': '\r\n+CSQ: 9,99\r\n\r\nOK\r\n',
    });
    const outcome = channel.submit(request);
    await clock.advance(180_000);
    expect((await outcome).type).toBe('unknown');
    const poll = channel.run(at.csq());
    stream.say('\r\n+CMGS: 77\r\n\r\nOK\r\n');
    await clock.advance(6_000);
    expect((await poll).lines).toEqual(['+CSQ: 9,99']);
    expect(urcs).toMatchObject([{ type: 'unknown', prefix: '+CMGS', line: '+CMGS: 77' }]);
  });

  it('whose OK is lost after its reference is sent', async () => {
    const { channel, clock } = open({ [call]: '\r\n> ', [message]: '\r\n+CMGS: 5\r\n' });
    const outcome = channel.submit(request);
    await clock.advance(180_000);
    expect(await outcome).toMatchObject({ type: 'sent', messageReference: 5 });
  });

  it('that has no prompt is taken back with ESC (C11)', async () => {
    const { channel, stream, clock } = open({ '\x1b': ok });
    const outcome = channel.submit(request);
    await clock.advance(10_000);
    expect(await outcome).toEqual({ type: 'not-sent', reason: 'no-prompt' });
    expect(stream.written).toEqual([call, '\x1b']);
    expect(channel.timeouts).toBe(1);
  });

  it('whose prompt comes with the ESC is taken back again', async () => {
    const { channel, stream, clock } = open({ '\x1b': ['\r\n> ', ok] });
    const outcome = channel.submit(request);
    await clock.advance(10_000);
    expect(await outcome).toMatchObject({ type: 'not-sent' });
    expect(stream.written).toEqual([call, '\x1b', '\x1b']);
  });

  it('answered with OK in place of the prompt is not sent', async () => {
    const { channel, stream } = open({ [call]: ok, '\x1b': ok });
    expect(await channel.submit(request)).toEqual({ type: 'not-sent', reason: 'no-prompt' });
    expect(stream.written).toEqual([call, '\x1b']);
  });

  it('is followed by a fresh line: after ESC the next command first makes sure', async () => {
    const { channel, stream, clock } = open({
      [call]: ok,
      '\x1b': ok,
      'AT\r': ok,
      'AT+CMEE?\r': '\r\n+CMEE: 1\r\n\r\nOK\r\n',
      'AT+CSQ\r': '\r\n+CSQ: 9,99\r\n\r\nOK\r\n',
    });
    await channel.submit(request);
    const poll = channel.run(at.csq());
    await clock.advance(1_000);
    expect((await poll).lines).toEqual(['+CSQ: 9,99']);
    expect(stream.written.slice(2)).toEqual(['\x1b', '\r', 'AT\r', 'AT+CMEE?\r', 'AT+CSQ\r']);
  });

  it('when the port goes is unknown after the PDU and not sent before', async () => {
    const before = open();
    const first = before.channel.submit(request);
    before.stream.unplug();
    expect(await first).toEqual({ type: 'not-sent', reason: 'port-closed' });
    const after = open({ [call]: '\r\n> ' });
    const second = after.channel.submit(request);
    await after.clock.advance(1);
    expect(after.stream.written).toEqual([call, message]);
    after.stream.unplug();
    expect(await second).toEqual({ type: 'unknown', reason: 'port-closed' });
  });

  it('waits for the prompt longer than a pause when told to', async () => {
    const { channel, stream, clock } = open(
      { [call]: '\r\n> ', [message]: '\r\n+CMGS: 1\r\n\r\nOK\r\n' },
      { promptPauseMs: 100 },
    );
    const outcome = channel.submit(request);
    await clock.advance(99);
    expect(stream.written).toEqual([call]);
    await clock.advance(1);
    expect((await outcome).type).toBe('sent');
  });
});

describe('the note before the PDU', () => {
  function gate(): { wait: () => Promise<void>; open: () => void; fail: () => void } {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    return { wait: () => promise, open: resolve, fail: () => reject(new Error('disk full')) };
  }

  it('is written while the modem brings its prompt, and the PDU waits for both', async () => {
    const { channel, stream, clock } = open({ [call]: '\r\n> ', [message]: '\r\n+CMGS: 1\r\n\r\nOK\r\n' });
    const note = gate();
    const outcome = channel.submit({ ...request, beforePdu: note.wait });
    await clock.advance(100);
    expect(stream.written).toEqual([call]);
    note.open();
    expect((await outcome).type).toBe('sent');
  });

  it('that fails keeps the PDU back', async () => {
    const { channel, stream, clock } = open({ [call]: '\r\n> ', '\x1b': ok });
    const note = gate();
    const outcome = channel.submit({ ...request, beforePdu: note.wait });
    await clock.advance(100);
    note.fail();
    expect(await outcome).toMatchObject({ type: 'not-sent', reason: 'before-pdu', error: new Error('disk full') });
    expect(stream.written).toEqual([call, '\x1b']);
  });

  it('that fails before the prompt takes the prompt back', async () => {
    const { channel, stream, clock } = open({ '\x1b': ok });
    const outcome = channel.submit({ ...request, beforePdu: () => Promise.reject(new Error('disk full')) });
    await clock.advance(100);
    expect(stream.written).toEqual([call]);
    stream.say('\r\n> ');
    expect(await outcome).toMatchObject({ type: 'not-sent', reason: 'before-pdu' });
    expect(stream.written).toEqual([call, '\x1b']);
  });

  it('is over before the outcome is told', async () => {
    const { channel, clock } = open({ [call]: '\r\nERROR\r\n' });
    const note = gate();
    let told = false;
    const outcome = channel.submit({ ...request, beforePdu: note.wait }).then((value) => {
      told = true;
      return value;
    });
    await clock.advance(100);
    expect(told).toBe(false);
    note.open();
    expect(await outcome).toMatchObject({ type: 'refused', afterPdu: false });
  });

  it('is not asked for when the port is closed', async () => {
    const { channel, stream } = open();
    stream.unplug();
    let asked = false;
    await channel.submit({
      ...request,
      beforePdu: async () => {
        asked = true;
      },
    });
    expect(asked).toBe(false);
  });
});

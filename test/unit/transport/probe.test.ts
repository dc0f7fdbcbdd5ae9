import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SimloftError } from '../../../src/core/errors.ts';
import { findModemPort } from '../../../src/transport/find-modem.ts';
import { probePort } from '../../../src/transport/probe.ts';
import { fakeSys } from '../../support/fake-sys.ts';
import { temporaryFolder } from '../../support/gateway-process.ts';
import { type Script, ScriptedStream } from '../../support/scripted-stream.ts';
import { until } from '../../support/until.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

async function probe(stream: ScriptedStream, meanwhile: () => void = () => {}) {
  const clock = new VirtualClock();
  let done = false;
  const result = probePort(async () => stream, clock).finally(() => {
    done = true;
  });
  await clock.advance(1);
  meanwhile();
  await clock.advanceUntil(() => done);
  return result;
}

const modem = { 'AT\r': '\r\nOK\r\n', 'AT+CGSN\r': '\r\n490154203237518\r\n\r\nOK\r\n' };

describe('probing a port', () => {
  it.each<[string, Script, string | null]>([
    ['OK', modem, '490154203237518'],
    ['an error', { 'AT\r': '\r\nERROR\r\n', 'AT+CGSN\r': '\r\nERROR\r\n' }, null],
    ['a numbered error', { 'AT\r': '\r\n+CME ERROR: 10\r\n' }, null],
    ['an echo and a digit', { 'AT\r': 'AT\r0\r', 'AT+CGSN\r': 'AT+CGSN\r490154203237518\r\n0\r' }, '490154203237518'],
    ['OK at the third time', { ...modem, 'AT\r': ['', '', '\r\nOK\r\n'] }, '490154203237518'],
    ['OK among other news', { ...modem, 'AT\r': '\r\n+ZPASR: "UMTS"\r\n\r\nOK\r\n' }, '490154203237518'],
  ])('takes %s as a proof', async (_, script, imei) => {
    const stream = new ScriptedStream(script);
    expect(await probe(stream)).toEqual({ answers: true, imei });
    expect(stream.closed).toBe(true);
  });

  it('leaves the prompt of a message that somebody began, and sends nothing by that', async () => {
    const stream = new ScriptedStream(modem);
    await probe(stream);
    expect(stream.written).toEqual(['\u001b\r', 'AT\r', 'AT+CGSN\r']);
  });

  it('is through with a silent port after three tries', async () => {
    const stream = new ScriptedStream();
    expect(await probe(stream)).toEqual({ answers: false, reason: 'it does not answer AT' });
    expect(stream.written).toEqual(['\u001b\r', 'AT\r', 'AT\r', 'AT\r']);
    expect(stream.closed).toBe(true);
  });

  it('writes nothing to a port that speaks binary by itself', async () => {
    const stream = new ScriptedStream();
    expect(await probe(stream, () => stream.say('\u007e\u0000\u0078\u00f0\u007e'))).toMatchObject({ answers: false });
    expect(stream.written).toEqual([]);
  });

  it('stops at a binary answer', async () => {
    const stream = new ScriptedStream({ 'AT\r': '\u007e\u0013\u0041\u0054\u007e' });
    expect(await probe(stream)).toEqual({ answers: false, reason: 'it answers with binary data' });
    expect(stream.written).toEqual(['\u001b\r', 'AT\r']);
  });

  it('knows a GPS by its sentences', async () => {
    const stream = new ScriptedStream({ 'AT\r': '$GPGSV,1,1,00*79\r\n' });
    expect(await probe(stream)).toEqual({ answers: false, reason: 'it sends positions (NMEA)' });
  });

  it('ends when the port does, and when it is told to', async () => {
    const stream = new ScriptedStream();
    expect(await probe(stream, () => stream.unplug())).toEqual({
      answers: false,
      reason: 'it closed while it was asked',
    });
    const clock = new VirtualClock();
    const controller = new AbortController();
    const second = new ScriptedStream();
    const refused = expect(probePort(async () => second, clock, controller.signal)).rejects.toThrow('enough');
    await clock.advance(500);
    controller.abort(new Error('enough'));
    await refused;
    expect(second.closed).toBe(true);
  });
});

describe('MODEM_PORT=auto', () => {
  /** What each tty answers; one that is missing here must not be opened. */
  const find = async (answers: Readonly<Record<string, Script | SimloftError>>) => {
    using folder = temporaryFolder();
    const roots = fakeSys(folder.path, [
      { at: '1-1', id: '10c4:ea60', driver: 'cp210x', ports: { 0: 'ttyUSB0' } },
      { at: '1-2', id: '19d2:2003', ports: { 0: 'ttyUSB1', 1: 'ttyUSB2', 3: 'ttyUSB3' } },
    ]);
    const clock = new VirtualClock();
    const opened: string[] = [];
    const progress = { done: false };
    const open = (path: string) => async () => {
      const name = basename(path);
      opened.push(name);
      const answer = answers[name];
      if (answer === undefined) throw new SimloftError('internal', `${name} must not be opened`);
      if (answer instanceof SimloftError) throw answer;
      return new ScriptedStream(answer);
    };
    const result = findModemPort({ clock, open, roots, proc: '/nowhere' }).then(
      (found) => ({ opened, path: basename(found.candidate.path), imei: found.imei }),
      (error: unknown) => ({ opened, error }),
    );
    void result.then(() => {
      progress.done = true;
    });
    // Reading the picture of sysfs takes real time, in which no timer waits.
    while (!progress.done) {
      await until('the next step', () => progress.done || clock.waiting > 0);
      await clock.advance(1000);
    }
    return result;
  };

  it('takes the port that announces messages and opens no other', async () => {
    expect(await find({ ttyUSB2: modem })).toEqual({ opened: ['ttyUSB2'], path: 'ttyUSB2', imei: '490154203237518' });
  });

  it('takes the data port when the first one is silent or held', async () => {
    expect(await find({ ttyUSB2: {}, ttyUSB3: modem })).toMatchObject({ path: 'ttyUSB3' });
    expect(await find({ ttyUSB2: new SimloftError('port_busy'), ttyUSB3: modem })).toMatchObject({ path: 'ttyUSB3' });
  });

  it('says of each port why it was not taken, and leaves those alone that are no modem', async () => {
    const { opened, error } = {
      error: null,
      ...(await find({ ttyUSB2: {}, ttyUSB3: new SimloftError('port_busy', 'Held by minicom.') })),
    };
    expect(opened).toEqual(['ttyUSB2', 'ttyUSB3']);
    expect(error).toMatchObject({ code: 'port_not_found' });
    const message = error instanceof Error ? error.message : '';
    expect(message).toMatch(
      /ttyUSB2: it does not answer AT\. .*ttyUSB3: Held by minicom\. .*ttyUSB0: left alone: a CP210x bridge/,
    );
  });
});

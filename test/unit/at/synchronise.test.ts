import { describe, expect, it } from 'vitest';
import { AtChannel } from '../../../src/at/channel.ts';
import { at } from '../../../src/at/commands.ts';
import type { Urc } from '../../../src/at/urc.ts';
import { SimloftError } from '../../../src/core/errors.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { type Script, ScriptedStream } from '../../support/scripted-stream.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ok = '\r\nOK\r\n';
const healthy: Script = {
  '\x1b\r': '',
  'AT\r': ok,
  'AT+CMEE?\r': '\r\n+CMEE: 0\r\n\r\nOK\r\n',
  'ATQ0\r': ok,
  'ATV1\r': ok,
  'ATE0\r': ok,
  'AT+CSQ\r': '\r\n+CSQ: 9,99\r\n\r\nOK\r\n',
};

/** Synchronises, says what came of it and after how long, and asks one more question. */
async function synchronise(script: Script, before?: (stream: ScriptedStream) => void) {
  const stream = new ScriptedStream(script);
  const clock = new VirtualClock();
  const urcs: Urc[] = [];
  const channel = new AtChannel(stream, { clock, log: silentLogger, onUrc: (urc) => void urcs.push(urc) });
  let done = '';
  let ms = 0;
  const result = channel.synchronise().then(
    () => {
      done = 'ready';
      ms = clock.monotonic();
    },
    (error: unknown) => {
      done = error instanceof SimloftError ? error.code : String(error);
    },
  );
  before?.(stream);
  await clock.advanceUntil(() => done !== '');
  await result;
  const answer = done === 'ready' ? (await channel.run(at.csq())).lines : [];
  return { done, ms, answer, urcs, written: stream.written };
}

const question = ['+CSQ: 9,99'];

describe('synchronising', () => {
  it('takes a healthy modem less than 150 ms', async () => {
    const { done, ms, answer, written } = await synchronise(healthy);
    expect([done, answer]).toEqual(['ready', question]);
    expect(ms).toBeLessThan(150);
    expect(written).toEqual(['\x1b', '\r', 'AT\r', 'AT+CMEE?\r', 'ATQ0\r', 'ATV1\r', 'ATE0\r', 'AT+CSQ\r']);
  });

  it('leaves a prompt that stands open, and never ends it with Ctrl-Z (C1)', async () => {
    const { done, answer, written } = await synchronise({ ...healthy, '\x1b\r': '\r\n> \x1b\r\nOK\r\n\r\nERROR\r\n' });
    expect([done, answer]).toEqual(['ready', question]);
    expect(written.join('')).not.toContain('\x1a');
  });

  it('opens the mouth of a quiet modem (C2: ATQ1)', async () => {
    const { done, answer, written } = await synchronise({ ...healthy, 'AT\r': '' });
    expect([done, answer]).toEqual(['ready', question]);
    expect(written.slice(2, 5)).toEqual(['AT\r', 'ATQ0\r', 'AT+CMEE?\r']);
  });

  it('understands digits and echoes (C2: ATV0, ATE1)', async () => {
    const { done, answer } = await synchronise({
      ...healthy,
      'AT\r': 'AT\r0\r',
      'AT+CMEE?\r': 'AT+CMEE?\r+CMEE: 0\r\n0\r',
      'ATQ0\r': 'ATQ0\r0\r',
      'ATV1\r': 'ATV1\r\r\nOK\r\n',
      'ATE0\r': 'ATE0\r\r\nOK\r\n',
    });
    expect([done, answer]).toEqual(['ready', question]);
  });

  it('drops what is old (C3)', async () => {
    const stale = '\r\n+ZUSIMR:2\r\n\r\nRING\r\n'.repeat(250);
    const { done, urcs, answer } = await synchronise(healthy, (stream) =>
      stream.say(stale.slice(0, 2_500), stale.slice(2_500)),
    );
    expect([done, urcs, answer]).toEqual(['ready', [], question]);
  });

  it('calls again when the first AT is lost (C4)', async () => {
    const { done, answer, ms } = await synchronise({ ...healthy, 'AT\r': '', 'ATQ0\r': ['', ok] });
    expect([done, answer]).toEqual(['ready', question]);
    expect(ms).toBeLessThan(2_000);
  });

  it('is not led astray by two answers to the first AT (C5)', async () => {
    const { done, answer } = await synchronise({ ...healthy, 'AT\r': '\r\nOK\r\n\r\nOK\r\n' });
    expect([done, answer]).toEqual(['ready', question]);
    const late = await synchronise({ ...healthy, 'AT+CMEE?\r': '\r\nOK\r\n\r\nERROR\r\n\r\n+CMEE: 0\r\n\r\nOK\r\n' });
    expect([late.done, late.answer]).toEqual(['ready', question]);
  });

  it('does with a modem that knows no marker', async () => {
    const { done, answer, ms, written } = await synchronise({
      ...healthy,
      'AT+CMEE?\r': '\r\nERROR\r\n',
      'AT+CMGF?\r': ok,
    });
    expect([done, answer]).toEqual(['ready', question]);
    expect(ms).toBeLessThan(1_000);
    expect(written).not.toContain('AT+CSMS?\r');
  });

  it('waits for the end of the marker’s answer, however slow', async () => {
    const stream = new ScriptedStream({ ...healthy, 'AT+CMEE?\r': '\r\nOK\r\n\r\n+CMEE: 0\r\n' });
    const clock = new VirtualClock();
    const channel = new AtChannel(stream, { clock, log: silentLogger, onUrc() {} });
    const done = channel.synchronise();
    await clock.advance(500);
    expect(stream.written.at(-1)).toBe('AT+CMEE?\r');
    stream.say(ok);
    await clock.advance(10);
    await done;
    expect(stream.written.at(-1)).toBe('ATE0\r');
  });

  it('accepts ERROR as an answer', async () => {
    const { done } = await synchronise({ ...healthy, 'AT\r': '\r\nERROR\r\n', 'ATQ0\r': '\r\nERROR\r\n' });
    expect(done).toBe('ready');
  });

  it('says when nothing answers', async () => {
    const { done, written } = await synchronise({});
    expect(done).toBe('modem_silent');
    expect(written).toHaveLength(12);
  });

  it('does not wait for the end of a flood', async () => {
    const stream = new ScriptedStream(healthy);
    const clock = new VirtualClock();
    const channel = new AtChannel(stream, { clock, log: silentLogger, onUrc() {} });
    const flood = () => {
      stream.say('\r\n+ZUSIMR:2\r\n');
      if (clock.monotonic() < 5_000) clock.after(10, flood);
    };
    flood();
    let ready = Number.POSITIVE_INFINITY;
    const done = channel.synchronise().then(() => {
      ready = clock.monotonic();
    });
    await clock.advance(3_000);
    await done;
    expect(ready).toBeLessThan(1_200);
  });
});

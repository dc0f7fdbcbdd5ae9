import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { openModemPort } from '../../src/transport/modem-port.ts';
import { probePort } from '../../src/transport/probe.ts';
import { openSerial } from '../../src/transport/serial.ts';
import { temporaryFolder } from '../support/gateway-process.ts';
import { PtyPair } from '../support/pty-pair.ts';
import { until } from '../support/until.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const clock = systemClock;
const bytes = (text: string) => Buffer.from(text, 'latin1');
const text = (chunk: Uint8Array) => Buffer.from(chunk).toString('latin1');
/** The modem's end says back what it hears. */
const echo = (pair: PtyPair) => pair.onData((heard) => pair.say(heard));

/** Rejects with what went wrong; fails when nothing did. */
async function errorOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => expect.fail('it should have been refused'),
    (error: unknown) => error,
  );
}

describe('a serial port', () => {
  it('carries every byte both ways', async () => {
    await using pair = new PtyPair();
    echo(pair);
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    const port = await openSerial(pair.path, { clock });
    const heard: number[] = [];
    port.onData((chunk) => heard.push(...chunk));
    await port.write(all);
    await until('all bytes', () => heard.length >= 256);
    expect(heard).toEqual([...all]);
    await port.close();
  });

  it('keeps what came before somebody listened', async () => {
    await using pair = new PtyPair();
    const port = await openSerial(pair.path, { clock });
    pair.onData(() => pair.say('\r\nOK\r\n'));
    await port.write(bytes('AT\r'));
    const heard: string[] = [];
    port.onData((chunk) => heard.push(text(chunk)));
    await until('the answer', () => heard.join('').includes('OK'));
    expect(heard.join('')).toBe('\r\nOK\r\n');
    await port.close();
  });

  it('keeps the order of writes that are larger than the line takes at once, and reads while they wait', async () => {
    await using pair = new PtyPair();
    const port = await openSerial(pair.path, { clock });
    const arrived: string[] = [];
    const heard: string[] = [];
    port.onData((chunk) => heard.push(text(chunk)));
    pair.pause();
    const writes = [port.write(bytes('a'.repeat(40_000))), port.write(bytes('b'.repeat(40_000)))];
    pair.say('RING\r\n');
    await until('the call while the line is full', () => heard.join('') === 'RING\r\n');
    pair.onData((more) => arrived.push(more));
    pair.resume();
    await Promise.all(writes);
    await until('all of it', () => arrived.join('').length === 80_000);
    expect(arrived.join('')).toBe('a'.repeat(40_000) + 'b'.repeat(40_000));
    await port.close();
  });

  it('can be opened again after it was closed, at once and often', async () => {
    await using pair = new PtyPair();
    echo(pair);
    for (let round = 0; round < 5; round += 1) {
      const port = await openSerial(pair.path, { clock });
      let heard = '';
      port.onData((chunk) => {
        heard += text(chunk);
      });
      await port.write(bytes(`round ${round}`));
      await until('the echo', () => heard === `round ${round}`);
      await port.close();
      await port.close();
    }
  });

  it('says once that it was closed, without an error when that was asked for', async () => {
    await using pair = new PtyPair();
    const port = await openSerial(pair.path, { clock });
    const ends: (Error | undefined)[] = [];
    port.onClose((error) => ends.push(error));
    await port.close();
    await until('the end', () => ends.length > 0);
    expect(ends).toEqual([undefined]);
    await expect(port.write(bytes('AT\r'))).rejects.toMatchObject({ code: 'port_closed' });
  });

  it('says that the modem is gone when the other end hangs up', async () => {
    await using pair = new PtyPair();
    const port = await openSerial(pair.path, { clock });
    const ends: (Error | undefined)[] = [];
    port.onClose((error) => ends.push(error));
    await pair.pull();
    await until('the end', () => ends.length > 0);
    expect(ends).toMatchObject([{ code: 'port_closed', message: expect.stringContaining('unplugged') }]);
    await expect(port.write(bytes('AT\r'))).rejects.toMatchObject({ code: 'port_closed' });
  });

  it('gives up a port that accepts nothing for 5 s, and lets go of it', async () => {
    await using pair = new PtyPair();
    const virtual = new VirtualClock();
    const port = await openSerial(pair.path, { clock: virtual });
    pair.pause();
    const refused = errorOf(port.write(new Uint8Array(200_000)));
    await virtual.advanceUntil(() => virtual.waiting > 0);
    await virtual.advance(5001);
    expect(await refused).toMatchObject({ code: 'port_stalled', message: expect.stringContaining('5 s') });
    await port.close();
    const again = await openSerial(pair.path, { clock });
    await again.close();
  });

  it('answers within a millisecond', async () => {
    await using pair = new PtyPair();
    echo(pair);
    const port = await openSerial(pair.path, { clock });
    const times: number[] = [];
    for (let round = 0; round < 200; round += 1) {
      const begun = clock.monotonic();
      await new Promise<void>((resolve, reject) => {
        port.onData(() => resolve());
        port.write(bytes('A')).catch(reject);
      });
      times.push(clock.monotonic() - begun);
    }
    await port.close();
    // The median measured alone is 0.1 ms; ten times that leaves room for a busy machine.
    expect(times.sort((a, b) => a - b)[100]).toBeLessThan(1);
  });
});

describe('a port that somebody else has', () => {
  it('is refused to a second opener in this process, also under another name', async () => {
    await using pair = new PtyPair();
    using folder = temporaryFolder();
    const link = join(folder.path, 'modem');
    symlinkSync(pair.path, link);
    const port = await openSerial(pair.path, { clock });
    expect(await errorOf(openSerial(link, { clock }))).toMatchObject({
      code: 'port_busy',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await port.close();
    const second = await openSerial(link, { clock });
    expect(second.name).toBe(link);
    await second.close();
  });

  it('is refused while another process has it, with its name and id, and taken over when that one was killed', async () => {
    await using pair = new PtyPair();
    const source = `
      import { openSerial } from ${JSON.stringify(join(import.meta.dirname, '../../src/transport/serial.ts'))};
      import { systemClock as clock } from ${JSON.stringify(join(import.meta.dirname, '../../src/core/clock.ts'))};
      await openSerial(${JSON.stringify(pair.path)}, { clock });
      console.log('open');
    `;
    const other = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(other, 'exit');
    await once(other.stdout, 'data');
    expect(await errorOf(openSerial(pair.path, { clock }))).toMatchObject({
      code: 'port_busy',
      message: expect.stringContaining(`another gateway (process ${other.pid})`),
    });
    other.kill('SIGKILL');
    await gone;
    const port = await openSerial(pair.path, { clock });
    await port.close();
  });
});

describe('a port that cannot be opened', () => {
  it('is named when it does not exist', async () => {
    expect(await errorOf(openSerial('/dev/ttyUSB99', { clock }))).toMatchObject({
      code: 'port_not_found',
      message: expect.stringContaining('/dev/ttyUSB99'),
    });
  });

  it('is named when it is no port', async () => {
    expect(await errorOf(openSerial('/etc/passwd', { clock }))).toMatchObject({ code: 'port_failed' });
    // A device without a line; its lock must be free again for the second attempt.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await errorOf(openSerial('/dev/full', { clock }))).toMatchObject({
        code: 'port_failed',
        message: expect.stringContaining('/dev/full cannot be opened'),
      });
    }
  });

  it('is not opened for somebody who has given up', async () => {
    await using pair = new PtyPair();
    const reason = new Error('given up');
    expect(await errorOf(openSerial(pair.path, { clock, signal: AbortSignal.abort(reason) }))).toBe(reason);
  });
});

describe('MODEM_PORT with a path', () => {
  it('opens it anew each time', async () => {
    await using pair = new PtyPair();
    const open = openModemPort(pair.path, { clock, log: silentLogger });
    for (let round = 0; round < 2; round += 1) await (await open()).close();
    await pair.pull();
    expect(await errorOf(open())).toMatchObject({ code: 'port_not_found' });
  });
});

describe('probing', () => {
  it('finds a modem by any answer, and reads its IMEI', async () => {
    await using pair = new PtyPair();
    let line = '';
    pair.onData((heard) => {
      line += heard;
      if (!line.endsWith('\r')) return;
      pair.say(line.includes('CGSN') ? 'AT+CGSN\r\r\n490154203237518\r\n\r\nOK\r\n' : '\r\nERROR\r\n');
      line = '';
    });
    const result = await probePort((signal) => openSerial(pair.path, { clock, ...(signal && { signal }) }), clock);
    expect(result).toEqual({ answers: true, imei: '490154203237518' });
  });
});

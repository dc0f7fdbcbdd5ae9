import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.ts';
import { AwaitedIo } from '../../../src/transport/awaited-io.ts';
import { openModemPort } from '../../../src/transport/modem-port.ts';
import { PortStream } from '../../../src/transport/port-stream.ts';
import { readableBytes, recordStream } from '../../../src/transport/record.ts';
import { parseTcpAddress } from '../../../src/transport/tcp.ts';
import { ScriptedStream } from '../../support/scripted-stream.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const clock = new VirtualClock();

describe('what MODEM_PORT may name', () => {
  it.each(['/dev/ttyUSB1', 'COM3', 'tcp://10.0.0.5:7000', 'auto'])('%s is understood', (spec) => {
    expect(openModemPort(spec, { clock, log: silentLogger })).toBeTypeOf('function');
  });

  it.each([
    ['ttyUSB1', 'Did you mean /dev/ttyUSB1?'],
    ['10.0.0.5:7000', 'Did you mean tcp://10.0.0.5:7000?'],
    ['bluetooth', '/dev/ttyUSB1, tcp://host:port, or auto'],
    ['tcp://10.0.0.5', 'tcp://192.168.1.5:7000'],
    ['tcp://:7000', 'tcp://192.168.1.5:7000'],
    ['tcp://host:70000', 'tcp://192.168.1.5:7000'],
  ])('%s is refused at once, with a hint', (spec, hint) => {
    expect(() => openModemPort(spec, { clock, log: silentLogger })).toThrow(
      expect.objectContaining({ code: 'setting_invalid', message: expect.stringContaining(hint) }),
    );
  });

  it.each([
    ['tcp://modem.lan:7000', { host: 'modem.lan', port: 7000 }],
    ['tcp://[fe80::1%eth0]:1', { host: 'fe80::1%eth0', port: 1 }],
    ['TCP://10.0.0.5:65535/', { host: '10.0.0.5', port: 65_535 }],
  ])('%s is an address', (address, parsed) => {
    expect(parseTcpAddress(address)).toEqual(parsed);
  });
});

describe('recording', () => {
  it('shows both directions and changes neither', async () => {
    const modem = new ScriptedStream({ 'AT\r': '\r\nOK\r\n' });
    const record: string[] = [];
    const stream = recordStream(modem, (direction, bytes) => record.push(`${direction} ${readableBytes(bytes)}`));
    const heard: string[] = [];
    const ends: unknown[] = [];
    stream.onData((chunk) => heard.push(Buffer.from(chunk).toString('latin1')));
    stream.onClose((error) => ends.push(error));
    await stream.write(Buffer.from('AT\r'));
    await stream.close();
    expect(record).toEqual(['out AT<CR>', 'in <CR><LF>OK<CR><LF>']);
    expect({ name: stream.name, heard, ends }).toEqual({ name: 'scripted', heard: ['\r\nOK\r\n'], ends: [undefined] });
  });

  it('makes every byte readable', () => {
    expect(readableBytes(Uint8Array.of(0x41, 0x1a, 0x1b, 0x00, 0x7f, 0xff))).toBe('A<Ctrl-Z><ESC><00><7F><FF>');
  });
});

/** A port of the kind that Windows has: reads wait until something comes. */
function awaitedPort() {
  const waiting: { buffer: Buffer; resolve(result: { bytesRead: number }): void; reject(error: Error): void }[] = [];
  const written: string[] = [];
  return {
    written,
    say(text: string) {
      const read = waiting.shift();
      read?.resolve({ bytesRead: read.buffer.write(text, 'latin1') });
    },
    fail: (error: Error) => waiting.shift()?.reject(error),
    read: (buffer: Buffer) =>
      new Promise<{ bytesRead: number }>((resolve, reject) => {
        waiting.push({ buffer, resolve, reject });
      }),
    async write(bytes: Buffer) {
      written.push(bytes.toString('latin1'));
    },
    async flush() {},
    async close() {
      this.fail(new Error('canceled'));
    },
  };
}

describe('a port that cannot be polled', () => {
  const opened = () => {
    const port = awaitedPort();
    const stream = new PortStream({ name: 'COM3', clock, io: new AwaitedIo(port), lostMeans: 'it was unplugged' });
    const heard: string[] = [];
    const ends: unknown[] = [];
    stream.onData((chunk) => heard.push(Buffer.from(chunk).toString('latin1')));
    stream.onClose((error) => ends.push(error));
    return { port, stream, heard, ends };
  };

  it('carries bytes both ways', async () => {
    const { port, stream, heard, ends } = opened();
    await stream.write(Buffer.from('xAT\r').subarray(1));
    port.say('one');
    await clock.advance(0);
    port.say('two');
    await clock.advance(0);
    await stream.close();
    await clock.advance(0);
    expect({ written: port.written, heard, ends }).toEqual({
      written: ['AT\r'],
      heard: ['one', 'two'],
      ends: [undefined],
    });
  });

  it('says that it is gone', async () => {
    const { port, ends } = opened();
    port.fail(new Error('device removed'));
    await clock.advance(0);
    expect(ends).toMatchObject([
      { code: 'port_closed', message: 'COM3 has closed: it was unplugged (device removed).' },
    ]);
  });
});

import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openPty } from '../../src/virtual/pty.ts';
import { serveVirtualModem, type ServedVirtualModem, type ServeOptions } from '../../src/virtual/serve.ts';
import { until } from '../support/until.ts';

/** A program that has opened a terminal, as plainly as can be. */
class Terminal {
  readonly #fd: number;
  readonly #buffer = Buffer.alloc(65_536);
  heard = Buffer.alloc(0);

  constructor(path: string) {
    this.#fd = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  }

  write(bytes: string | Uint8Array): void {
    writeSync(this.#fd, Buffer.from(bytes));
  }

  /** What has come so far; throws when the terminal is gone. */
  read(): string {
    try {
      const length = readSync(this.#fd, this.#buffer);
      if (length === 0) throw new Error('hung up');
      this.heard = Buffer.concat([this.heard, this.#buffer.subarray(0, length)]);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
    return this.heard.toString('latin1');
  }

  async until(text: string): Promise<string> {
    await until(JSON.stringify(text), () => this.read().includes(text), 5000);
    const heard = this.heard.toString('latin1');
    this.heard = Buffer.alloc(0);
    return heard;
  }

  gone(): boolean {
    try {
      this.read();
      return false;
    } catch {
      return true;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('a pseudo-terminal', () => {
  it('passes every byte unchanged both ways, and survives being closed and opened', async () => {
    const pty = openPty(systemClock);
    const got: number[] = [];
    const clients: boolean[] = [];
    pty.onData((chunk) => void got.push(...chunk));
    pty.onClient((present) => void clients.push(present));
    try {
      for (let round = 1; round <= 3; round += 1) {
        const terminal = new Terminal(pty.path);
        await until('the opening to be seen', () => clients.length === round * 2 - 1);
        terminal.write(everyByte);
        await until('all bytes', () => got.length === 256);
        expect(got.splice(0)).toEqual([...everyByte]);
        pty.write(everyByte);
        await until('all bytes back', () => terminal.read().length === 256);
        expect([...terminal.heard]).toEqual([...everyByte]);
        terminal.close();
        await until('the closing to be seen', () => clients.length === round * 2);
      }
      expect(clients).toEqual([true, false, true, false, true, false]);
    } finally {
      pty.close();
    }
    await until('the path to be gone', () => !existsSync(pty.path));
  });

  it('passes more than the kernel takes at once', async () => {
    const pty = openPty(systemClock);
    const terminal = new Terminal(pty.path);
    try {
      let present = false;
      pty.onClient((now) => {
        present = now;
      });
      await until('the opening to be seen', () => present);
      for (let block = 0; block < 40; block += 1) pty.write(new Uint8Array(5000).fill(block));
      await until('200,000 bytes', () => terminal.read().length === 200_000);
      expect(terminal.heard.every((byte, at) => byte === Math.floor(at / 5000))).toBe(true);
    } finally {
      terminal.close();
      pty.close();
    }
  });
});

describe('a served modem', () => {
  let folder: string;
  let served: ServedVirtualModem | null = null;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simloft-virtual-'));
  });

  afterEach(async () => {
    await served?.close();
    served = null;
    rmSync(folder, { recursive: true, force: true });
  });

  async function serve(options: ServeOptions): Promise<ServedVirtualModem> {
    served = await serveVirtualModem({ profile: 'clean', seed: 3, ...options });
    return served;
  }

  it('answers on a pseudo-terminal, with a link that follows it when it is replugged', async () => {
    const link = join(folder, 'modem');
    const { port, modem } = await serve({ pty: true, symlink: link });
    expect(port).toBe(link);
    const terminal = new Terminal(port);
    terminal.write('ATE0\r');
    await terminal.until('\r\nOK\r\n');
    terminal.write('AT+CNMI=2,1,0,2,0\r');
    expect(await terminal.until('OK\r\n')).toBe('\r\nOK\r\n');
    modem.network.deliver({ from: '+79161234567', text: 'Привет 👍' });
    expect(await terminal.until('+CMTI')).toContain('+CMTI: "SM",1');
    modem.faults.unplug();
    await until('the hang-up', () => terminal.gone());
    terminal.close();
    expect(existsSync(link)).toBe(false);
    modem.faults.replug();
    const again = new Terminal(link);
    again.write('AT\r');
    await again.until('OK\r\n');
    again.close();
    expect(modem.misuse).toEqual([]);
  });

  it('forgets what a killed program had begun', async () => {
    const { port, modem } = await serve({ pty: true, submitMs: 300 });
    const killed = new Terminal(port);
    killed.write('AT+CMGS=26\r');
    await killed.until('> ');
    killed.write('0031000B919761214365F70000A70DD4F29C0EDAA0629B14685306\x1a');
    await killed.until('\x1a');
    killed.close();
    await until('the message at the network', () => modem.network.submitted.length === 1);
    const next = new Terminal(port);
    next.write('\x1b\rAT\r');
    await next.until('OK\r\n');
    next.close();
  });

  it('refuses a link over a file', async () => {
    await expect(serve({ pty: true, symlink: import.meta.filename })).rejects.toMatchObject({ code: 'port_busy' });
    expect(lstatSync(import.meta.filename).isFile()).toBe(true);
  });

  it('answers on TCP, one program at a time', async () => {
    const { port, modem } = await serve({ tcpPort: 0 });
    const number = Number(/^tcp:\/\/127\.0\.0\.1:(\d+)$/.exec(port)?.[1]);
    const first = new Client(connect(number, '127.0.0.1'));
    first.socket.write('AT\r');
    await until('the answer', () => first.heard === 'AT\r\r\nOK\r\n');
    const second = new Client(connect(number, '127.0.0.1'));
    await until('the second one to be sent away', () => second.closed);
    first.socket.destroy();
    await until('the port to be free', async () => {
      const third = new Client(connect(number, '127.0.0.1'));
      third.socket.write('AT\r');
      await until('an answer or the end', () => third.closed || third.heard !== '');
      third.socket.destroy();
      return third.heard === 'AT\r\r\nOK\r\n';
    });
    modem.faults.unplug();
    const none = new Client(connect(number, '127.0.0.1'));
    await until('nobody there', () => none.closed);
  });

  it.each([['a free port'], ['a path']])('takes requests on %s, one JSON object a line', async (kind) => {
    const { control, modem } = await serve({ tcpPort: 0, control: kind === 'a path' ? join(folder, 'c.sock') : 0 });
    const client = new Client(
      kind === 'a path' ? connect(control) : connect(Number(control.split(':')[1]), '127.0.0.1'),
    );
    client.socket.write('{"do":"sms","from":"900","text":"один\\nдва"}\n{"do":"sm');
    client.socket.write('z"}\n\n{"do":"storage"}\n');
    await until('three answers', () => client.heard.split('\n').length === 4);
    const answers = client.heard
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(answers).toMatchObject([
      { ok: true },
      { ok: false, error: 'There is no request "smz". Is "sms" meant?' },
      { ok: true, SM: [{ index: 1 }] },
    ]);
    expect(modem.stored('SM')).toHaveLength(1);
    client.socket.destroy();
  });

  it('refuses an address that is taken', async () => {
    const { control } = await serve({ tcpPort: 0 });
    const taken = serveVirtualModem({ tcpPort: 0, control: Number(control.split(':')[1]) });
    await expect(taken).rejects.toMatchObject({ code: 'address_in_use' });
  });
});

class Client {
  readonly socket: Socket;
  heard = '';
  closed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      this.heard += text;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.closed = true;
    });
  }
}

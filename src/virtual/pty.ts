import { execFileSync } from 'node:child_process';
import { closeSync, fstatSync, readSync, statSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import * as nodePty from '@lydell/node-pty';
import type { Clock, Timer } from '../core/clock.ts';
import { SimloftError } from '../core/errors.ts';

export interface Pty {
  /** What the other program opens. */
  readonly path: string;
  /** Bytes that the other program has written. */
  onData(listener: (chunk: Uint8Array) => void): void;
  /** The other program has opened the path (true), or closed it (false). */
  onClient(listener: (present: boolean) => void): void;
  /** What nobody has opened takes no bytes: they are dropped. */
  write(bytes: Uint8Array): void;
  /** The path is gone; a program that has it open is told so. */
  close(): void;
}

const busyPollMs = 1;
const idlePollMs = 5;
/** So many polls without a byte, and the line counts as idle. */
const idleAfterPolls = 100;

/**
 * A new pseudo-terminal whose one end is ours: raw, every byte passes as it is. The other end may be opened and closed again and again.
 * It is read by asking, because the operating system reports "nobody has it open" as an error, upon which a stream of Node would close our end too.
 * @throws SimloftError `command_unsupported` where there are no pseudo-terminals.
 */
export function openPty(clock: Clock): Pty {
  const { path, master, fd } = openTerminal();
  return new PolledPty({ clock, path, fd, closeMaster: () => void master.destroy() });
}

interface Terminal {
  readonly path: string;
  readonly fd: number;
  readonly master: ReadStream;
}

function openTerminal(): Terminal {
  // The package offers `open`, its type declarations do not.
  const open: unknown = Reflect.get(nodePty, 'open') ?? Reflect.get(Reflect.get(nodePty, 'default'), 'open');
  if (typeof open !== 'function' || process.platform === 'win32') throw unsupported();
  const terminal: unknown = Reflect.apply(open, nodePty, [{ encoding: null }]);
  if (typeof terminal !== 'object' || terminal === null) throw unsupported();
  const master: unknown = Reflect.get(terminal, 'master');
  const slave: unknown = Reflect.get(terminal, 'slave');
  const fd: unknown = Reflect.get(terminal, 'fd');
  const path: unknown = Reflect.get(terminal, 'ptsName');
  if (
    !(master instanceof ReadStream && slave instanceof ReadStream) ||
    typeof fd !== 'number' ||
    typeof path !== 'string'
  )
    throw unsupported();
  // Both streams want to begin to read at once; nothing may be read but by us.
  for (const stream of [master, slave]) Reflect.set(stream, '_read', () => {});
  execFileSync('stty', [process.platform === 'linux' ? '-F' : '-f', path, 'raw', '-echo']);
  slave.destroy();
  closeOtherEnds(path, fd);
  return { path, fd, master };
}

/** The package keeps a descriptor of the far end for itself; as long as it is open, the far end never counts as closed. */
function closeOtherEnds(path: string, after: number): void {
  const device = statSync(path).rdev;
  for (let fd = after + 1; fd <= after + 8; fd += 1) {
    try {
      if (fstatSync(fd).rdev === device) closeSync(fd);
    } catch {
      // There is no descriptor of this number.
    }
  }
}

function unsupported(): SimloftError {
  return new SimloftError(
    'command_unsupported',
    'There are no pseudo-terminals here: serve the virtual modem on a TCP port.',
  );
}

interface PolledPtyOptions {
  readonly clock: Clock;
  readonly path: string;
  readonly fd: number;
  readonly closeMaster: () => void;
}

class PolledPty implements Pty {
  readonly path: string;
  readonly #options: PolledPtyOptions;
  readonly #buffer = new Uint8Array(4096);
  #dataListener: ((chunk: Uint8Array) => void) | null = null;
  #clientListener: ((present: boolean) => void) | null = null;
  #present = false;
  #unsent: Uint8Array[] = [];
  #quietPolls = 0;
  #timer: Timer | null = null;
  #closed = false;

  constructor(options: PolledPtyOptions) {
    this.path = options.path;
    this.#options = options;
    this.#poll();
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#dataListener = listener;
  }

  onClient(listener: (present: boolean) => void): void {
    this.#clientListener = listener;
  }

  write(bytes: Uint8Array): void {
    if (this.#closed || !this.#present) return;
    this.#unsent.push(bytes);
    this.#send();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#timer?.cancel();
    this.#options.closeMaster();
  }

  #poll(): void {
    let got = this.#read();
    while (got === 'data') {
      this.#quietPolls = 0;
      got = this.#read();
    }
    if (this.#closed) return;
    this.#setPresent(got === 'nothing');
    this.#send();
    this.#quietPolls += 1;
    const ms = this.#quietPolls < idleAfterPolls ? busyPollMs : idlePollMs;
    this.#timer = this.#options.clock.after(ms, () => this.#poll());
  }

  #read(): 'data' | 'nothing' | 'nobody' {
    if (this.#closed) return 'nobody';
    try {
      const length = readSync(this.#options.fd, this.#buffer);
      if (length === 0) return 'nobody';
      this.#setPresent(true);
      this.#dataListener?.(this.#buffer.slice(0, length));
      return 'data';
    } catch (error) {
      return isCode(error, 'EAGAIN') ? 'nothing' : 'nobody';
    }
  }

  #setPresent(present: boolean): void {
    if (present === this.#present) return;
    this.#present = present;
    this.#quietPolls = 0;
    if (!present) this.#unsent = [];
    this.#clientListener?.(present);
  }

  /** The kernel takes a few kilobytes; the rest waits for the next poll. */
  #send(): void {
    for (let next = this.#unsent[0]; next !== undefined; next = this.#unsent[0]) {
      try {
        const sent = writeSync(this.#options.fd, next);
        if (sent < next.length) this.#unsent[0] = next.subarray(sent);
        else this.#unsent.shift();
      } catch {
        return;
      }
    }
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Who a server runs as: root may not run PostgreSQL, so it becomes the user that the package made. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

export function serverUser(name: string): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const [, , uid, gid] =
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .find(([user]) => user === name) ?? [];
  return uid === undefined || gid === undefined ? {} : { uid: Number(uid), gid: Number(gid) };
}

/** A folder of its own for a server, which that user owns. */
export function serverFolder(name: string, user: ServerUser): string {
  const path = mkdtempSync(join(tmpdir(), `simloft-${name}-`));
  mkdirSync(path, { recursive: true });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
  return path;
}

/** A TCP port of 127.0.0.1 that nobody listens on just now. */
export async function freePort(): Promise<number> {
  for (;;) {
    // Below those that the system gives to whoever asks for any (32768 and up): a server that is down for a while finds its own again.
    const port = randomInt(12_000, 32_000);
    const server = createServer();
    server.listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch {
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** Runs a program to its end; rejects with what it printed when it fails. Nothing here stands still meanwhile: a virtual modem may live here too. */
export async function run(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv } & ServerUser = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { ...options, encoding: 'utf8' });
  return stdout;
}

/** A server in a process group of its own, so that all of it can be killed at once. */
export class PrivateProcess {
  readonly #child: ChildProcess;
  readonly #gone: Promise<unknown>;

  constructor(command: string, args: readonly string[], options: { env: NodeJS.ProcessEnv; log: string } & ServerUser) {
    const log = openSync(options.log, 'a');
    const { uid, gid } = options;
    this.#child = spawn(command, args, {
      env: options.env,
      detached: true,
      stdio: ['ignore', log, log],
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    this.#gone = once(this.#child, 'exit');
    this.#gone.catch(() => {});
    // Whatever ends the tests, their servers end with them.
    const endToo = () => this.signal('SIGKILL');
    process.once('exit', endToo);
    this.#child.once('exit', () => process.off('exit', endToo));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** To the whole group: a database has a process for each connection. */
  signal(signal: NodeJS.Signals): void {
    if (this.pid === 0) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // It is gone already.
    }
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.alive) return;
    this.signal(signal);
    await this.#gone;
  }
}

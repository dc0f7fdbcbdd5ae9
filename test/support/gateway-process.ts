import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');

/** The gateway as a user starts it: `bin/simloft start` in a process of its own. */
export class GatewayProcess {
  readonly base: string;
  readonly #child: ChildProcess;
  readonly #output: string[];

  private constructor(base: string, child: ChildProcess, output: string[]) {
    this.base = base;
    this.#child = child;
    this.#output = output;
  }

  /** Begins one and kills it after a while, wherever it has got to by then. */
  static async startAndKill(env: Readonly<Record<string, string>>, afterMs: number): Promise<void> {
    const child = spawnGateway(env, []);
    await Promise.race([pause(afterMs), once(child, 'exit')]);
    const gone = once(child, 'exit');
    if (child.kill('SIGKILL')) await gone;
  }

  /** Resolves when it has said where it listens. Rejects with its output when it ends before. */
  static async start(env: Readonly<Record<string, string>>, words: readonly string[] = []): Promise<GatewayProcess> {
    const child = spawnGateway(env, words);
    const output: string[] = [];
    const base = await new Promise<string>((resolvePromise, reject) => {
      const look = (chunk: Buffer) => {
        output.push(chunk.toString());
        const found = /(https?:\/\/(?:127\.0\.0\.1|localhost):\d+)/.exec(output.join(''));
        if (found?.[1] !== undefined) resolvePromise(found[1]);
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.once('exit', (code, signal) =>
        reject(new Error(`the gateway ended (${code ?? signal}):\n${output.join('')}`)),
      );
    });
    return new GatewayProcess(base, child, output);
  }

  get output(): string {
    return this.#output.join('');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Waits until it has ended by itself. Gives its exit code. */
  async exited(): Promise<number | null> {
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /** Ends it and waits until it is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    await gone;
    return this.#child.exitCode;
  }

  /** @typeParam T what the answer is meant to be; the test that uses it shows whether it is. */
  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.base}${path}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    const answer: T = JSON.parse(text);
    return answer;
  }

  async post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }
}

function spawnGateway(env: Readonly<Record<string, string>>, words: readonly string[]) {
  return spawn(join(root, 'bin/simloft'), ['start', ...words], {
    cwd: root,
    env: { ...process.env, PORT: '0', TZ: 'Europe/Moscow', LOG_LEVEL: 'debug', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What answers the API. */
export interface Api {
  get<T>(path: string): Promise<T>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** Asks for a message; null when it was not accepted, or the gateway is gone. */
export async function askFor(
  gateway: Api,
  message: { phone: string; text: string },
  key?: string,
): Promise<{ id: number; state: string } | null> {
  try {
    const response = await gateway.post('/send-sms', message, key === undefined ? {} : { 'idempotency-key': key });
    if (response.status !== 202) return null;
    const answer: { id: number; state: string } = JSON.parse(await response.text());
    return answer;
  } catch {
    return null;
  }
}

/** A folder of its own that is removed after the test. */
export function temporaryFolder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'simloft-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

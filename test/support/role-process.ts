import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { until } from './until.ts';

const root = resolve(import.meta.dirname, '../..');

export type RoleName = 'worker' | 'handler' | 'scheduler' | 'api';

/** A role as a process of its own, that can be killed and started again. */
export class RoleProcess {
  readonly role: RoleName;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;
  #output: string[] = [];

  constructor(role: RoleName, env: Readonly<Record<string, string>>) {
    this.role = role;
    this.#env = env;
  }

  get output(): string {
    return this.#output.join('');
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Begins it; does not wait for anything. */
  launch(): void {
    this.#output = [];
    const child = spawn(`${root}/bin/simloft`, [this.role], {
      cwd: root,
      env: { ...process.env, PORT: '0', TZ: 'Europe/Moscow', LOG_LEVEL: 'info', ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => this.#note(chunk.toString()));
    const endToo = () => void child.kill('SIGKILL');
    process.once('exit', endToo);
    child.once('exit', () => process.off('exit', endToo));
  }

  /** Resolves when it says that it runs. */
  async start(): Promise<void> {
    this.launch();
    await this.running();
  }

  async running(): Promise<void> {
    await until(
      `the ${this.role} to run`,
      () => {
        if (this.#child?.exitCode !== null) throw new Error(`the ${this.role} ended:\n${this.output}`);
        return this.output.includes(`simloft ${this.role} runs.`);
      },
      60_000,
    );
  }

  /** Where the API listens; only for `api`. */
  get base(): string {
    return /The API answers at (http:\/\/[\d.:]+)/.exec(this.output)?.[1] ?? '';
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
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
    const json = { 'content-type': 'application/json', ...headers };
    return fetch(`${this.base}${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
  }

  #note(text: string): void {
    this.#output.push(text);
    if (this.#output.length > 2_000) this.#output.splice(1, 1_000);
  }
}

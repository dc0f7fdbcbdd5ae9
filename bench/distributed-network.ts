import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { ToModems } from './distributed-modems.ts';

/** Moments on the clock that all processes of a machine share, ms. */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** The other side of the air: virtual modems in a process of their own. */
export class BenchNetwork {
  readonly ports: readonly string[];
  readonly #child: ChildProcess;
  readonly #lines: Interface;

  private constructor(child: ChildProcess, lines: Interface, ports: readonly string[]) {
    this.#child = child;
    this.#lines = lines;
    this.ports = ports;
  }

  static async start(modems: number): Promise<BenchNetwork> {
    const program = join(import.meta.dirname, 'distributed-modems.ts');
    const child = spawn(process.execPath, [program, String(modems)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const endToo = () => void child.kill('SIGKILL');
    process.once('exit', endToo);
    child.once('exit', () => process.off('exit', endToo));
    const lines = createInterface(child.stdout);
    return new BenchNetwork(child, lines, await nextLine<string[]>(lines));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Sends messages; says the moment, ms of {@link machineMs}. */
  async deliver(what: ToModems): Promise<number> {
    const answer = nextLine<number>(this.#lines);
    this.#child.stdin?.write(`${JSON.stringify(what)}\n`);
    return answer;
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

async function nextLine<T>(lines: Interface): Promise<T> {
  const [line]: string[] = await once(lines, 'line');
  const answer: T = JSON.parse(line ?? 'null');
  return answer;
}

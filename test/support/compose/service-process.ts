import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A service of a Compose file as a process without a container, from the folder that is `/app` in the image. */
export class ServiceProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #application: string;
  readonly #env: Readonly<Record<string, string>>;
  #output = '';

  constructor(
    name: string,
    application: string,
    command: readonly string[],
    environment: Readonly<Record<string, string>>,
  ) {
    this.name = name;
    this.#application = application;
    this.#env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, ...environment };
    this.#child = spawn(join(application, 'bin/simloft'), command, {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
  }

  get output(): string {
    return this.#output;
  }

  /** Resident memory, MiB. */
  get residentMiB(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  }

  /** As `docker compose exec`: another program in the same place with the same environment. */
  run(program: string, args: readonly string[] = []): { status: number | null; said: string } {
    const { status, stdout, stderr } = spawnSync(join(this.#application, program.replace(/^\/app\//, '')), args, {
      env: this.#env,
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  }

  /** As `docker compose stop`. @returns the exit code */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await gone;
    return this.#child.exitCode;
  }
}

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage, productionPackages } from '../support/compose/build-image.ts';
import { root, textOf } from '../support/compose/compose-file.ts';
import { copiesOf, readStages } from '../support/compose/dockerfile.ts';
import { temporaryFolder } from '../support/gateway-process.ts';

const stages = readStages(textOf('Dockerfile'));
const last = stages.at(-1)?.instructions ?? [];
const instruction = (keyword: string) => last.find((candidate) => candidate.keyword === keyword);
/** What ENV lines say: `NAME=value NAME=value`. */
const environment = Object.fromEntries(
  last.filter(({ keyword }) => keyword === 'ENV').flatMap(({ words }) => words.map((word) => word.split('='))),
);
const manifest: { devDependencies: Record<string, string> } = JSON.parse(textOf('package.json'));

describe('Dockerfile', () => {
  it('runs on the Node.js that the tests run on', () => {
    const { node } = manifest.devDependencies;
    expect(stages[0]?.from).toBe(`node:${node}-slim`);
    for (const [index, { from }] of stages.entries())
      if (index > 0) expect(stages.slice(0, index).map(({ name }) => name)).toContain(from);
  });

  it('copies what there is, and .dockerignore lets nothing else in', () => {
    const taken = stages
      .flatMap(({ instructions }) => copiesOf(instructions))
      .filter(({ stage }) => stage === null)
      .flatMap(({ sources }) => sources);
    expect(taken.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const [first, ...letIn] = textOf('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(first).toBe('*');
    expect(letIn.map((line) => line.slice(1)).toSorted()).toEqual([...new Set(taken)].toSorted());
  });

  it('does not run as root, and its user may open serial ports', () => {
    expect(instruction('USER')?.text).toMatch(/^[1-9]\d+$/);
    expect(instruction('RUN')?.text).toContain(`--uid ${instruction('USER')?.text} `);
    expect(instruction('RUN')?.text).toContain('--groups dialout');
  });

  it('finds the binaries of its native packages for both processors without building any', () => {
    const packages = productionPackages();
    for (const processor of ['x64', 'arm64']) {
      expect(packages).toContain(`node_modules/@lydell/node-pty-linux-${processor}`);
      const prebuilt = readdirSync(join(root, `node_modules/@serialport/bindings-cpp/prebuilds/linux-${processor}`));
      expect(prebuilt.filter((file) => file.includes('glibc'))).toHaveLength(1);
    }
  });
});

describe('what the image holds', () => {
  const folder = temporaryFolder();
  let application = '';
  beforeAll(() => {
    application = buildImage(stages, folder.path);
  }, 60_000);
  afterAll(() => folder[Symbol.dispose]());

  /** As in a container: the variables of the image and of the service, and a path with Node.js on it. */
  const variables = (more: Record<string, string> = {}) => ({
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    ...environment,
    ...more,
  });
  const inImage = (path: string) => join(application, path.replace(/^\/app\//, ''));
  const [entry = ''] = instruction('ENTRYPOINT')?.words ?? [];

  it('knows its version', () => {
    const printed = execFileSync(inImage(entry), ['--version'], { encoding: 'utf8', env: variables() });
    expect(printed).toBe(`${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}\n`);
  });

  it('has no packages for development, no sources and no secrets', () => {
    expect(readdirSync(application).toSorted()).toEqual(
      ['LICENSE', 'bin', 'deploy', 'dist', 'node_modules', 'package.json'].toSorted(),
    );
    const forDevelopment = Object.keys(manifest.devDependencies).filter((name) => !isNeededByOthers(name));
    expect(forDevelopment.filter((name) => existsSync(join(application, 'node_modules', name)))).toEqual([]);
  });

  it('loads its native packages', () => {
    const load =
      "require('@serialport/bindings-cpp').autoDetect(); require('@lydell/node-pty').spawn; console.log('loaded')";
    const printed = execFileSync(process.execPath, ['-e', load], { cwd: application, encoding: 'utf8' });
    expect(printed).toBe('loaded\n');
  });

  it('runs on a virtual modem, writes nothing into its own folder, is found ready, and ends when it is told', async () => {
    const before = listing(application);
    using data = temporaryFolder();
    const child = spawn(inImage(entry), instruction('CMD')?.words ?? [], {
      env: variables({ DATA_DIR: data.path, PORT: '0' }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const port = await portOf(child.stdout);
      await untilHealthy(port);
      expect(check(port)).toEqual({ status: 0, said: '' });
    } finally {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await gone).toEqual([0, null]);
    }
    expect(listing(application)).toEqual(before);
  });

  describe('health check', () => {
    it('says the reasons of who is not ready', async () => {
      const body = '{"ready":false,"reasons":[{"code":"modem_silent","text":"Nothing answers."}]}';
      const server = createServer((_request, response) => response.writeHead(503).end(body));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      try {
        const port = typeof address === 'object' ? String(address?.port) : '';
        const checking = spawn(healthCheck(), {
          env: variables({ MONITOR_PORT: port }),
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let said = '';
        checking.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
        expect(await once(checking, 'close')).toEqual([1, null]);
        expect(said).toBe(`503 ${body}\n`);
      } finally {
        server.close();
      }
    });

    it('says when nobody listens', () => {
      expect(check('1')).toEqual({ status: 1, said: 'Nothing listens on port 1.\n' });
    });
  });

  const healthCheck = () => inImage(instruction('HEALTHCHECK')?.words[0] ?? '');

  function check(port: string): { status: number | null; said: string } {
    try {
      return {
        status: 0,
        said: execFileSync(healthCheck(), { env: variables({ MONITOR_PORT: port }), encoding: 'utf8' }),
      };
    } catch (error) {
      const status = error instanceof Error && 'status' in error ? Number(error.status) : null;
      return { status, said: error instanceof Error && 'stdout' in error ? String(error.stdout) : '' };
    }
  }

  async function untilHealthy(port: string): Promise<void> {
    await expect.poll(() => check(port), { timeout: 20_000 }).toEqual({ status: 0, said: '' });
  }
});

/** Ajv comes with Fastify, whoever else asks for it. */
function isNeededByOthers(name: string): boolean {
  return productionPackages().includes(`node_modules/${name}`);
}

/** All files of a folder with their sizes and times. */
function listing(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return `${name} ${size} ${mtimeMs}`;
    })
    .toSorted();
}

async function portOf(output: NodeJS.ReadableStream): Promise<string> {
  let said = '';
  for await (const chunk of output) {
    said += String(chunk);
    const [, port] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
    if (port !== undefined) {
      output.resume();
      return port;
    }
  }
  throw new Error(`It ended:\n${said}`);
}

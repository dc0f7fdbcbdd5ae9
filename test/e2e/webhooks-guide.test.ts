import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askFor, GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'docs/guides/webhooks.md'), 'utf8');
const example = (language: string) => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(guide)?.[1] ?? '';

const folder = temporaryFolder();
let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await GatewayProcess.start({ DATA_DIR: join(folder.path, 'data') });
});
afterAll(async () => {
  await gateway?.end('SIGTERM');
  folder[Symbol.dispose]();
});

const simloft = (...words: string[]) =>
  run(join(root, 'bin/simloft'), ['webhooks', ...words, '--port', new URL(gateway.base).port], { cwd: folder.path });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The receiver of the guide, as a process. */
class Receiver {
  output = '';
  readonly #child: ChildProcess;

  constructor(command: string, file: string, env: Record<string, string>) {
    this.#child = spawn(command, [file], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.output += chunk.toString();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

describe('the guide', () => {
  it.each([
    ['js', process.execPath, 'receiver.mjs'],
    ['python', 'python3', 'receiver.py'],
  ])('has a receiver in %s that takes what is genuine and nothing else', async (language, command, name) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const { stdout: secret } = await simloft('add', language, '--url', url, '--events', 'message.changed:queued');
    const file = join(folder.path, name);
    writeFileSync(file, example(language));
    await using receiver = new Receiver(command, file, { SECRET: secret.trim(), PORT: String(port) });
    const tested = await until('the receiver to listen', () => simloft('test', language).catch(() => null));
    expect(tested.stdout).toMatch(/^It answered 204 after \d+ ms\.$/m);
    const message = await askFor(gateway, { phone: '+79161234567', text: `Привет ${language}` });
    expect(message).not.toBeNull();
    await until('the message to be told', () => receiver.output.includes('message.changed'));
    expect(receiver.output).toMatch(/^evt_test\d+_\d+ webhook\.test\nevt_\d+_\d+ message\.changed\n$/);
    const forged = { 'webhook-id': 'x', 'webhook-timestamp': '1', 'webhook-signature': 'v1,AAAA' };
    expect((await fetch(url, { method: 'POST', headers: forged, body: '{}' })).status).toBe(401);
    const { stdout: log } = await simloft('deliveries', language);
    expect(log).toMatch(/message\.changed +out-\d+ +delivered +1/);
    await simloft('remove', language);
  });

  it('names commands that the program understands', async () => {
    const words = [...guide.matchAll(/`(simloft webhooks add [^`…]+)`/g)].map((match) => match[1] ?? '');
    expect(words.length).toBeGreaterThan(1);
    for (const command of words) {
      const [, , , name = '', ...rest] = command.split(' ');
      expect((await simloft('add', `guide ${name}`, ...rest)).stdout).toMatch(/^whsec_/);
    }
    expect((await simloft()).stdout).toContain('guide phone');
  });

  it('is answered in words where something is wrong', async () => {
    const refusal = async (...given: string[]) => {
      const error: unknown = await simloft(...given).catch((thrown: unknown) => thrown);
      return error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    };
    expect(await refusal('add', 'x', '--url', 'http://169.254.169.254/')).toContain('secrets of a cloud');
    expect(await refusal('test', 'nobody')).toContain('There is no webhook "nobody".');
    expect(await refusal('shout')).toContain('It can list, add, remove, test, deliveries.');
    expect(await refusal('add', 'x', 'token')).toContain('NAME=VALUE');
  });
});

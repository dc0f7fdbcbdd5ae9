import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveVirtualModem, type ServedVirtualModem } from '../../src/virtual/serve.ts';
import { GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { chromiumPath } from '../support/servers/chromium.ts';
import { until } from '../support/until.ts';

const root = resolve(import.meta.dirname, '../..');
const page = (name: string) => readFileSync(join(root, 'docs/guides', name), 'utf8');
const example = (guide: string, language: string) =>
  new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page(guide))?.[1] ?? '';

const folder = temporaryFolder();
let served: ServedVirtualModem;
let gateway: GatewayProcess;
let site: LoginSite;
beforeAll(async () => {
  served = await serveVirtualModem({ pty: true, profile: 'clean', seed: 3, latencyMs: 1 });
  gateway = await GatewayProcess.start({ MODEM_PORT: served.port, DATA_DIR: join(folder.path, 'data') });
  await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
  site = await LoginSite.start((text) => served.modem.network.deliver({ from: 'MyBank', text }));
}, 60_000);
afterAll(async () => {
  await gateway?.end('SIGTERM');
  await served?.close();
  site?.close();
  folder[Symbol.dispose]();
});

/** A site that logs in who has the code that it sent last. */
class LoginSite {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(sms: (text: string) => void): Promise<LoginSite> {
    let [code, sent] = ['', 0];
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://site');
      response.setHeader('content-type', 'text/html');
      if (pathname === '/send-code') {
        sent += 1;
        code = String(700_000 + sent * 137);
        sms(`${code} is your code. Do not tell it to anybody.`);
        return response.end();
      }
      if (pathname !== '/login') return response.end(loginPage);
      const right = code !== '' && searchParams.get('code') === code;
      return response.writeHead(right ? 200 : 403).end(right ? `Welcome ${code}` : 'Wrong code');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    return new LoginSite(server, typeof address === 'object' && address !== null ? address.port : 0);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

const loginPage = `<!doctype html><title>Bank</title>
<button onclick="fetch('/send-code', { method: 'POST' })">Send me a code</button>
<label>Code <input id="code"></label>
<button onclick="fetch('/login?code=' + code.value, { method: 'POST' }).then((a) => a.text()).then((t) => { said.textContent = t; })">Log in</button>
<p role="status"></p><script>const said = document.querySelector('p'); const code = document.querySelector('input');</script>`;

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(command: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((done) => {
    execFile(command, [...words], { cwd: root, env: { ...process.env, ...env } }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('the guide to codes', () => {
  const environment = () => ({ SITE: site.url, SIMLOFT: gateway.base, SIMLOFT_KEY: 'none', CHROMIUM: chromiumPath() });

  it.each([
    ['bash', 'bash', 'login.sh'],
    ['python', 'python3', 'login.py'],
    ['js', process.execPath, 'login.mjs'],
  ])('logs in with the example in %s', async (language, command, name) => {
    // Below the root the packages of the project are found.
    const file = join(root, '.cache', name);
    mkdirSync(join(root, '.cache'), { recursive: true });
    writeFileSync(file, example('wait-for-a-code.md', language));
    const { out, err } = await run(command, [file], environment());
    expect(`${out}${err}`.trim()).toMatch(/^Welcome \d{6}$/);
  });
});

describe('the guide to Node-RED', () => {
  it('has a flow whose wires lead to nodes, and asks addresses that exist', async () => {
    interface FlowNode {
      readonly id: string;
      readonly type: string;
      readonly z?: string;
      readonly method?: string;
      readonly url?: string;
      readonly func?: string;
      readonly payload?: string;
      readonly wires?: readonly (readonly string[])[];
    }
    const flow: FlowNode[] = JSON.parse(example('node-red.md', 'json'));
    const ids = flow.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { wires = [] } of flow) for (const id of wires.flat()) expect(ids).toContain(id);
    const asked = flow.filter(({ type }) => type === 'http request');
    expect(asked).toHaveLength(2);
    const document: { paths: Record<string, Record<string, unknown>> } = await gateway.get('/v1/openapi.json');
    for (const { url = '', method = '' } of asked)
      expect(document.paths[new URL(url).pathname]).toHaveProperty(method.toLowerCase());
    const sent = flow.find(({ id }) => id === 'send-button')?.payload ?? '';
    expect((await gateway.post('/v1/messages', JSON.parse(sent))).status).toBe(202);
  });
});

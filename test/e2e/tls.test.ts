import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { GatewayProcess } from '../support/gateway-process.ts';
import { requireProgram } from '../support/servers/install.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const simloft = resolve(import.meta.dirname, '../../bin/simloft');

/** A certificate of its own for `localhost` in `folder`. */
function certify(folder: string, name: string): { cert: string; key: string } {
  const openssl = requireProgram({
    name: 'OpenSSL',
    packages: ['openssl'],
    find: () => (existsSync('/usr/bin/openssl') ? '/usr/bin/openssl' : null),
  });
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -out ${cert} -keyout ${key}`;
  const { status, stderr } = spawnSync(openssl, words.split(' '), { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return { cert, key };
}

interface Asked {
  readonly port: string;
  readonly ca: Buffer;
  readonly method?: string;
  readonly body?: string;
}

function ask(path: string, { port, ca, method = 'GET', body }: Asked): Promise<{ status: number; cookie: string }> {
  return new Promise((done, fail) => {
    const headers = { 'content-type': 'application/json', origin: `https://localhost:${port}` };
    const asked = request({ host: 'localhost', port, path, method, headers, ca }, (answer) => {
      answer.resume();
      answer.on('end', () => done({ status: answer.statusCode ?? 0, cookie: String(answer.headers['set-cookie']) }));
    });
    asked.on('error', fail);
    asked.end(body);
  });
}

interface Ran {
  readonly code: number;
  readonly said: string;
}

function run(words: readonly string[], env: Readonly<Record<string, string>>, input = ''): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile(simloft, [...words], { env: { ...process.env, ...env } }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, said: out + err });
    });
    child.stdin?.end(input);
  });
}

it('a gateway with a certificate and a password is reached over HTTPS, by browsers and by the commands', async () => {
  await using folder = await temporaryDirectory();
  const { cert, key } = certify(folder.path, 'own');
  const env = {
    DATA_DIR: join(folder.path, 'data'),
    MODEM_PORT: 'tcp://127.0.0.1:9',
    LOG_LEVEL: 'error',
    HOST: 'localhost',
  };
  expect(await run(['password'], env, 'short\n')).toMatchObject({
    code: 1,
    said: expect.stringContaining('10 to 200 characters'),
  });
  expect(await run(['password'], env, 'correct horse battery\n')).toEqual({ code: 0, said: 'The password is set.\n' });
  const admin = await run(['keys', 'add', 'me', '--scope', 'admin'], env);
  const gateway = await GatewayProcess.start({ ...env, TLS_CERT: cert, TLS_KEY: key });
  try {
    expect(gateway.base).toMatch(/^https:/);
    const asked = { port: new URL(gateway.base).port, ca: readFileSync(cert) };
    expect(await ask('/get-sms', asked)).toMatchObject({ status: 401 });
    const login = (password: string) =>
      ask('/v1/session', { ...asked, method: 'POST', body: JSON.stringify({ password }) });
    expect(await login('correct horse')).toMatchObject({ status: 401 });
    expect(await login('correct horse battery')).toMatchObject({
      status: 200,
      cookie: expect.stringMatching(/HttpOnly; SameSite=Strict; .*; Secure$/),
    });
    const client = {
      SIMLOFT_URL: `https://localhost:${asked.port}`,
      SIMLOFT_KEY: /^smlf_.*$/m.exec(admin.said)?.[0] ?? '',
    };
    expect(await run(['audit'], client)).toMatchObject({
      code: 1,
      said: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
    const log = await run(['audit'], { ...client, NODE_EXTRA_CA_CERTS: cert });
    expect(log).toMatchObject({ code: 0, said: expect.stringMatching(/owner +\S+ +logIn +owner +done/) });
    expect(log.said).toMatch(/- +\S+ +logIn +- +key_invalid/);
    expect(gateway.output).not.toContain('correct horse');
  } finally {
    await gateway.end('SIGTERM');
  }
});

it('a certificate that cannot be used keeps the gateway from starting, with a sentence', async () => {
  await using folder = await temporaryDirectory();
  const [own, other] = [certify(folder.path, 'own'), certify(folder.path, 'other')];
  const start = (env: Readonly<Record<string, string>>) =>
    run(['start'], { DATA_DIR: join(folder.path, 'data'), PORT: '0', ...env });
  expect(await start({ TLS_CERT: own.cert, TLS_KEY: join(folder.path, 'nothing') })).toMatchObject({
    code: 1,
    said: expect.stringContaining('TLS_KEY names a file that cannot be read: ENOENT'),
  });
  expect(await start({ TLS_CERT: own.cert, TLS_KEY: other.key })).toMatchObject({
    code: 1,
    said: expect.stringContaining('cannot be used together'),
  });
  expect(await start({ TLS_CERT: own.cert })).toMatchObject({
    code: 1,
    said: expect.stringContaining('both are needed'),
  });
});

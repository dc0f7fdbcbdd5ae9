import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';

const simloft = resolve(import.meta.dirname, '../../bin/simloft');

function run(words: readonly string[], env: Readonly<Record<string, string>>) {
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    execFile(simloft, [...words], { env: { ...process.env, ...env } }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const status = async (url: string, headers: Readonly<Record<string, string>> = {}) =>
  (await fetch(url, { headers })).status;

it('the first key locks the door, and opens the gateway to other machines', async () => {
  using folder = temporaryFolder();
  // Nothing answers there: it is a gateway with a real modem, which is away.
  const env = { DATA_DIR: folder.path, LOG_LEVEL: 'warn', PORT: '0', MODEM_PORT: 'tcp://127.0.0.1:9' };
  const open = await run(['start', '--host', '0.0.0.0'], env);
  expect(open).toMatchObject({ code: 1, err: expect.stringContaining('simloft keys add') });

  const gateway = await GatewayProcess.start(env);
  const port = new URL(gateway.base).port;
  let key: string;
  try {
    expect(await status(`${gateway.base}/get-sms`)).toBe(200);
    const made = await run(['keys', 'add', 'me', '--scope', 'admin'], { ...env, PORT: port });
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^smlf_[\w-]{43}\n$/) });
    expect(made.err).toContain('shown only now');
    key = made.out.trim();
    expect(await status(`${gateway.base}/get-sms`)).toBe(401);
    expect(await status(`${gateway.base}/get-sms`, { 'x-api-key': key })).toBe(200);
    expect(await status(`${gateway.base}/health/live`)).toBe(200);
    const listed = await run(['keys'], { ...env, PORT: port });
    expect(listed).toMatchObject({ code: 1, err: expect.stringContaining('access key') });
    const withKey = await run(['keys'], { ...env, PORT: port, SIMLOFT_KEY: key });
    expect(withKey).toMatchObject({ code: 0, out: expect.stringContaining('me') });
    expect(withKey.out).not.toContain(key);
    expect(await run(['inbox', '--port', port], { SIMLOFT_KEY: key })).toMatchObject({ code: 0 });
    expect(gateway.output).not.toContain(key);
  } finally {
    await gateway.end('SIGTERM');
  }

  // Now nobody holds the store, and no key is needed to look into it.
  expect(await run(['keys'], env)).toMatchObject({ code: 0, out: expect.stringMatching(/me\s+smlf_.{4}…\s+admin/) });
  const wide = await GatewayProcess.start({ ...env, HOST: '0.0.0.0' });
  try {
    expect(await status(`${wide.base}/get-sms`)).toBe(401);
    expect(await status(`${wide.base}/get-sms`, { authorization: `Bearer ${key}` })).toBe(200);
    expect(
      await run(['keys', 'revoke', 'me'], { ...env, PORT: new URL(wide.base).port, SIMLOFT_KEY: key }),
    ).toMatchObject({ code: 0 });
    expect(await status(`${wide.base}/get-sms`, { authorization: `Bearer ${key}` })).toBe(401);
  } finally {
    await wide.end('SIGTERM');
  }
});

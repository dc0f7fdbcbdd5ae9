import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { until } from '../support/until.ts';

const simloft = resolve(import.meta.dirname, '../../bin/simloft');

/** One call of the program, as from a shell. */
function run(words: readonly string[], options: { input?: string; env?: Record<string, string> } = {}) {
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    const child = execFile(simloft, [...words], { env: { ...process.env, ...options.env } }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
    child.stdin?.end(options.input ?? '');
  });
}

describe('the program without a modem', () => {
  const folder = temporaryFolder();
  let gateway: GatewayProcess;
  let port: string;
  beforeAll(async () => {
    gateway = await GatewayProcess.start({ DATA_DIR: folder.path, LOG_LEVEL: 'warn' });
    port = new URL(gateway.base).port;
  });
  afterAll(async () => {
    await gateway?.end('SIGTERM');
    folder[Symbol.dispose]();
  });

  it('says plainly that the modem is virtual, with two lines to copy', () => {
    expect(gateway.output).toContain('VIRTUAL modem');
    expect(gateway.output).toContain('bin/simloft virtual-modem sms +79161234567');
    expect(gateway.output).toContain('MODEM_PORT=auto npm start');
  });

  it('takes an SMS from the command line and shows it in the inbox', async () => {
    const env = { DATA_DIR: folder.path };
    expect(await run(['virtual-modem', 'sms', '+79161234567', 'Your code is 123456'], { env })).toMatchObject({
      code: 0,
    });
    await until('the message', async () => (await gateway.get<unknown[]>('/get-sms')).length === 1);
    const { out } = await run(['inbox', '--port', port]);
    expect(out).toContain('+79161234567');
    expect(out).toContain('    Your code is 123456');
    const asJson = await run(['inbox', '--port', port, '--json', '--sender', '7916']);
    expect(JSON.parse(asJson.out)).toMatchObject({ sender: '+79161234567', text: 'Your code is 123456' });
  });

  it('sends from the command line', async () => {
    expect(await run(['send', '--port', port, '+79160000000', 'Hi', 'there'])).toMatchObject({
      code: 0,
      out: 'Message 1 to +79160000000 is queued.\n',
    });
    const refused = await run(['send', '--port', port, 'Balance', 'Hi']);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toMatch(/^simloft: .*Balance.*\n$/);
  });

  it('shows the way of a received message and of a sent one, to its delivery', async () => {
    const received = await run(['trace-message', '1', '--port', port]);
    expect(received.code).toBe(0);
    const [titles, read, stored, now] = received.out.split('\n');
    expect(titles).toMatch(/^time +ms +role +what +trace$/);
    expect(read).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} +worker +read from \w+ \d+ \([a-z]+\) +\S+$/);
    expect(stored).toMatch(/ \+\d+ +handler +stored +\S+$/);
    expect(now).toMatch(/^Now: complete; modem virtual; sender \+7916…67; kind text; stored at \d{4}-/);

    const trace = async () => {
      const { out } = await run(['trace-message', '1', '--sent', '--json', '--port', port]);
      const answer: { state: string; steps: { role: string; what: string }[] } = JSON.parse(out);
      return answer;
    };
    await until('the delivery', async () => (await trace()).state === 'delivered');
    const words = (await trace()).steps.map(({ role, what }) => `${role} ${what}`);
    expect(words).toEqual([
      'api queued',
      'scheduler handed over: part 1, try 1',
      'worker asked for leave to send part 1, try 1',
      expect.stringMatching(/^worker sent: part 1, try 1, reference \d+$/),
      'handler reported: part 1 delivered (status 0)',
    ]);
    const unknown = await run(['trace-message', '99', '--port', port]);
    expect(unknown).toMatchObject({ code: 1, err: 'simloft: There is no received message with the id 99.\n' });
    expect(await run(['trace-message', 'x'])).toMatchObject({ code: 2 });
  });

  it('lets no second gateway at the same data directory or the same address', async () => {
    const same = await run(['start', '--port', '0'], { env: { DATA_DIR: folder.path } });
    expect(same.code).toBe(1);
    expect(same.err).toMatch(new RegExp(`in use|Another|listens`));
    expect(same.err).toContain(String(gateway.pid));
    using other = temporaryFolder();
    const taken = await run(['start', '--port', port], { env: { DATA_DIR: other.path } });
    expect(taken).toMatchObject({
      code: 1,
      err: expect.stringContaining(`Another program listens on 127.0.0.1:${port}`),
    });
  });

  it('refuses settings that are wrong or unknown', async () => {
    const wrong = await run(['start'], { env: { PORT: 'eighty' } });
    expect(wrong).toMatchObject({ code: 1, err: expect.stringMatching(/PORT.*eighty/) });
    const unknown = await run(['start', '--modem-prot', 'x']);
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('--modem-port') });
  });
});

describe('decode and encode', () => {
  const pdu = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';

  it('explains what it is given, or lines of standard input', async () => {
    expect((await run(['decode', pdu])).out).toContain('Kod 1234');
    const lines = await run(['decode', '--json'], { input: `${pdu}\n\n00ZZ\n` });
    expect(lines.code).toBe(1);
    const [first, second] = lines.out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(first).toMatchObject({
      ok: true,
      type: 'deliver',
      number: '+79161234567',
      text: 'Kod 1234',
      smsc: '+79168999100',
    });
    expect(second).toMatchObject({ ok: false, error: { path: 'PDU', offset: 1 } });
  });

  it('encodes what it decodes', async () => {
    const { out } = await run(['encode', '+79161234567', 'Ёлки 🎄', '--json']);
    const encoded: { parts: { pdu: string }[] } = JSON.parse(out);
    const decoded = await run(['decode', '--json', encoded.parts[0]?.pdu ?? '']);
    expect(JSON.parse(decoded.out)).toMatchObject({ type: 'submit', number: '+79161234567', text: 'Ёлки 🎄' });
  });

  it.each([
    'start',
    'send',
    'inbox',
    'trace-message',
    'dead-letters',
    'ports',
    'decode',
    'encode',
    'backup',
    'copy',
    'export',
    'import',
    'virtual-modem',
  ])('simloft %s --help helps', async (name) => {
    const { code, out } = await run([name, '--help']);
    expect([code, join(out.split('\n')[0] ?? '')]).toEqual([0, expect.stringContaining(`Usage: simloft ${name}`)]);
  });

  it('is silent about nothing it does not understand', async () => {
    expect(await run(['decod'])).toMatchObject({ code: 2, err: expect.stringContaining('"decode"') });
    expect(await run(['send', '--port', '1', '+79160000000', 'Hi'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('No gateway answers'),
    });
  });
});

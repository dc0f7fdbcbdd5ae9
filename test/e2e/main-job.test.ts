import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveVirtualModem, type ServedVirtualModem } from '../../src/virtual/serve.ts';
import { askFor, GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);

interface Sms {
  readonly id: number;
  readonly message_id: number;
  readonly message_receive_dttm: string;
  readonly sender: string;
  readonly text: string;
}

interface Call {
  readonly caller: string;
  readonly created_at: string;
}

/** The program as a user starts it, a modem on a real pseudo-terminal, and curl. */
describe('the main job over a real pty', () => {
  const folder = temporaryFolder();
  let served: ServedVirtualModem;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    served = await serveVirtualModem({ pty: true, profile: 'clean', noise: true, seed: 7 });
    gateway = await GatewayProcess.start({ MODEM_PORT: served.port, DATA_DIR: folder.path, BALANCE_USSD: '*105#' });
    await until('the gateway to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
  });

  afterAll(async () => {
    await gateway?.end('SIGTERM');
    await served?.close();
    folder[Symbol.dispose]();
  });

  /** As in the request: curl, and JSON on standard output. */
  async function curl<T>(path: string): Promise<T> {
    const { stdout } = await run('curl', ['-sS', '--fail-with-body', `${gateway.base}${path}`]);
    const answer: T = JSON.parse(stdout);
    return answer;
  }

  const messageFrom = (sender: string) =>
    until(
      `a message from ${sender}`,
      async () => (await curl<Sms[]>(`/get-sms?sender=${encodeURIComponent(sender)}`))[0],
    );

  it.each([
    ['GSM 7-bit', '+79160000001', 'Code: 1245566 @£$¥èéùìòÇØøÅå Δ_ΦΓΛΩΠΨΣΘΞ'],
    ['GSM 7-bit with its extension', '+79160000002', 'Price {5} [€] ~ ^ | \\ done'],
    ['UCS-2', '+79160000003', 'Ваш код: 4821. Никому его не сообщайте №1'],
    ['emoji', '+79160000004', 'Привет 👍🏽 семья 👨‍👩‍👧 флаг 🇷🇺'],
    ['line breaks and quotes', '+79160000005', 'one\ntwo "three", four'],
    ['hostile text', '+79160000006', `<script>alert('1')</script>'; DROP TABLE message; -- $(reboot)`],
  ])('receives %s to the character', async (_name, from, text) => {
    served.modem.network.deliver({ from, text });
    const message = await messageFrom(from);
    expect(message.text).toBe(text);
    expect(message.sender).toBe(from);
  });

  it('receives a message from a name', async () => {
    served.modem.network.deliver({ from: 'Balance', text: 'Code: 1245566', scts: '2024-08-20T16:04:41+03:00' });
    expect(await messageFrom('balance')).toMatchObject({
      sender: 'Balance',
      text: 'Code: 1245566',
      message_receive_dttm: '2024-08-20T16:04:41',
    });
  });

  it('joins six parts that come in random order, one of them twice', async () => {
    const text = Array.from({ length: 45 }, (_, index) => `слово${index} 👍`)
      .join(' ')
      .slice(0, 390);
    served.modem.network.deliver({ from: '+79160000007', text, order: [4, 1, 6, 1, 3, 2, 5] });
    expect((await messageFrom('+79160000007')).text).toBe(text);
    const all = await curl<Sms[]>('/get-sms?sender=%2B79160000007');
    expect(all).toHaveLength(1);
  });

  it('receives a flash message', async () => {
    served.modem.network.deliver({ from: '+79160000008', text: 'Flash!', flash: true });
    expect((await messageFrom('+79160000008')).text).toBe('Flash!');
  });

  it('records a call and a withheld call, one record each', async () => {
    served.modem.network.ring({ from: '+78312223344', rings: 3, intervalMs: 60 });
    const call = await until('the call', async () => (await curl<Call[]>('/get-calls?limit=5'))[0]);
    expect(call.caller).toBe('+78312223344');
    expect(call.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
    await until('the line to be free', () => !served.modem.network.ringing);
    served.modem.network.ring({ from: null, rings: 2, intervalMs: 60 });
    const calls = await until('the withheld call', async () => {
      const found = await curl<Call[]>('/get-calls');
      return found.length >= 2 ? found : null;
    });
    expect(calls.map(({ caller }) => caller)).toEqual(['', '+78312223344']);
  });

  it('sends, and learns that it was delivered', async () => {
    const accepted = await askFor(gateway, { phone: '+79161234567', text: 'Test {1} € и ещё 👍' });
    expect(accepted).toMatchObject({ state: 'queued' });
    const sent = await until('the network to get it', () => served.modem.network.submitted.at(-1));
    expect(sent).toMatchObject({ recipient: '+79161234567', text: 'Test {1} € и ещё 👍' });
    await until(
      'delivery',
      async () => (await curl<{ state: string }>(`/send-sms/${accepted?.id}`)).state === 'delivered',
    );
  });

  it('reads operator, signal, technology and a balance in roubles', async () => {
    const reading = (name: string) =>
      until(name, () => curl<{ key: string; data: unknown; updated_at: string } | null>(`/get-${name}`), 30_000);
    expect((await reading('operator')).data).toEqual(expect.any(String));
    expect((await reading('signal')).data).toBeLessThan(-40);
    expect((await reading('signal-type')).data).toMatch(/GSM|UMTS|EDGE|GPRS|HS/);
    expect(await reading('balance')).toMatchObject({ key: 'balance', data: 123.45 });
  });

  it('has used the modem properly', () => {
    expect(served.modem.misuse).toEqual([]);
  });
});

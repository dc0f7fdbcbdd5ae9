import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveVirtualModem, type ServedVirtualModem } from '../../src/virtual/serve.ts';
import { GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';
import { until } from '../support/until.ts';

interface Message {
  readonly id: string;
  readonly state: string;
  readonly steps?: readonly { readonly what: string }[];
}

interface Answered<T> {
  readonly status: number;
  readonly body: T;
}

/** The resources of /v1 with the whole gateway behind them and a modem on a pseudo-terminal. */
describe('/v1 over a real pty', () => {
  const folder = temporaryFolder();
  let served: ServedVirtualModem;
  let gateway: GatewayProcess;
  const ready = () =>
    until('the gateway to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok, 60_000);

  beforeAll(async () => {
    served = await serveVirtualModem({ pty: true, profile: 'clean', seed: 7 });
    gateway = await GatewayProcess.start({ MODEM_PORT: served.port, DATA_DIR: folder.path, BALANCE_USSD: '*105#' });
    await ready();
  });

  afterAll(async () => {
    await gateway?.end('SIGTERM');
    await served?.close();
    folder[Symbol.dispose]();
  });

  async function ask<T>(method: string, path: string, body?: unknown): Promise<Answered<T>> {
    const sent =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${gateway.base}${path}`, { method, ...sent });
    const text = await response.text();
    const answer: T = text === '' ? null : JSON.parse(text);
    return { status: response.status, body: answer };
  }
  const send = async (body: object) => {
    const { body: sent } = await ask<{ items: { message: Message }[] }>('POST', '/v1/messages', body);
    return sent.items[0]?.message.id ?? '';
  };
  const stateOf = async (id: string) => (await ask<Message>('GET', `/v1/messages/${id}`)).body.state;

  it('cancels a message for later, and sends it again when it is wanted after all', async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const id = await send({ to: '+79160000001', text: 'Perhaps', send_at: later });
    expect(await ask('POST', `/v1/messages/${id}/cancel`)).toMatchObject({ status: 200, body: { state: 'canceled' } });
    const again = await ask<Message>('POST', `/v1/messages/${id}/resend`);
    expect(again).toMatchObject({ status: 202, body: { resend_of: id } });
    await until('its delivery', async () => (await stateOf(again.body.id)) === 'delivered');
    expect(await stateOf(id)).toBe('canceled');
    expect(await ask('POST', `/v1/messages/${again.body.id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'message_gone' },
    });
  });

  it('sends a message when its time has come', async () => {
    const soon = Date.now() + 1_500;
    const id = await send({ to: '+79160000002', text: 'In a moment', send_at: new Date(soon).toISOString() });
    expect(await stateOf(id)).toBe('queued');
    await until('its delivery', async () => (await stateOf(id)) === 'delivered');
    const sent = await ask<{ sent_at: string }>('GET', `/v1/messages/${id}`);
    expect(Date.parse(sent.body.sent_at)).toBeGreaterThanOrEqual(soon);
  });

  it('walks through a USSD menu', async () => {
    const path = '/v1/modems/modem/ussd';
    const menu = await ask<{ text: string; more: boolean }>('POST', path, { code: '*111#' });
    expect(menu).toMatchObject({ status: 200, body: { more: true } });
    expect(menu.body.text).toContain('1>Баланс');
    expect(await ask('POST', path, { reply: '1' })).toEqual({
      status: 200,
      body: { text: 'Баланс: 123,45 р.', more: false },
    });
    expect(await ask('POST', path, { reply: '1' })).toMatchObject({ status: 409, body: { code: 'ussd_no_session' } });
    await ask('POST', path, { code: '*111#' });
    expect((await ask('DELETE', path)).status).toBe(204);
    expect(await ask('POST', path, { code: '*100#' })).toMatchObject({ body: { more: false } });
  });

  it('lets a phone ring, and hangs up on one that rings here', async () => {
    expect(await ask('POST', '/v1/calls', { to: '+79160000003', ring_seconds: 1 })).toEqual({
      status: 200,
      body: { to: '+79160000003', modem: 'modem' },
    });
    served.modem.network.ring({ from: '+79160000004', rings: 20 });
    interface Calls {
      items: { id: number; caller: string; outcome: string }[];
    }
    const calls = async () => (await ask<Calls>('GET', '/v1/calls')).body.items;
    const [call] = await until('the call', async () => {
      const found = await calls();
      return found.some(({ caller }) => caller === '+79160000004') ? found : undefined;
    });
    expect((await ask('POST', `/v1/calls/${call?.id}/reject`)).status).toBe(202);
    await until('its end', async () => (await calls())[0]?.outcome === 'rejected');
    expect(await ask('POST', `/v1/calls/${call?.id}/reject`)).toMatchObject({
      status: 409,
      body: { code: 'call_gone' },
    });
  });

  it('passes an AT command on, and none that holds another line', async () => {
    const at = (command: string) => ask<{ lines: string[]; code: string }>('POST', '/v1/modems/modem/at', { command });
    expect((await at('AT+CSQ')).body.lines).toEqual([expect.stringMatching(/^\+CSQ: /), 'OK']);
    expect(await at('AT\rAT+CMGD=1')).toMatchObject({ status: 400, body: { code: 'at_unsafe' } });
    expect(await at('AT+CMGS=10')).toMatchObject({ status: 501, body: { code: 'command_unsupported' } });
  });

  it('restarts the modem, which comes back by itself', async () => {
    expect((await ask('POST', '/v1/modems/modem/restart')).status).toBe(202);
    await ready();
    const id = await send({ to: '+79160000005', text: 'Back again' });
    await until('its delivery', async () => (await stateOf(id)) === 'delivered', 60_000);
  });
});

import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebhookReceiver } from '../../../support/webhook-receiver.ts';
import { type Asked, openAsked } from './asked.ts';

let api: Asked;
let receiver: WebhookReceiver;
beforeEach(async () => {
  api = await openAsked();
  receiver = await new WebhookReceiver().start();
});
afterEach(async () => {
  await api.close();
  await receiver.stop();
});

interface Webhook {
  readonly id: number;
  readonly secret: string;
  readonly enabled: boolean;
  readonly options: Readonly<Record<string, string>>;
}
interface Delivery {
  readonly id: number;
  readonly message_id: string;
  readonly state: string;
  readonly attempts: readonly { readonly status: number | null }[];
}
interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}
interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly details?: { readonly field?: string };
}

const add = (body: Record<string, unknown>) =>
  api.send<Webhook>('POST', '/v1/webhooks', { name: 'house', url: receiver.url, ...body });

describe('/v1/webhooks', () => {
  it('shows the secret once, and masks it from then on', async () => {
    const { status, body } = await add({ filters: { events: ['message.received'], senders: ['Bank'] } });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: 1,
      name: 'house',
      template: 'json',
      url: receiver.url,
      options: {},
      filters: { events: ['message.received'], senders: ['Bank'], text: null, modems: [] },
      allow_insecure: false,
      enabled: true,
      disabled_why: null,
      secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/),
      created_at: '2026-01-01T12:00:00.000Z',
    });
    const masked = { ...body, secret: `whsec_…${body.secret.slice(-5, -1)}` };
    expect(await api.get('/v1/webhooks/1')).toEqual({ status: 200, body: masked });
    expect(await api.get('/v1/webhooks')).toEqual({ status: 200, body: { items: [masked], next: null } });
  });

  it('changes what is named, and leaves the rest', async () => {
    const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
    const url = 'http://127.0.0.1:9/';
    await add({ template: 'telegram', url, options: { token, chat_id: '17' }, filters: { text: 'code' } });
    const change = (body: object) => api.send<Webhook>('PATCH', '/v1/webhooks/1', body);
    expect((await change({ options: { chat_id: '18' }, name: 'phone', enabled: false })).body).toMatchObject({
      name: 'phone',
      enabled: false,
      options: { token: '…', chat_id: '18' },
      filters: { text: 'code', events: ['message.received', 'message.extended', 'call.changed:missed'] },
    });
    expect(await api.house.store.webhookTarget(1)).toMatchObject({ options: { token, chat_id: '18' } });
    expect(await change({ options: { token: null } })).toMatchObject({
      status: 400,
      body: { code: 'request_invalid' },
    });
    const rotated = await change({ rotate_secret: true });
    expect(rotated.body.secret).toBe((await api.house.store.webhookTarget(1))?.secret);
    const given = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    expect((await change({ secret: given })).body.secret).toBe(given);
    expect((await change({})).body.secret).toMatch(/^whsec_…/);
    expect(await change({ filters: { text: null, modems: ['a'] } })).toMatchObject({
      body: { filters: { text: null, modems: ['a'] } },
    });
  });

  it('tells what happens after a pause, not what happened during it', async () => {
    await add({});
    const change = (enabled: boolean) => api.send('PATCH', '/v1/webhooks/1', { enabled });
    await change(false);
    await api.house.send({ recipient: '+79161234567', text: 'meanwhile' });
    await change(true);
    const { last } = await api.house.store.feedEnds();
    expect(last).toBeGreaterThan(0);
    expect(await api.house.store.webhookTarget(1)).toMatchObject({ afterEvent: last });
  });

  it('removes it with its deliveries', async () => {
    await add({});
    await api.send('POST', '/v1/webhooks/1/test');
    expect(await api.send('DELETE', '/v1/webhooks/1')).toEqual({ status: 204, body: null });
    for (const path of ['/v1/webhooks/1', '/v1/webhooks/1/deliveries'])
      expect(await api.get(path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await api.house.store.webhookDelivery(1)).toBeNull();
    expect(await api.send('DELETE', '/v1/webhooks/1')).toMatchObject({ status: 404 });
  });

  it.each<[object, string, string | RegExp]>([
    [{ url: 'http://169.254.169.254/' }, 'webhook_refused', '169.254.169.254'],
    [{ url: 'http://8.8.8.8/' }, 'webhook_refused', 'allow_insecure'],
    [{ url: 'https://u:p@example.org/' }, 'webhook_refused', 'password'],
    [{ url: 'nonsense' }, 'request_invalid', 'begins with http'],
    [{ template: 'telegramm' }, 'request_invalid', 'Did you mean "telegram"?'],
    [{ options: { colour: 'red' } }, 'request_invalid', 'no option "colour"'],
    [{ filters: { events: ['message.recieved'] } }, 'request_invalid', 'Did you mean "message.received"?'],
    [{ filters: { sender: ['x'] } }, 'request_invalid', 'no field "filters.sender"'],
    [{ secret: 'whsec_c2hvcnQ=' }, 'request_invalid', 'whsec_'],
    [{ name: '' }, 'request_invalid', '1 to 80'],
    [{ urll: 'x' }, 'request_invalid', 'Did you mean "url"?'],
  ])('refuses %j', async (body, code, words) => {
    const answer = await api.send<Problem>('POST', '/v1/webhooks', { name: 'house', url: receiver.url, ...body });
    expect(answer).toMatchObject({ status: 400, body: { code, detail: expect.stringMatching(words) } });
    expect(await api.house.store.webhookTargets()).toEqual([]);
  });

  it('has each name once', async () => {
    await add({});
    expect(await add({})).toMatchObject({ status: 409, body: { code: 'webhook_name_taken' } });
    await add({ name: 'other' });
    expect(await api.send('PATCH', '/v1/webhooks/2', { name: 'house' })).toMatchObject({ status: 409 });
    expect(await api.send('PATCH', '/v1/webhooks/2', { name: 'other' })).toMatchObject({ status: 200 });
  });

  it('tells of its templates', async () => {
    const { body } = await api.get<Page<{ name: string; options: object[] }>>('/v1/webhook-templates');
    expect(body.items.map(({ name }) => name)).toContain('ntfy');
    expect(body.items.find(({ name }) => name === 'telegram')?.options).toMatchObject([
      { name: 'token', required: true, secret: true },
      { name: 'chat_id', required: true, secret: false },
    ]);
  });
});

describe('the deliveries of a webhook', () => {
  it('begin with a test, whose answer is shown, signed as the specification has it', async () => {
    const { body: webhook } = await add({ enabled: false });
    receiver.answer = (_hook, response) => response.writeHead(200).end('well received');
    const { body: delivery } = await api.send<Delivery>('POST', '/v1/webhooks/1/test');
    expect(delivery).toMatchObject({
      type: 'webhook.test',
      about: null,
      state: 'delivered',
      attempts: [{ status: 200, answer: 'well received', error: null }],
    });
    const [hook] = receiver.received;
    const key = Buffer.from(webhook.secret.slice('whsec_'.length), 'base64');
    const headers = ['webhook-id', 'webhook-timestamp'].map((name) => String(hook?.headers[name]));
    const content = [...headers, hook?.body].join('.');
    const signature = `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
    expect(hook?.headers).toMatchObject({ 'webhook-id': delivery.message_id, 'webhook-signature': signature });
  });

  it('say why a test failed, and do not try it again', async () => {
    await add({});
    await receiver.stop();
    expect(await api.send('POST', '/v1/webhooks/1/test')).toMatchObject({
      status: 200,
      body: { state: 'dropped', error: 'Nothing listens there. (ECONNREFUSED)', next_attempt_at: null },
    });
  });

  it('are listed page by page, newest first, by state', async () => {
    await add({});
    for (let count = 0; count < 5; count += 1) await api.send('POST', '/v1/webhooks/1/test');
    const seen: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const { body }: { body: Page<Delivery> } = await api.get(`/v1/webhooks/1/deliveries?limit=2${cursor}`);
      seen.push(...body.items.map(({ id }) => id));
      next = body.next;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
    expect(await api.get('/v1/webhooks/1/deliveries?state=parked')).toMatchObject({ body: { items: [], next: null } });
    expect(await api.get('/v1/webhooks/1/deliveries?cursor=x')).toMatchObject({ status: 400 });
  });

  it('can be sent again, under the same id', async () => {
    await add({});
    const { body: first } = await api.send<Delivery>('POST', '/v1/webhooks/1/test');
    const again = await api.send<Delivery>('POST', `/v1/deliveries/${first.id}/send-again`);
    expect(again).toMatchObject({
      status: 202,
      body: { id: first.id, state: 'queued', message_id: first.message_id, attempt: 0, delivered_at: null },
    });
    expect(await api.house.store.nextDeliveryAt(1)).toBe(api.house.clock.now());
    expect(await api.send('POST', '/v1/deliveries/99/send-again')).toMatchObject({ status: 404 });
  });
});

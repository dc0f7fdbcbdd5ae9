import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noLimits } from '../../../src/core/access.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { receive } from '../app/live/happenings.ts';
import { type House, openHouse } from '../app/house.ts';

let house: House;
let server: ReturnType<typeof createHttpServer>;
beforeEach(async () => {
  house = await openHouse(Date.UTC(2026, 10, 23, 12));
  server = createHttpServer({ ...house.doors, log: silentLogger });
});
afterEach(async () => {
  await server.close();
  await house.close();
});

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: object;
}

async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, { headers = {}, form, json }: Asked = {}) {
  const answer = await server.inject({
    method,
    url,
    headers: {
      host: '127.0.0.1:8080',
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    ...(form === undefined ? {} : { payload: new URLSearchParams(form).toString() }),
    ...(json === undefined ? {} : { payload: json }),
  });
  const type = answer.headers['content-type'] ?? '';
  const body: unknown = type.includes('json') ? answer.json() : answer.payload;
  return { status: answer.statusCode, type, body };
}

const sent = async () =>
  (await house.store.outgoingMessages({ limit: 100 })).map(({ recipient, text }) => [recipient, text]);
const addKey = async (name = 'house', limits = noLimits) =>
  (await house.doors.keys.add({ name, scopes: ['send'], limits, expiresAt: null })).key;

describe('the door of Twilio', () => {
  const messages = '/2010-04-01/Accounts/AC1/Messages.json';

  it('sends, and tells of the message in their words', async () => {
    const made = await ask('POST', messages, {
      form: { To: '+7 916 123-45-67', Body: 'Привет', From: '+15005550006' },
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        sid: `SM${'1'.padStart(32, '0')}`,
        account_sid: 'AC1',
        body: 'Привет',
        to: '+79161234567',
        from: 'modem',
        status: 'queued',
        direction: 'outbound-api',
        num_segments: '1',
        date_created: 'Mon, 23 Nov 2026 12:00:00 +0000',
        date_sent: null,
        error_code: null,
      },
    });
    const { uri }: { uri: string } = Object(made.body);
    expect(await ask('GET', uri)).toMatchObject({ status: 200, body: made.body });
  });

  it('says no in their words', async () => {
    const refused = (form: Record<string, string>) => ask('POST', messages, { form });
    expect(await refused({ To: 'nobody', Body: 'x' })).toMatchObject({
      status: 400,
      body: { code: 21211, status: 400 },
    });
    expect(await refused({ To: '+79161234567', Body: '' })).toMatchObject({ body: { code: 21602 } });
    expect(await refused({ To: '+79161234567', Body: 'x', MediaUrl: 'http://x' })).toMatchObject({
      status: 400,
      body: { code: 20001, message: expect.stringContaining('There is no field "MediaUrl"') },
    });
    expect(await ask('GET', `${messages.slice(0, -5)}/SM${'9'.padStart(32, '0')}.json`)).toMatchObject({
      status: 404,
      body: { code: 20404 },
    });
    await addKey();
    expect(await refused({ To: '+79161234567', Body: 'x' })).toMatchObject({ status: 401, body: { code: 20003 } });
    expect(await sent()).toEqual([]);
  });

  it('lists page by page what was sent to and came from somebody', async () => {
    for (const Body of ['one', 'two', 'three']) await ask('POST', messages, { form: { To: '+79161234567', Body } });
    await receive(house, { sender: '+79161234567', text: 'four' });
    const { body } = await ask('GET', `${messages}?To=%2B79161234567&PageSize=2`);
    expect(body).toMatchObject({ messages: [{ body: 'three' }, { body: 'two' }], page: 0, start: 0, end: 1 });
    const { next_page_uri: next }: { next_page_uri: string } = Object(body);
    expect((await ask('GET', next)).body).toMatchObject({ messages: [{ body: 'one' }], page: 1, next_page_uri: null });
    expect((await ask('GET', `${messages}?From=%2B79161234567`)).body).toMatchObject({
      messages: [{ body: 'four', direction: 'inbound', status: 'received' }],
    });
  });

  it('takes any account with a key, and no form of a page elsewhere', async () => {
    const key = await addKey();
    const form = { To: '+79161234567', Body: 'x' };
    const basic = (user: string) => ({
      authorization: `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}`,
    });
    const account = `AC${'0'.repeat(32)}`;
    expect(await ask('POST', messages, { form, headers: basic(account) })).toMatchObject({ status: 201 });
    expect(await ask('POST', messages, { form, headers: basic('somebody') })).toMatchObject({ status: 401 });
    const elsewhere = { ...basic(account), origin: 'https://evil.example' };
    expect(await ask('POST', messages, { form, headers: elsewhere })).toMatchObject({
      status: 403,
      body: { code: 20403 },
    });
  });

  it('alone takes forms', async () => {
    expect(await ask('POST', '/send-sms', { form: { phone: '+79161234567', text: 'x' } })).toMatchObject({
      status: 415,
    });
  });
});

const alert = (labels: Record<string, string>, summary: string, more: object = {}) => ({
  status: 'firing',
  labels,
  annotations: { summary },
  startsAt: '2026-11-23T11:59:00Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus:9090/graph',
  fingerprint: JSON.stringify(labels),
  ...more,
});
const group = (alerts: readonly object[], more: object = {}) => ({
  version: '4',
  groupKey: '{}:{alertname="DiskFull"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'sms',
  groupLabels: { alertname: 'DiskFull' },
  commonLabels: { alertname: 'DiskFull' },
  commonAnnotations: {},
  externalURL: 'http://alertmanager:9093',
  alerts,
  ...more,
});

describe('the door of Alertmanager', () => {
  const door = '/doors/alertmanager?to=%2B79161234567,+79160000000';
  const full = group([alert({ instance: 'nas' }, 'nas has 2 % left'), alert({ instance: 'pi' }, 'No room')]);

  it('makes one SMS of a group, for each number', async () => {
    expect(await ask('POST', door, { json: full })).toMatchObject({ status: 200, body: { sent: 2 } });
    const text = 'FIRING 2: DiskFull\nnas has 2 % left\npi No room';
    expect(await sent()).toEqual(
      expect.arrayContaining([
        ['+79161234567', text],
        ['+79160000000', text],
      ]),
    );
  });

  it('sends the same once within an hour, again later, and the end of it at once', async () => {
    await ask('POST', door, { json: full });
    await house.clock.advance(50 * 60_000);
    const changed = { ...full, alerts: full.alerts.map((one) => ({ ...one, annotations: { summary: 'Still' } })) };
    expect(await ask('POST', door, { json: changed })).toMatchObject({ body: { sent: 2 } });
    expect(await sent()).toHaveLength(2);
    await house.clock.advance(11 * 60_000);
    await ask('POST', door, { json: full });
    expect(await sent()).toHaveLength(4);
    const alerts = full.alerts.map((one) => ({ ...one, status: 'resolved' }));
    await ask('POST', door, { json: { ...full, status: 'resolved', alerts } });
    expect((await sent()).map(([, text]) => text?.split('\n')[0])).toContain('RESOLVED 2: DiskFull');
  });

  it('leaves national numbers as they are', async () => {
    await ask('POST', '/doors/alertmanager?to=2125551234,+79160000000', { json: full });
    expect(new Set((await sent()).map(([number]) => number))).toEqual(new Set(['+79160000000', '2125551234']));
  });

  it('tells of a storm of alerts too', async () => {
    const storm = Array.from({ length: 2_000 }, (_, index) => alert({ instance: `host${index}` }, 'x'.repeat(300)));
    expect(await ask('POST', door, { json: group(storm, { truncatedAlerts: 7 }) })).toMatchObject({ status: 200 });
    const [[, text] = []] = await sent();
    expect(text).toMatch(/^FIRING 2000\+: DiskFull\nhost0 x/);
  });

  it('takes two parts at most', async () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      alert({ instance: `host${index}` }, `Nothing left on ${index} ё`),
    );
    await ask('POST', door, { json: group(many) });
    const [[, text = ''] = []] = await sent();
    expect(text).toMatch(/\.\.\.$/);
    expect(text.length).toBeGreaterThan(100);
    expect(text.length).toBeLessThanOrEqual(134);
  });

  it.each([
    ['/doors/alertmanager', full, 'to'],
    ['/doors/alertmanager?to=nobody', full, 'to'],
    ['/doors/alertmanager?to=%2B79161234567', { status: 'firing' }, 'alerts'],
  ])('says what is wrong with %s %#', async (url, json, field) => {
    const { status, body } = await ask('POST', url, { json });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(field);
    expect(await sent()).toEqual([]);
  });
});

describe('the door of Grafana', () => {
  it('takes its title where there is no name', async () => {
    const json = {
      receiver: 'sms',
      status: 'firing',
      orgId: 1,
      title: '[FIRING:1] Internet (home)',
      state: 'alerting',
      message: '**Firing**\n\nValue: B=0',
      groupKey: '{}/{}:{alertname="Internet"}',
      alerts: [alert({ grafana_folder: 'home' }, '', { values: { B: 0 }, silenceURL: 'http://grafana/x' })],
    };
    await ask('POST', '/doors/grafana?to=%2B79161234567', { json });
    expect(await sent()).toEqual([['+79161234567', 'FIRING: [FIRING:1] Internet (home)\n**Firing**\n\nValue: B=0']]);
  });
});

describe('the door of sms-gammu-gateway', () => {
  it('sends to one or many', async () => {
    const json = { text: 'Hello', number: '+79161234567,+79160000000', smsc: '+79168960220' };
    expect(await ask('POST', '/sms', { json })).toMatchObject({
      status: 200,
      body: { status: 200, message: '[1, 2]' },
    });
    const wrong = await ask('POST', '/sms', { json: { text: 'Hello' } });
    expect(wrong).toMatchObject({ status: 400, body: { message: expect.stringContaining('number') } });
  });

  it('hands out what is unread, the oldest first, and loses none of it', async () => {
    await receive(house, { sender: 'Bank', text: 'one' });
    await receive(house, { sender: 'Shop', text: 'two' });
    const Date = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const one = { Date, Number: 'Bank', State: 'UnRead', Text: 'one' };
    expect((await ask('GET', '/sms')).body).toEqual([one, expect.objectContaining({ Text: 'two' })]);
    expect((await ask('GET', '/sms/1')).body).toMatchObject({ Text: 'two' });
    expect((await ask('GET', '/getsms')).body).toEqual(one);
    expect(await ask('DELETE', '/sms/0')).toMatchObject({ status: 204 });
    expect((await ask('GET', '/getsms')).body).toEqual({ Date: '', Number: '', State: '', Text: '' });
    expect(await ask('DELETE', '/sms/0')).toMatchObject({
      status: 404,
      body: { message: "Sms with id '0' not found" },
    });
    expect(await house.store.inboundMessages({ limit: 10 })).toHaveLength(2);
  });

  it('takes none for a page elsewhere', async () => {
    await receive(house, { sender: 'Bank', text: 'one' });
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect(await ask('GET', '/getsms', { headers })).toMatchObject({ status: 403 });
    expect((await ask('GET', '/getsms')).body).toMatchObject({ Text: 'one' });
  });

  it('tells signal and network', async () => {
    expect((await ask('GET', '/signal')).body).toEqual({ SignalStrength: 0, SignalPercent: 0, BitErrorRate: -1 });
    await house.store.transaction(async (tx) => {
      await tx.putReading({ modem: 'modem', key: 'signal', data: -82, updatedAt: 1 });
      await tx.putReading({ modem: 'modem', key: 'operator', data: 'MTS', updatedAt: 1 });
      await tx.putReading({ modem: 'modem', key: 'registration', data: 'roaming', updatedAt: 1 });
    });
    expect((await ask('GET', '/signal')).body).toEqual({ SignalStrength: -82, SignalPercent: 50, BitErrorRate: -1 });
    expect((await ask('GET', '/network')).body).toEqual({ NetworkName: 'MTS', State: 'RoamingNetwork' });
  });
});

describe('the door of Kannel', () => {
  const door = (fields: Record<string, string>) => `/cgi-bin/sendsms?${new URLSearchParams(fields).toString()}`;

  it('sends for a key, by address or form', async () => {
    const password = await addKey('house', { ...noLimits, dailyMessages: 3 });
    const fields = { username: 'house', password, to: '+79161234567 +79160000000', text: 'Hello' };
    expect(await ask('GET', door(fields))).toEqual({
      status: 202,
      type: 'text/plain; charset=utf-8',
      body: '0: Accepted for delivery',
    });
    expect(await ask('POST', '/cgi-bin/sendsms', { form: { ...fields, to: '+79160000001' } })).toMatchObject({
      status: 202,
    });
    expect(new Set((await sent()).map(([to]) => to))).toEqual(
      new Set(['+79160000000', '+79160000001', '+79161234567']),
    );
    expect(await ask('GET', door({ ...fields, to: '+79160000001', text: 'more' }))).toMatchObject({
      status: 429,
      type: 'text/plain; charset=utf-8',
      body: expect.stringContaining('3 SMS a day'),
    });
    const [entry] = await house.doors.audit
      .list({ limit: 4 })
      .then((all) => all.filter(({ outcome }) => outcome === 'done'));
    expect(entry).toMatchObject({ who: 'house', action: 'kannelSendForm' });
  });

  it('opens to nobody else, on this machine neither', async () => {
    const fields = { username: 'house', password: 'smlf_guess', to: '79161234567', text: 'Hello' };
    const closed = await ask('GET', door(fields));
    expect(closed).toMatchObject({
      status: 403,
      body: expect.stringMatching(/^Authorization failed for sendsms\. Make a key/),
    });
    const password = await addKey();
    expect(await ask('GET', door(fields))).toMatchObject({ status: 403, body: 'Authorization failed for sendsms.' });
    expect(await ask('GET', door({ ...fields, username: 'other', password }))).toMatchObject({ status: 403 });
    const form = { ...fields, password };
    const elsewhere = { origin: 'https://evil.example' };
    expect(await ask('POST', '/cgi-bin/sendsms', { form, headers: elsewhere })).toMatchObject({ status: 403 });
    expect(await sent()).toEqual([]);
  });

  it.each([
    ['+79161234567 +79160000000', ['+79161234567', '+79160000000']],
    // Pluses that nobody encoded.
    [' 79161234567  79160000000', ['+79161234567', '+79160000000']],
    ['2125551234 89161234567 900', ['2125551234', '89161234567', '900']],
    [' 900 ', ['900']],
  ])('dials %j as it stands', async (to, numbers) => {
    const password = await addKey();
    const fields = { username: 'house', password, to, text: 'Привет', coding: '2', charset: 'utf-8' };
    expect(await ask('GET', door(fields))).toMatchObject({ status: 202 });
    expect(new Set((await sent()).map(([number]) => number))).toEqual(new Set(numbers));
  });

  it('refuses what it would do otherwise than asked', async () => {
    const password = await addKey();
    const fields = { username: 'house', password, to: '79161234567', text: 'Hello' };
    const others = [{ udh: '050003' }, { 'dlr-url': 'http://x' }, { charset: 'ISO-8859-1' }, { coding: '1' }];
    for (const more of [...others, { coding: '2', text: '\u0004\u001f' }])
      expect(await ask('GET', door({ ...fields, ...more }))).toMatchObject({
        status: 400,
        type: 'text/plain; charset=utf-8',
      });
    expect(await sent()).toEqual([]);
  });
});

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProcess, temporaryFolder } from '../../support/gateway-process.ts';
import { type Looking, TestBrowser } from '../../support/page.ts';
import { until } from '../../support/until.ts';
import { violationsOf } from '../../support/violations.ts';

const folder = temporaryFolder();
let gateway: GatewayProcess;
let browser: TestBrowser;

const start = (port = '0') =>
  GatewayProcess.start({ DATA_DIR: join(folder.path, 'data'), LOG_LEVEL: 'warn', PORT: port });
const demo = (order: object) => gateway.post('/v1/demo', order);
const deliver = (from: string, text: string) => demo({ do: 'sms', from, text });
const open = (path: string, looking?: Looking) => browser.open(`${gateway.base}${path}`, looking);

const longText = 'One of many words that are not broken anywhere. '.repeat(12).trim();
beforeAll(async () => {
  [gateway, browser] = await Promise.all([start(), TestBrowser.start()]);
  await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
  await deliver('+79165550101', 'Your verification code is 124 556. It is valid for 10 minutes.');
  await deliver('Shop', '<img src=x onerror="document.title=1"><b>bold</b> & 0042 left');
  await deliver('+972505550102', 'שלום, הקוד שלך הוא 553311');
  await deliver('+79165550103', `${longText} 👍`);
  await gateway.post('/send-sms', { phone: '+79165550101', text: 'Thank you' });
  await demo({ do: 'call', from: '+74955550104', rings: 1 });
  await until('all of it to be there', async () => {
    const [messages, calls] = [await gateway.get<unknown[]>('/get-sms'), await gateway.get<unknown[]>('/get-calls')];
    return messages.length >= 4 && calls.length > 0;
  });
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await gateway?.end('SIGTERM');
  folder[Symbol.dispose]();
});

const screens = [
  '/',
  '/messages',
  `/messages/${encodeURIComponent('+79165550101')}`,
  '/calls',
  '/modem',
  '/phone',
  '/settings',
];
const looks: readonly (readonly [string, Looking])[] = [
  ['English, wide and light', { width: 1280, language: 'en' }],
  ['Russian, narrow and dark', { width: 360, height: 740, language: 'ru', dark: true }],
];

describe.each(looks)('in %s', (_, looking) => {
  let page: Page;
  beforeAll(async () => {
    page = await open('/', looking);
  });
  afterAll(() => page.context().close());

  it.each(screens)('%s fits, and can be read by everybody', async (path) => {
    await page.goto(`${gateway.base}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page
      .getByRole('status', { name: /Loading|Загрузка/ })
      .first()
      .waitFor({ state: 'detached' });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(looking.width ?? 0);
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.lang')).toBe(looking.language);
  });
});

describe('the page', () => {
  it('says at once that all is well, and shows a message as soon as it is there', async () => {
    const page = await open('/');
    await page.getByText('All is well').waitFor();
    await page.getByText('MegaFon').waitFor();
    const text = `Fresh ${Date.now()}`;
    await deliver('+79165550105', text);
    await page.getByText(text.slice(0, 5)).first().waitFor();
    await page.getByText(text.slice(6)).first().waitFor();
    await page.context().close();
  });

  it('copies codes and runs of digits, without what stands between them', async () => {
    const page = await open(`/messages/${encodeURIComponent('+79165550101')}`);
    await page.getByRole('button', { name: /^Code 124 556/ }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('124556');
    await page.getByText('good for', { exact: false }).first().waitFor();
    await page.goto(`${gateway.base}/messages/Shop`);
    await page.getByRole('button', { name: 'Copy 0042' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('0042');
    await page.context().close();
  });

  it('keeps HTML in a message a text', async () => {
    const page = await open('/messages/Shop');
    await page.getByText('<b>bold</b>', { exact: false }).first().waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).toBe('Simloft');
    await page.context().close();
  });

  it('writes a message, counts it while one types, and shows what became of it', async () => {
    const page = await open('/messages');
    await page.getByRole('button', { name: 'New message' }).click();
    await page.getByRole('textbox', { name: 'To' }).fill('+79165550199');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Message' }).fill('Привет');
    await page.getByText('1 SMS').waitFor();
    await page.getByText('Unicode', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('heading', { name: '+79165550199' }).waitFor();
    await page.getByText('delivered', { exact: false }).waitFor({ timeout: 20_000 });
    await page.context().close();
  });

  it('says in words what the gateway refused', async () => {
    const page = await open('/messages');
    await page.getByRole('button', { name: 'New message' }).click();
    await page.getByRole('textbox', { name: 'To' }).fill('nobody');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Message' }).fill('x');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'nobody' }).waitFor();
    await page.context().close();
  });

  it('finds messages by what is in them', async () => {
    const page = await open('/messages');
    await page.getByRole('searchbox').fill('not broken');
    await page.getByRole('link', { name: /\+79165550103/ }).click();
    await page.getByRole('heading', { name: '+79165550103' }).waitFor();
    await page.context().close();
  });

  it('lists all messages, as many as there are, by state and by what is unread', async () => {
    const page = await open('/messages');
    await page.getByRole('radio', { name: 'All as a list' }).press('Space');
    await page.getByRole('link', { name: /Shop/ }).waitFor();
    await page.getByRole('combobox', { name: 'State' }).press('ArrowDown');
    await page.getByRole('option', { name: 'delivered' }).click();
    await page.getByRole('link', { name: /→ \+79165550101/ }).waitFor();
    expect(await page.getByRole('link', { name: /Shop/ }).count()).toBe(0);
    await page.context().close();
  });

  it('explains what went over the air, field by field, also what could not be decoded', async () => {
    await demo({ do: 'pdu', hex: '07919761989901F0FF0B9197' });
    const page = await open('/messages/Shop');
    await page.getByRole('log').getByRole('button', { name: 'Details' }).first().click();
    await page.getByRole('menuitem', { name: 'Details' }).click();
    await page.getByRole('dialog').getByText('service centre', { exact: true }).waitFor();
    await page
      .getByRole('dialog')
      .getByText('committed', { exact: false })
      .or(page.getByRole('dialog').getByText('handler'))
      .first()
      .waitFor();
    await page.context().close();
  });

  it('asks before it deletes', async () => {
    await deliver('Gone', 'Delete me');
    const page = await open('/messages/Gone');
    await page.getByText('Delete me').first().waitFor();
    await page.getByRole('log').getByRole('button', { name: 'Details' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByText('cannot be brought back', { exact: false }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await until(
      'the message to be gone',
      async () => (await gateway.get<unknown[]>('/get-sms?sender=Gone')).length === 0,
    );
    await page.context().close();
  });

  it('shows calls, copies their last digits, and hangs up on one that rings', async () => {
    const page = await open('/calls');
    await page.getByRole('button', { name: /^Last 6 digits: 550104/ }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('550104');
    await demo({ do: 'call', from: '+74955550177', rings: 30 });
    await page.getByRole('button', { name: 'Hang up' }).click({ timeout: 15_000 });
    await page.getByText('rejected').first().waitFor({ timeout: 15_000 });
    await page.context().close();
  });

  it('asks the operator, and makes buttons of a menu', async () => {
    await demo({ do: 'ussd', code: '*111#', text: '1. Balance\n2. Tariff', status: 1 });
    const page = await open('/modem');
    await page.getByLabel('Code', { exact: false }).fill('*111#');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByRole('button', { name: '2. Tariff' }).waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByLabel('AT command', { exact: false }).fill('AT+CSQ');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('+CSQ:', { exact: false }).waitFor({ timeout: 20_000 });
    await page.context().close();
  });

  it('plays the other side, and shows what a fault does and that it heals', async () => {
    const page = await open('/phone');
    await page.getByLabel('Your message', { exact: false }).fill('From the demo phone');
    await page.getByRole('button', { name: 'Text the gateway' }).click();
    await until('the message', async () => {
      const [newest] = await gateway.get<{ text: string }[]>('/get-sms?limit=1');
      return newest?.text === 'From the demo phone';
    });
    await page.getByRole('switch', { name: 'Unplug the modem' }).click();
    await until('the gateway to miss the modem', async () => !(await fetch(`${gateway.base}/health/ready`)).ok);
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByText('Something is wrong').waitFor({ timeout: 20_000 });
    await page.getByRole('link', { name: 'Phone' }).click();
    await demo({ do: 'fault', name: 'replug' });
    await page.getByRole('link', { name: 'Modem', exact: true }).click();
    await page.getByText('The port virtual has closed', { exact: false }).first().waitFor();
    await until('the modem to be back', async () => (await fetch(`${gateway.base}/health/ready`)).ok, 40_000);
    await page.context().close();
  });

  it('remembers language and colours', async () => {
    const page = await open('/settings');
    await page.getByText('Русский').click();
    await page.getByRole('heading', { name: 'Настройки' }).waitFor();
    await page.getByText('Тёмные').click();
    await page.reload();
    await page.getByRole('heading', { name: 'Настройки' }).waitFor();
    expect(await page.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('dark');
    await page.context().close();
  });

  it('adds a webhook and says what it answered', async () => {
    const page = await open('/settings');
    await page.getByRole('tab', { name: 'Webhooks' }).click();
    await page.getByLabel('Name', { exact: false }).fill('nowhere');
    await page.getByLabel('Address', { exact: false }).fill('http://127.0.0.1:9/hook');
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    await page.getByText('whsec_', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText('It answered', { exact: false }).waitFor();
    await page.context().close();
  });

  it('is empty for nobody: not found leads home', async () => {
    const page = await open('/nothing/here');
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    await page.context().close();
  });

  it('had no trouble anywhere', () => expect(browser.troubles).toEqual([]));
});

describe('when the gateway is gone', () => {
  it('says so, and comes back by itself with what came meanwhile', async () => {
    const page = await open('/');
    await page.getByText('All is well').waitFor();
    await page.evaluate('navigator.serviceWorker.ready');
    const { port } = new URL(gateway.base);
    await gateway.end('SIGKILL');
    await page.getByText('The gateway does not answer', { exact: false }).first().waitFor();
    // The page itself is on the device.
    await page.reload();
    await page.getByText('The gateway does not answer', { exact: false }).first().waitFor();
    gateway = await start(port);
    await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok, 30_000);
    await deliver('Back', 'Here again');
    await page.getByText('Here again').first().waitFor({ timeout: 20_000 });
    expect(await page.getByText('The gateway does not answer', { exact: false }).count()).toBe(0);
    await page.context().close();
  });
});

describe('from the first key on', () => {
  it('asks who one is, lets in with a key, and out again; a page elsewhere cannot send', async () => {
    const page = await open('/settings');
    await page.getByRole('tab', { name: 'Access keys' }).click();
    await page.getByLabel('Name', { exact: false }).fill('me');
    await page.getByRole('combobox', { name: 'May' }).press('ArrowDown');
    await page.getByRole('option', { name: 'everything' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Make a key' }).click();
    const key = await page.getByText(/^smlf_[\w-]{43}$/).textContent();
    await page.goto(gateway.base);
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await page.getByRole('radio', { name: 'Access key' }).press('Space');
    await page.getByLabel('Access key', { exact: false }).last().fill('smlf_wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').waitFor();
    await page
      .getByLabel('Access key', { exact: false })
      .last()
      .fill(key ?? '');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();

    const before: unknown = await page.evaluate(
      `fetch('/v1/messages?direction=out').then((a) => a.json()).then((a) => a.items.length)`,
    );
    const elsewhere = await page.context().newPage();
    await elsewhere.goto(`${gateway.base.replace('127.0.0.1', 'localhost')}/docs`).catch(() => {});
    const tried: unknown = await elsewhere.evaluate(`(async () => {
      const url = '${gateway.base}/send-sms';
      const body = JSON.stringify({ phone: '+79165550166', text: 'stolen' });
      const form = document.createElement('form');
      await fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).catch(() => {});
      await fetch(url, { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body }).catch(() => {});
      return form.tagName;
    })()`);
    expect(tried).toBe('FORM');
    const after: unknown = await page.evaluate(
      `fetch('/v1/messages?direction=out').then((a) => a.json()).then((a) => a.items.length)`,
    );
    expect(after).toBe(before);

    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await page.context().close();
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../../web/src/language/en.ts';
import { ru } from '../../../web/src/language/ru.ts';
import { ruSettingTexts } from '../../../web/src/language/ru-setting-texts.ts';
import { GatewayProcess, temporaryFolder } from '../../support/gateway-process.ts';
import { TestBrowser } from '../../support/page.ts';
import { until } from '../../support/until.ts';
import { violationsOf } from '../../support/violations.ts';
import { WebhookReceiver } from '../../support/webhook-receiver.ts';

const folder = temporaryFolder();
const file = join(folder.path, 'simloft.yaml');
const receiver = new WebhookReceiver();
let gateway: GatewayProcess;
let browser: TestBrowser;

const deliver = (from: string, text: string) => gateway.post('/v1/demo', { do: 'sms', from, text });

beforeAll(async () => {
  writeFileSync(file, 'retain_messages: 365d\ncode_text_after: 90m\n');
  const env = { DATA_DIR: join(folder.path, 'data'), LOG_LEVEL: 'warn', DATABASE_URL: '' };
  [gateway, browser] = await Promise.all([
    GatewayProcess.start(env, ['--config', file]),
    TestBrowser.start(),
    receiver.start(),
  ]);
  await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await gateway?.end('SIGTERM');
  await receiver.stop();
  folder[Symbol.dispose]();
});

const looks = [
  {
    t: en,
    sendExpiry: 'After how long a message that could not be sent is given up.',
    peer: '+79165550201',
    looking: { width: 1280, language: 'en' },
  },
  {
    t: ru,
    sendExpiry: ruSettingTexts['SEND_EXPIRY']?.description ?? '',
    peer: '+79165550202',
    looking: { width: 360, height: 740, language: 'ru', dark: true },
  },
] as const;

async function openTab(page: Page, name: string): Promise<void> {
  await page.goto(`${gateway.base}/settings`);
  await page.getByRole('tab', { name, exact: true }).click();
}

/** Nothing is cut off at the side, and everybody can read it. */
async function expectReadable(page: Page, width: number): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  const cut: unknown = await page.evaluate(
    `[...document.querySelectorAll('.mantine-Card-root')].filter((card) => card.scrollWidth > card.clientWidth).map((card) => card.textContent)`,
  );
  expect(cut).toEqual([]);
  expect(await violationsOf(page)).toEqual([]);
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

const field = (place: Page | Locator, name: string) => place.getByRole('textbox', { name, exact: true });

describe.each(looks)('the settings in $t.name at $looking.width px', ({ t, sendExpiry, peer, looking }) => {
  let page: Page;
  beforeAll(async () => {
    await deliver(peer, `First of ${peer}`);
    const known = async () => (await gateway.get<{ items: unknown[] }>(`/v1/messages?peer=%2B${peer.slice(1)}`)).items;
    await until('the message to be there', async () => (await known()).length > 0);
    page = await browser.open(gateway.base, looking);
  });
  afterAll(() => page.context().close());

  it('show what the gateway was started with, and who has set it', async () => {
    await openTab(page, t.settings.gateway);
    const one = (name: string) => page.getByRole('region', { name, exact: true });
    await one('RETAIN_MESSAGES').getByText('365d').waitFor();
    await one('RETAIN_MESSAGES')
      .getByText(t.settings.source.file(`${file}:1`))
      .waitFor();
    await one('LOG_LEVEL').getByText(t.settings.source.environment('')).waitFor();
    await one('SEND_EXPIRY').getByText(t.settings.source.default()).waitFor();
    await one('SEND_EXPIRY').getByText(sendExpiry, { exact: true }).waitFor();
    await expectReadable(page, looking.width);
    await page.getByRole('searchbox', { name: t.settings.findSetting }).fill('ussd');
    await one('BALANCE_USSD').waitFor();
    await one('SEND_EXPIRY').waitFor({ state: 'detached' });
    await page.getByRole('searchbox', { name: t.settings.findSetting }).fill('no such thing');
    await page.getByText(t.messages.noneFound).waitFor();
  });

  it('show what is kept, how much there is of it, and when it was last gone through', async () => {
    const { rows } = await gateway.get<{ rows: { received: number } }>('/v1/privacy');
    await openTab(page, t.settings.privacy);
    const messages = page.getByRole('region', { name: t.settings.kept['messages'] ?? '', exact: true });
    await messages.getByText(/365 (days|дней)/).waitFor();
    await messages.getByText(t.settings.rowsNow.received(String(rows.received))).waitFor();
    await messages.getByText(t.settings.oldest).waitFor();
    await page.getByText(/90 (minutes|минут)/).waitFor();
    await page.getByText(`${t.settings.ran}: `).waitFor();
    await expectReadable(page, looking.width);
  });

  it('make a webhook of another kind, and test it', async () => {
    const name = `topic ${looking.language}`;
    await openTab(page, t.settings.webhooks);
    await field(page, t.settings.keyName).first().fill(name);
    await page.getByRole('combobox', { name: t.settings.webhookKind }).click();
    await page.getByRole('option', { name: 'ntfy', exact: true }).click();
    await field(page, t.settings.webhookUrl).fill(new URL(`/alerts-${looking.language}`, receiver.url).href);
    await field(page, 'priority').fill('4');
    await expectReadable(page, looking.width);
    await page.getByRole('button', { name: t.settings.addWebhook }).click();
    const card = page.getByRole('region', { name, exact: true });
    await card.getByRole('button', { name: t.settings.test, exact: true }).click();
    await card.getByText(new RegExp(`^${t.settings.tested('20[04]')}$`)).waitFor();
    const told = receiver.received
      .map(({ body }) => body)
      .filter((body) => body.includes(`alerts-${looking.language}`));
    expect(told.map((body): unknown => JSON.parse(body))).toMatchObject([{ priority: 4 }]);
    await card.getByRole('button', { name: t.remove }).click();
    await page.getByRole('dialog').getByRole('button', { name: t.remove }).click();
    await card.waitFor({ state: 'detached' });
  });

  it('change a webhook, and tell again what it was told', async () => {
    const name = `hook ${looking.language}`;
    await gateway.post('/v1/webhooks', { name, url: receiver.url });
    await openTab(page, t.settings.webhooks);
    const card = page.getByRole('region', { name, exact: true });
    await card.getByRole('button', { name: t.settings.edit }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: t.settings.events }).click();
    await page.getByRole('option', { name: t.settings.eventNames['message.received'] ?? '', exact: true }).click();
    await page.keyboard.press('Escape');
    await field(dialog, t.settings.webhookSenders).fill(`${peer}, Bank`);
    await expectReadable(page, looking.width);
    await field(dialog, t.settings.keyName).fill(`${name} 2`);
    await dialog.getByRole('checkbox', { name: t.settings.newSecret }).check();
    await dialog.getByRole('button', { name: t.save }).click();
    await dialog.waitFor({ state: 'detached' });

    const changed = page.getByRole('region', { name: `${name} 2`, exact: true });
    await changed.getByText(/^whsec_.{20,}/).waitFor();
    await changed.getByText(`${t.settings.webhookSenders}: ${peer}, Bank`).waitFor();
    const { items } = await gateway.get<{ items: { name: string; filters: unknown }[] }>('/v1/webhooks');
    expect(items.find((one) => one.name === `${name} 2`)).toMatchObject({
      url: receiver.url,
      filters: { events: ['message.received'], senders: [peer, 'Bank'], text: null, modems: [] },
    });

    await deliver(peer, 'Tell it');
    const about = () => receiver.received.filter(({ body }) => body.includes('Tell it') && body.includes(peer));
    await until('the webhook to be told', async () => about().length > 0);
    await changed.getByRole('button', { name: t.settings.deliveries }).click();
    await changed.getByText(t.settings.deliveryStates.delivered).waitFor();
    await expectReadable(page, looking.width);
    const before = about().length;
    await changed.getByRole('button', { name: t.settings.again }).first().click();
    await until('the webhook to be told again', async () => about().length > before);
    expect(new Set(about().map(({ headers }) => headers['webhook-id'])).size).toBe(1);

    await changed.getByRole('button', { name: t.remove }).click();
    await page.getByRole('dialog').getByRole('button', { name: t.remove }).click();
    await changed.waitFor({ state: 'detached' });
  });

  it('name who writes, block them, and let them through again', async () => {
    const blocked = async () => {
      const { entries } = await gateway.get<{ entries: { pattern: string }[] }>('/v1/lists/deny');
      return entries.some(({ pattern }) => pattern === peer);
    };
    await page.goto(`${gateway.base}/messages/${encodeURIComponent(peer)}`);
    const menu = page.getByRole('button', { name: t.contacts.menu });
    await menu.click();
    await choose(page, t.contacts.give);
    await field(page.getByRole('dialog'), t.contacts.name).fill(
      `Anna Petrova-Vodkina of the Long Street ${looking.language}`,
    );
    await expectReadable(page, looking.width);
    await page.getByRole('dialog').getByRole('button', { name: t.save }).click();
    await page.getByRole('heading', { name: `Anna Petrova-Vodkina of the Long Street ${looking.language}` }).waitFor();

    await menu.click();
    await choose(page, t.contacts.block);
    await page.getByText(t.calls.blocked, { exact: true }).waitFor();
    expect(await blocked()).toBe(true);
    await expectReadable(page, looking.width);
    await menu.click();
    await choose(page, t.contacts.unblock);
    await page.getByText(t.calls.blocked, { exact: true }).waitFor({ state: 'detached' });
    expect(await blocked()).toBe(false);
  });

  it('list the contacts and who is blocked or allowed, to be changed there', async () => {
    const name = `Anna Petrova-Vodkina of the Long Street ${looking.language}`;
    await openTab(page, t.contacts.title);
    await page.getByRole('button', { name: t.contacts.change(name) }).click();
    await field(page.getByRole('dialog'), t.contacts.name).fill(`${name} B`);
    await page.getByRole('dialog').getByRole('button', { name: t.save }).click();
    await page.getByText(`${name} B`, { exact: true }).waitFor();

    await page.getByRole('button', { name: t.contacts.add }).click();
    await field(page.getByRole('dialog'), t.contacts.name).fill('Second');
    await field(page.getByRole('dialog'), t.contacts.addresses).fill(`Second\n${peer}`);
    await page.getByRole('dialog').getByRole('button', { name: t.save }).click();
    await page.getByRole('alert').getByText(`${peer} belongs to the contact`, { exact: false }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: t.cancel }).click();

    const denied = page.getByRole('region', { name: t.contacts.denied, exact: true });
    await field(denied, t.contacts.pattern).fill('Casino*');
    await field(denied, t.contacts.note).fill('noise');
    await denied.getByRole('button', { name: t.contacts.putOn }).click();
    await denied.getByText('Casino* · noise').waitFor();
    await expectReadable(page, looking.width);
    await denied.getByRole('button', { name: t.contacts.takeOffOne('Casino*') }).click();
    await denied.getByText(t.contacts.nobody).waitFor();
    // A list of nobody would block everybody.
    const allowed = page.getByRole('region', { name: t.contacts.allowed, exact: true });
    expect(await allowed.getByRole('switch').count()).toBe(0);

    await page.getByRole('button', { name: t.contacts.removeOne(`${name} B`) }).click();
    await page.getByRole('dialog').getByRole('button', { name: t.remove }).click();
    await page.getByText(`${name} B`, { exact: true }).waitFor({ state: 'detached' });
    expect(await gateway.get('/v1/contacts')).toMatchObject({ items: [] });
  });
});

// From the first key on the gateway answers nobody without one: this comes last.
describe('the keys', () => {
  let key: string;
  beforeAll(async () => {
    const made: { key: string } = JSON.parse(
      await (await gateway.post('/v1/keys', { name: 'owner', scopes: ['admin'] })).text(),
    );
    key = made.key;
    const limits = { senders: ['Bank'], recipients: ['+79165550203'], modems: ['virtual'], daily: 3 };
    const authorization = `Bearer ${key}`;
    const script = await gateway.post('/v1/keys', { name: 'script', scopes: ['send'], ...limits }, { authorization });
    const its: { key: string } = JSON.parse(await script.text());
    const message = { phone: '+79165550203', text: 'One of three' };
    await gateway.post('/send-sms', message, { authorization: `Bearer ${its.key}` });
  });

  it.each(looks)('say in $t.name what each may not do', async ({ t, looking }) => {
    const page = await browser.open('about:blank', looking);
    await page.context().setExtraHTTPHeaders({ authorization: `Bearer ${key}` });
    await openTab(page, t.settings.keys);
    const words = t.settings.limits;
    const script = page.getByRole('region', { name: 'script', exact: true });
    await script.getByText(words.senders('Bank')).waitFor();
    await script.getByText(words.recipients('+79165550203')).waitFor();
    await script.getByText(words.modems('virtual')).waitFor();
    await script.getByText(words.daily(3, (_, forms) => forms.other)).waitFor();
    await script.getByText(words.usedToday(1)).waitFor();
    await script.getByText(`${t.settings.keyUsed}: `).waitFor();
    await page.getByRole('region', { name: 'owner', exact: true }).getByText(t.settings.noLimits).waitFor();
    await expectReadable(page, looking.width);
    await page.context().close();
  });

  it('had no trouble anywhere', () => expect(browser.troubles).toEqual([]));
});

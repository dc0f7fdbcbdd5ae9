import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { looks } from '../../support/looks.ts';
import { openPageHouse, type PageHouse } from '../../support/page-house.ts';
import { until } from '../../support/until.ts';

let house: PageHouse;
beforeAll(async () => {
  house = await openPageHouse();
}, 90_000);
afterAll(() => house?.[Symbol.asyncDispose]());

const ready = async () => (await fetch(`${house.gateway.base}/health/ready`)).ok;

describe.each(looks)('in $name', ({ looking, t }) => {
  /** Numbers of this look alone. */
  const own = looking.language === 'en' ? '1' : '2';
  let page: Page;
  beforeAll(async () => {
    page = await house.browser.open(house.gateway.base, looking);
  });
  afterAll(() => page.context().close());

  const state = (name: string) => t.messages.states[name] ?? name;
  const go = (path: string) => page.goto(`${house.gateway.base}${path}`);
  const talkWith = (peer: string) => go(`/messages/${encodeURIComponent(peer)}`);
  const copied = () => page.evaluate('navigator.clipboard.readText()');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const screen = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();

  it('says at once that all is well, and shows a message as soon as it is there', async () => {
    await go('/');
    await page.getByText(t.home.well).waitFor();
    await page.getByText('MegaFon').waitFor();
    const text = `Fresh${own} ${Date.now()}`;
    await house.deliver('+79165550105', text);
    await page.getByText(text.slice(0, 6)).first().waitFor();
    await page.getByText(text.slice(7)).first().waitFor();
  });

  it('copies codes and runs of digits, without what stands between them', async () => {
    await talkWith('+79165550101');
    await page
      .getByRole('button', { name: `${t.messages.code} 124 556` })
      .first()
      .click();
    expect(await copied()).toBe('124556');
    await page
      .getByText(t.messages.codeLeft(9, (_, { other }) => other).slice(0, 6), { exact: false })
      .first()
      .waitFor();
    await talkWith('Shop');
    await button(t.copyDigits('0042')).click();
    expect(await copied()).toBe('0042');
  });

  it('keeps HTML in a message a text', async () => {
    await talkWith('Shop');
    await page.getByText('<b>bold</b>', { exact: false }).first().waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).toBe('Simloft');
  });

  it('writes a message, counts it while one types, and shows what became of it', async () => {
    const to = `+7916555019${own}`;
    await go('/messages');
    await button(t.messages.writeNew).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: t.composer.to }).fill(to);
    await dialog.getByRole('textbox', { name: t.composer.text }).fill('Привет');
    await dialog.getByText(t.composer.segments(1, (_, { one }) => one)).waitFor();
    await dialog.getByText('Unicode', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: t.composer.send, exact: true }).click();
    await page.getByRole('heading', { name: to }).waitFor();
    await page.getByRole('log').getByText(state('delivered'), { exact: false }).waitFor({ timeout: 20_000 });
  });

  it('says in words what the gateway refused', async () => {
    await go('/messages');
    await button(t.messages.writeNew).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: t.composer.to }).fill('nobody');
    await dialog.getByRole('textbox', { name: t.composer.text }).fill('x');
    await dialog.getByRole('button', { name: t.composer.send, exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'nobody' }).waitFor();
  });

  it('keeps a message for later, and does not send it after all', async () => {
    const to = `+7916555018${own}`;
    await talkWith(to);
    await page.getByRole('textbox', { name: t.composer.text }).first().fill('Tomorrow');
    await page.getByRole('switch', { name: t.composer.later }).click();
    await page.getByLabel(t.composer.at).fill('2030-01-01T09:00');
    await button(t.composer.send).click();
    const message = page.getByRole('log').first();
    await message.getByText(state('queued'), { exact: false }).waitFor();
    await message.getByRole('button', { name: t.messages.details }).click();
    await page.getByRole('menuitem', { name: t.messages.cancelSend }).click();
    await message.getByText(state('canceled'), { exact: false }).waitFor();
    await message.getByRole('button', { name: t.messages.details }).click();
    await page.getByRole('menuitem', { name: t.messages.resend }).click();
    await page.getByRole('dialog').getByRole('button', { name: t.messages.resend }).click();
    await message.getByText(state('delivered'), { exact: false }).waitFor({ timeout: 20_000 });
  });

  it('finds messages by what is in them', async () => {
    await go('/messages');
    await page.getByRole('searchbox').fill('not broken');
    await page.getByRole('link', { name: /\+79165550103/ }).click();
    await page.getByRole('heading', { name: '+79165550103' }).waitFor();
  });

  it('lists all messages, as many as there are, by state and by what is unread', async () => {
    await go('/messages');
    await page.getByRole('radio', { name: t.messages.asTable }).press('Space');
    await page.getByRole('link', { name: /Shop/ }).waitFor();
    await page.getByRole('combobox', { name: t.messages.state }).press('ArrowDown');
    await page.getByRole('option', { name: state('delivered'), exact: true }).click();
    await page.getByRole('link', { name: /→ \+79165550101/ }).waitFor();
    expect(await page.getByRole('link', { name: /Shop/ }).count()).toBe(0);
  });

  it('explains what went over the air, field by field', async () => {
    await talkWith('Shop');
    await page.getByRole('log').getByRole('button', { name: t.messages.details }).first().click();
    await page.getByRole('menuitem', { name: t.messages.details }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('service centre', { exact: true }).waitFor();
    await dialog.getByText(t.messages.way, { exact: true }).waitFor();
  });

  it('shows what could not be decoded, and its fields as far as they go', async () => {
    await house.demo({ do: 'pdu', hex: `07919761989901F0FF0B919${own}` });
    await go('/messages');
    await page.getByRole('radio', { name: t.messages.asTable }).press('Space');
    await page.getByText(state('undecodable'), { exact: false }).first().waitFor();
  });

  it('asks before it deletes', async () => {
    const peer = `Gone${own}`;
    await house.deliver(peer, 'Delete me');
    await talkWith(peer);
    await page.getByText('Delete me').first().waitFor();
    await page.getByRole('log').getByRole('button', { name: t.messages.details }).click();
    await page.getByRole('menuitem', { name: t.remove }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(t.messages.deleteSure).waitFor();
    await dialog.getByRole('button', { name: t.remove }).click();
    const left = () => house.gateway.get<unknown[]>(`/get-sms?sender=${peer}`);
    await until('the message to be gone', async () => (await left()).length === 0);
  });

  it('shows calls, copies their last digits, and hangs up on one that rings', async () => {
    await go('/calls');
    await page
      .getByRole('button', { name: `${t.calls.lastDigits(6)}: 550104` })
      .first()
      .click();
    expect(await copied()).toBe('550104');
    await house.demo({ do: 'call', from: `+7495555017${own}`, rings: 30 });
    const row = page.getByRole('listitem').filter({ hasText: `55017${own}` });
    await row.getByRole('button', { name: t.calls.reject, exact: true }).click({ timeout: 15_000 });
    await row.getByText(t.calls.outcomes['rejected'] ?? '').waitFor({ timeout: 15_000 });
  });

  it('asks the operator, and makes buttons of a menu', async () => {
    await house.demo({ do: 'ussd', code: '*111#', text: '1. Balance\n2. Tariff', status: 1 });
    await go('/modem');
    await page.getByLabel(t.modem.ussdCode).fill('*111#');
    await button(t.modem.ussdAsk).click();
    await button('2. Tariff').waitFor({ timeout: 20_000 });
    await button(t.modem.ussdEnd).click();
  });

  it('runs an AT command, and shows what is said to the modem until one holds it', async () => {
    await go('/modem');
    await button(t.wire.watch).click();
    await page.getByLabel(t.modem.at).fill('AT+CSQ');
    await button(t.modem.run).click();
    await page.getByRole('status').getByText('+CSQ:', { exact: false }).waitFor({ timeout: 20_000 });
    const wire = page.getByRole('log', { name: t.wire.title });
    await wire.getByText('+CSQ:', { exact: false }).first().waitFor();
    await button(t.wire.pause).click();
    await house.deliver('+79165550105', 'Secret words 998877');
    await page
      .getByText(t.wire.waiting(7, (_, { other }) => other).slice(2), { exact: false })
      .or(button(t.wire.goOn))
      .first()
      .waitFor();
    expect(await wire.getByText('+CMTI', { exact: false }).count()).toBe(0);
    await button(t.wire.goOn).click();
    await wire.getByText('+CMTI', { exact: false }).first().waitFor();
    expect(await wire.textContent()).not.toMatch(/998877|9165550105/);
  });

  it('says of each port why it was left, and asks those that may be a modem', async () => {
    await go('/modem');
    await button(t.ports.ask).click();
    await page.getByText(t.ports.hint).waitFor();
    await button(t.ports.ask).and(page.locator(':not([data-loading])')).waitFor();
  });

  it('says that there is no network, what to do, and that it is found again', async () => {
    await go('/');
    await page.getByText(t.home.well).waitFor();
    await house.demo({ do: 'registration', stat: 2 });
    await page.getByText(t.outside.searching).waitFor();
    await page.getByText(t.home.unwell).waitFor();
    await house.demo({ do: 'registration', stat: 1 });
    await page.getByText(t.home.well).waitFor();
  });

  it('plays the other side, and shows what a fault does and that it heals', { timeout: 90_000 }, async () => {
    await go('/phone');
    const text = `From the demo phone ${own}`;
    await page.getByRole('textbox', { name: t.phone.message }).fill(text);
    await button(t.phone.send).click();
    await until('the message', async () => {
      const [newest] = await house.gateway.get<{ text: string }[]>('/get-sms?limit=1');
      return newest?.text === text;
    });
    const unplug = page.getByRole('switch', { name: t.phone.faultNames.unplug });
    await unplug.click();
    await until('the gateway to miss the modem', async () => !(await ready()));
    await screen(t.nav.home);
    await page.getByText(t.home.unwell).waitFor({ timeout: 20_000 });
    await screen(t.nav.phone);
    expect(await unplug.isChecked()).toBe(true);
    await unplug.click();
    await screen(t.nav.modem);
    await page.getByText('The port virtual has closed', { exact: false }).first().waitFor();
    await until('the modem to be back', ready, 40_000);
  });
});

it('remembers language and colours', async () => {
  const page = await house.browser.open(`${house.gateway.base}/settings`);
  await page.getByText('Русский').click();
  await page.getByRole('heading', { name: 'Настройки' }).waitFor();
  await page.getByText('Тёмные').click();
  await page.reload();
  await page.getByRole('heading', { name: 'Настройки' }).waitFor();
  expect(await page.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('dark');
  await page.context().close();
});

it('has no trouble anywhere', () => expect(house.browser.troubles).toEqual([]));

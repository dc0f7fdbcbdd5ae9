import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPageHouse, type PageHouse } from '../../support/page-house.ts';

let house: PageHouse;
beforeAll(async () => {
  house = await openPageHouse();
}, 90_000);
afterAll(() => house?.[Symbol.asyncDispose]());

describe('when the gateway is gone', () => {
  it('says so, and comes back by itself with what came meanwhile', async () => {
    const page = await house.browser.open(house.gateway.base);
    // The browser may think that the whole device is offline.
    const notice = page.getByRole('alert').filter({ hasText: /The gateway does not answer|This device is offline/ });
    await page.getByText('All is well').waitFor();
    await page.evaluate('navigator.serviceWorker.ready');
    await house.kill();
    await notice.first().waitFor();
    // The page itself is on the device.
    await page.reload();
    await notice.first().waitFor();
    await house.start();
    await house.deliver('Back', 'Here again');
    await page.getByText('Here again').first().waitFor({ timeout: 20_000 });
    expect(await notice.count()).toBe(0);
    await page.context().close();
  });
});

describe('from the first key on', () => {
  it('asks who one is, lets in with a key, and out again; a page elsewhere cannot send', async () => {
    const page = await house.browser.open(`${house.gateway.base}/settings`);
    await page.getByRole('tab', { name: 'Access keys' }).click();
    await page.getByLabel('Name', { exact: false }).fill('me');
    await page.getByRole('combobox', { name: 'May' }).press('ArrowDown');
    await page.getByRole('option', { name: 'everything' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Make a key' }).click();
    const key = await page.getByText(/^smlf_[\w-]{43}$/).textContent();
    await page.goto(house.gateway.base);
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
    await elsewhere.goto(`${house.gateway.base.replace('127.0.0.1', 'localhost')}/docs`).catch(() => {});
    const tried: unknown = await elsewhere.evaluate(`(async () => {
      const url = '${house.gateway.base}/send-sms';
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

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { looks } from '../../support/looks.ts';
import { openPageHouse, type PageHouse } from '../../support/page-house.ts';
import { violationsOf } from '../../support/violations.ts';

let house: PageHouse;
beforeAll(async () => {
  house = await openPageHouse();
}, 90_000);
afterAll(() => house?.[Symbol.asyncDispose]());

const screens = [
  '/',
  '/messages',
  `/messages/${encodeURIComponent('+79165550101')}`,
  '/calls',
  '/modem',
  '/phone',
  '/settings',
  '/setup',
  '/nothing/here',
];

describe.each(looks)('in $name', ({ looking, t }) => {
  let page: Page;
  beforeAll(async () => {
    page = await house.browser.open(house.gateway.base, looking);
  });
  afterAll(() => page.context().close());

  it.each(screens)('%s fits, and can be read by everybody', async (path) => {
    await page.goto(`${house.gateway.base}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('status', { name: t.loading }).first().waitFor({ state: 'detached' });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(looking.width);
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.lang')).toBe(looking.language);
  });

  it('leads home from where nothing is', async () => {
    await page.goto(`${house.gateway.base}/nothing/here`);
    await page.getByRole('heading', { name: t.nav.home, level: 1 }).waitFor();
  });
});

it('has no trouble anywhere', () => expect(house.browser.troubles).toEqual([]));

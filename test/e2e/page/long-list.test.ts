import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillStore } from '../../support/filled-store.ts';
import { GatewayProcess, temporaryFolder } from '../../support/gateway-process.ts';
import { TestBrowser } from '../../support/page.ts';
import { until } from '../../support/until.ts';

const rows = 3_000;
const folder = temporaryFolder();
let gateway: GatewayProcess;
let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  await fillStore(join(folder.path, 'demo'), rows);
  const env = { DATA_DIR: folder.path, LOG_LEVEL: 'warn' };
  [gateway, browser] = await Promise.all([GatewayProcess.start(env), TestBrowser.start()]);
  await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
  page = await browser.open(`${gateway.base}/messages`);
  await page.getByRole('radio', { name: 'All as a list' }).press('Space');
  await lines().first().waitFor();
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await gateway?.end('SIGTERM');
  folder[Symbol.dispose]();
});

const list = () => page.getByRole('region', { name: 'Messages' });
const lines = () => list().getByRole('link');
const scrollTo = (top: string) =>
  list().evaluate((frame, to) => frame.scrollTo({ top: to === 'end' ? frame.scrollHeight : Number(to) }), top);
/** Lines that can be seen, by what they say. */
const inSight = () =>
  list().evaluate((frame) => {
    const { top, bottom } = frame.getBoundingClientRect();
    const seen = [...frame.querySelectorAll('a')].filter((line) => {
      const place = line.getBoundingClientRect();
      return place.top >= top && place.bottom <= bottom;
    });
    return seen.map((line) => line.textContent);
  });

it('a message that comes in does not move what one reads further down, nor is all read anew for it', async () => {
  for (let round = 0; round < 6; round += 1) {
    await scrollTo('end');
    await until(
      'the next page',
      async () => (await list().evaluate((frame) => frame.scrollHeight)) > (round + 2) * 6_000,
    );
  }
  await scrollTo('20000');
  await until('the lines', async () => (await inSight()).length > 3);
  const before = await inSight();
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  await gateway.post('/v1/demo', { do: 'sms', from: 'Newest', text: 'Just in' });
  await until('the list to grow', async () => (await list().evaluate((frame) => frame.scrollTop)) > 20_000);
  expect(await inSight()).toEqual(before);
  expect(asked.filter((url) => /\/v1\/messages\?.*cursor/.test(url))).toEqual([]);
  await scrollTo('0');
  await lines().filter({ hasText: 'Just in' }).waitFor();
});

it('comes page by page to the oldest message, and has few lines in the page', { timeout: 90_000 }, async () => {
  const oldest = lines().filter({ hasText: 'Rare' }).first();
  await until(
    'the oldest message',
    async () => {
      await scrollTo('end');
      return oldest.isVisible();
    },
    80_000,
  );
  expect(await lines().count()).toBeLessThan(200);
});

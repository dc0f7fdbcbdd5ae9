import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { GatewayProcess, temporaryFolder } from './gateway-process.ts';
import { callers, conversations } from './invented.ts';
import { TestBrowser } from './page.ts';
import { until } from './until.ts';

/** `npm run pictures`: the page of a running demonstration, with people that do not exist, as both READMEs show it. */
const target = join(import.meta.dirname, '../../docs/images');
const settleMs = 1_200;

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly language: 'en' | 'ru';
  readonly dark?: boolean;
  readonly before?: (page: Page) => Promise<void>;
}

const wide = { width: 1280, height: 860 };
const narrow = { width: 390, height: 780 };
const bank = `/messages/${encodeURIComponent('Northbank')}`;
const pictures: readonly Picture[] = (['en', 'ru'] as const).flatMap((language): Picture[] => [
  { name: `home-${language}`, path: '/', language, ...wide },
  { name: `messages-${language}`, path: `/messages/${encodeURIComponent('+79005550140')}`, language, ...wide },
  { name: `phone-${language}`, path: '/phone', language, ...wide },
  { name: `narrow-code-${language}`, path: bank, language, dark: true, ...narrow },
]);

using folder = temporaryFolder();
const gateway = await GatewayProcess.start({ DATA_DIR: join(folder.path, 'data'), LOG_LEVEL: 'error' });
const browser = await TestBrowser.start();
try {
  const demo = (order: object) => gateway.post('/v1/demo', order);
  await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok);
  for (const [from, text] of conversations) {
    await demo({ do: 'sms', from, text });
    await pause(300);
  }
  await gateway.post('/send-sms', { phone: '+79005550140', text: 'В шесть. Захватить что-нибудь?' });
  for (const from of callers) {
    await demo({ do: 'call', from, rings: 1, intervalMs: 200 });
    await pause(2_500);
  }
  await until(
    'all of it to be there',
    async () => (await gateway.get<unknown[]>('/get-sms')).length >= conversations.length,
  );
  await until('the balance', async () => JSON.stringify(await gateway.get('/v1/modems')).includes('balance'), 30_000);
  await pause(4_000);
  mkdirSync(target, { recursive: true });
  for (const { name, path, before, ...looking } of pictures) {
    const page = await browser.open(`${gateway.base}${path}`, looking);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await before?.(page);
    await pause(settleMs);
    await page.screenshot({ path: join(target, `${name}.png`) });
    await page.context().close();
    console.log(`docs/images/${name}.png`);
  }
} finally {
  await browser.close();
  await gateway.end('SIGTERM');
}

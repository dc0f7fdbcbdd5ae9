import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveVirtualModem, type ServedVirtualModem } from '../../../src/virtual/serve.ts';
import { en } from '../../../web/src/language/en.ts';
import { ru } from '../../../web/src/language/ru.ts';
import { violationsOf } from '../../support/violations.ts';
import { GatewayProcess, temporaryFolder } from '../../support/gateway-process.ts';
import { TestBrowser } from '../../support/page.ts';
import { until } from '../../support/until.ts';

const pin = '4711';
const folder = temporaryFolder();
let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.start();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  folder[Symbol.dispose]();
});

/** A gateway whose modem wants a PIN that it was not told. */
async function locked(name: string): Promise<{ gateway: GatewayProcess; modem: ServedVirtualModem }> {
  const modem = await serveVirtualModem({ pty: true, profile: 'zte-mf180', seed: 7, pin });
  const gateway = await GatewayProcess.start({
    MODEM_PORT: modem.port,
    DATA_DIR: join(folder.path, name),
    LOG_LEVEL: 'warn',
    OPERATOR_INTERVAL: '10s',
  });
  const asks = async () => {
    const { items } = await gateway.get<{ items: { reason: { code: string } | null }[] }>('/v1/modems');
    return items[0]?.reason?.code === 'sim_pin_needed';
  };
  await until('the card to ask for its PIN', asks, 30_000);
  return { gateway, modem };
}

describe.each([
  ['en', 1280, en],
  ['ru', 360, ru],
] as const)('the way to the first message, in %s at %i px', (language, width, t) => {
  it('leads from a card that wants its PIN to a message that was sent', { timeout: 150_000 }, async () => {
    const { gateway, modem } = await locked(language);
    try {
      const page = await browser.open(gateway.base, { language, width, dark: language === 'ru' });
      await page.getByRole('link', { name: t.setup.open }).click();
      await page.getByRole('heading', { name: t.setup.title }).waitFor();
      const field = page.getByRole('textbox', { name: t.setup.pin });
      await field.waitFor();
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);

      await field.fill('9999');
      await page.getByRole('button', { name: t.setup.pinGo }).click();
      await page.getByRole('alert').filter({ hasText: /PIN/ }).waitFor();
      await field.fill(pin);
      await page.getByRole('button', { name: t.setup.pinGo }).click();
      await page.getByText(t.setup.simDone).waitFor({ timeout: 45_000 });

      await page.getByRole('textbox', { name: t.composer.to }).fill('+79165550199', { timeout: 60_000 });
      await page.getByRole('textbox', { name: t.composer.text }).fill('First');
      await page.getByRole('button', { name: t.composer.send, exact: true }).click();
      await page.getByText(t.composer.sent).waitFor();
      const sent = async () => JSON.stringify(await gateway.get('/v1/messages')).includes('"First"');
      await until('the message', sent);
      await page.context().close();
    } finally {
      await gateway.end('SIGTERM');
      await modem.close();
    }
  });
});

it('without a modem says what is missing, in both languages', async () => {
  const gateway = await GatewayProcess.start({
    MODEM_PORT: '/dev/ttyUSB97',
    DATA_DIR: join(folder.path, 'none'),
    LOG_LEVEL: 'error',
  });
  try {
    for (const [language, t] of [
      ['en', en],
      ['ru', ru],
    ] as const) {
      const page = await browser.open(`${gateway.base}/setup`, { language });
      await page.getByText(t.setup.stickNone).waitFor();
      await page.getByText('/dev/ttyUSB97', { exact: false }).first().waitFor();
      await page.getByRole('button', { name: t.setup.portAsk }).click();
      await page.getByText(t.setup.portNone).waitFor();
      await page.context().close();
    }
  } finally {
    await gateway.end('SIGTERM');
  }
});

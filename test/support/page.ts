import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from './servers/chromium.ts';

export interface Looking {
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'en' | 'ru';
  readonly dark?: boolean;
}

/** A browser; whatever goes wrong in one of its pages is among its troubles. */
export class TestBrowser {
  readonly troubles: string[] = [];
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(): Promise<TestBrowser> {
    const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];
    return new TestBrowser(await chromium.launch({ executablePath: chromiumPath(), args }));
  }

  /** A page of somebody who has never been here. */
  async open(url: string, { width = 1280, height = 860, language = 'en', dark = false }: Looking = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      viewport: { width, height },
      locale: language === 'ru' ? 'ru-RU' : 'en-GB',
      colorScheme: dark ? 'dark' : 'light',
      // What moves takes time, and is measured half transparent.
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      timezoneId: 'Europe/Moscow',
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.troubles.push(error.message));
    await page.goto(url);
    return page;
  }

  context(page: Page): BrowserContext {
    return page.context();
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

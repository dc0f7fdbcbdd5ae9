import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildPage, pageIsStale } from '../src/cli/page-build.ts';
import { fillStore } from '../test/support/filled-store.ts';
import { GatewayProcess } from '../test/support/gateway-process.ts';
import { TestBrowser } from '../test/support/page.ts';
import { until } from '../test/support/until.ts';
import { type Figure, median, workFolder } from './lab.ts';

const rounds = 50;
const rows = 100_000;
/** Frames of scrolling, and how far each goes: the speed of a finger that is in a hurry. */
const frames = 600;
const framePixels = 500;

/** How soon a message is on the page, and how a list of many scrolls, in a real browser. */
export async function benchPage(): Promise<Figure[]> {
  if (pageIsStale()) await buildPage();
  const browser = await TestBrowser.start();
  try {
    return [...(await latency(browser)), ...(await scrolling(browser))];
  } finally {
    await browser.close();
  }
}

async function latency(browser: TestBrowser): Promise<Figure[]> {
  using folder = workFolder();
  const gateway = await startReady(folder.path);
  try {
    const page = await browser.open(gateway.base);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    const took: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const text = `Round${round}end`;
      // The clock of the page is that of the gateway: they are on one machine.
      const shown: Promise<number> = page.evaluate(`new Promise((resolve) => {
        const look = () => document.body.textContent.includes('${text}') && resolve(Date.now());
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
      })`);
      await gateway.post('/v1/demo', { do: 'sms', from: 'Bench', text });
      const at = await shown;
      const [newest] = (await gateway.get<{ items: { at: string }[] }>('/v1/messages?limit=1')).items;
      took.push(at - Date.parse(newest?.at ?? ''));
    }
    const sorted = took.toSorted((a, b) => a - b);
    return [
      { name: "from a message's commit to its text on the page, median", value: median(took), unit: 'ms', atMost: 150 },
      { name: 'the same, p95', value: sorted[Math.floor(rounds * 0.95)] ?? Number.NaN, unit: 'ms' },
    ];
  } finally {
    await gateway.end('SIGTERM');
  }
}

async function scrolling(browser: TestBrowser): Promise<Figure[]> {
  using folder = workFolder();
  await fillStore(join(folder.path, 'demo'), rows);
  const gateway = await startReady(folder.path);
  try {
    const page = await browser.open(`${gateway.base}/messages`);
    await page.getByRole('radio', { name: 'All as a list' }).press('Space');
    await page
      .getByRole('link', { name: /Bank|\+7916/ })
      .first()
      .waitFor();
    const { times, most, far } = await scroll(page);
    const sorted = times.toSorted((a, b) => a - b);
    const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
    return [
      {
        name: `frames of a list of ${rows}, scrolled over ${far} rows: median`,
        value: at(0.5),
        unit: 'ms',
        atMost: 20,
      },
      { name: 'the same, p99', value: at(0.99), unit: 'ms', atMost: 100 },
      { name: 'rows in the page at once, at most', value: most, unit: '', atMost: 200 },
    ];
  } finally {
    await gateway.end('SIGTERM');
  }
}

/** Scrolls down frame by frame, waiting for pages that are on their way. */
async function scroll(page: Page): Promise<{ times: number[]; most: number; far: number }> {
  return page.evaluate(`(async () => {
    const frame = document.querySelector('[role=region][tabindex="0"]');
    const times = [];
    let most = 0;
    let last = await new Promise(requestAnimationFrame);
    for (let count = 0; count < ${frames}; count += 1) {
      frame.scrollTop += ${framePixels};
      const now = await new Promise(requestAnimationFrame);
      times.push(now - last);
      last = now;
      most = Math.max(most, frame.querySelectorAll('a').length);
    }
    return { times, most, far: Math.round(frame.scrollTop / 64) };
  })()`);
}

async function startReady(path: string): Promise<GatewayProcess> {
  const gateway = await GatewayProcess.start({ DATA_DIR: path, LOG_LEVEL: 'error' });
  await until('the modem to be ready', async () => (await fetch(`${gateway.base}/health/ready`)).ok, 30_000);
  return gateway;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureHtml } from '../../src/http/failure-html.ts';
import { GatewayProcess, temporaryFolder } from '../support/gateway-process.ts';

const page = { accept: 'text/html', 'accept-language': 'ru-RU,ru;q=0.9' };

describe('a start that fails', () => {
  it('shows the reason in the browser, to neighbours only, and then ends with an error', async () => {
    using folder = temporaryFolder();
    const env = { DATA_DIR: folder.path, MODEM_PORT: 'bluetooth', LOG_LEVEL: 'loud', FAILURE_PAGE: '5s' };
    const failed = await GatewayProcess.start(env);
    const shown = await fetch(failed.base, { headers: page });
    expect(shown.status).toBe(503);
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await shown.text();
    expect(text).toContain('Simloft не запустился');
    expect(text).toMatch(/LOG_LEVEL is &#34;loud&#34;|MODEM_PORT is &#34;bluetooth&#34;/);

    const forPrograms = await fetch(`${failed.base}/get-sms`);
    expect([forPrograms.status, forPrograms.headers.get('content-type')]).toEqual([503, 'application/problem+json']);
    expect(await forPrograms.json()).toMatchObject({ code: 'setting_invalid', detail: expect.stringMatching(/ is "/) });

    const stranger = await fetch(failed.base, { headers: { ...page, 'x-forwarded-for': '203.0.113.5' } });
    expect(await stranger.text()).not.toMatch(/loud|bluetooth/);
    expect(await failed.exited()).toBe(1);
    expect(failed.output).toContain('simloft: ');
  });

  it('says why its store cannot be opened, and ends when it is told', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'demo'));
    writeFileSync(join(folder.path, 'demo/simloft.db'), 'no database');
    const failed = await GatewayProcess.start({ DATA_DIR: folder.path, FAILURE_PAGE: '1m' });
    const answer = await fetch(failed.base);
    expect(await answer.json()).toMatchObject({ status: 503, detail: expect.stringContaining('simloft.db') });
    expect(await failed.end('SIGTERM')).toBe(1);
  });
});

it('keeps the reason a text in its page', () => {
  const { html } = failureHtml({ code: 'internal', detail: '<script>alert(1)</script>', language: 'en' });
  expect(html).not.toContain('<script>alert');
});

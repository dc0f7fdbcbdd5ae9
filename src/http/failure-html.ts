import { createHash } from 'node:crypto';
import { escapeHtml } from './home-page.ts';

export interface FailureWords {
  readonly code: string;
  /** A sentence for a person. */
  readonly detail: string;
  readonly language: 'en' | 'ru';
}

const words = {
  en: {
    title: 'Simloft did not start',
    why: 'What is wrong',
    what: 'Mend it and start the gateway again. This page notices when it is back.',
  },
  ru: {
    title: 'Simloft не запустился',
    why: 'Что не так',
    what: 'Исправьте это и запустите шлюз снова. Эта страница сама заметит, когда он заработает.',
  },
} as const;

/** Looks every other second whether the gateway is there. */
const script = `setInterval(() => fetch('/health/live').then((answer) => answer.ok && location.reload(), () => {}), 2000);`;
const style = `:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:12vh auto;padding:0 1.25rem}
h1{font-size:1.6rem;margin-bottom:.5rem}h2{font-size:1rem;margin:1.5rem 0 .25rem}
blockquote{margin:0;padding:.75rem 1rem;border-left:4px solid #e8590c;background:#8882;overflow-wrap:anywhere}code{opacity:.75}`;

const policyHash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `script-src ${policyHash(script)}`,
  `style-src ${policyHash(style)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page of a gateway that did not start, and its content security policy. */
export function failureHtml({ code, detail, language }: FailureWords): {
  readonly html: string;
  readonly policy: string;
} {
  const { title, why, what } = words[language];
  const html = `<!doctype html>
<html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>${style}</style>
<h1>${title}</h1>
<h2>${why}</h2>
<blockquote lang="en">${escapeHtml(detail)}</blockquote>
<p><code>${escapeHtml(code)}</code></p>
<p>${what}</p>
<script>${script}</script>
</html>
`;
  return { html, policy };
}

import type { FastifyReply } from 'fastify';
import type { Health } from '../app/queries.ts';
import type { HttpDeps } from './deps.ts';

const endpoints: readonly (readonly [address: string, words: string])[] = [
  ['/get-sms', 'received messages'],
  ['/get-calls', 'incoming calls'],
  ['/get-balance', 'balance'],
  ['/get-operator', 'operator'],
  ['/get-signal', 'signal, dBm'],
  ['/get-signal-type', 'technology'],
  ['/health/ready', 'health for programs'],
  ['/docs', 'all that can be asked'],
];

/** `GET /` where no page was built: how the gateway is, in words, and what can be asked. */
export const createHomePage =
  ({ queries }: Pick<HttpDeps, 'queries'>) =>
  async (reply: FastifyReply): Promise<FastifyReply> => {
    const page = homePage(await queries.health());
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .send(page);
  };

function homePage({ ready, reasons }: Health): string {
  const state = ready ? 'Ready: messages come in and go out.' : 'Not ready.';
  const why = reasons.map(({ text }) => `<li>${escapeHtml(text)}</li>`).join('');
  const list = endpoints
    .map(([address, words]) => `<li><a href="${address}">${address}</a> – ${escapeHtml(words)}</li>`)
    .join('');
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Simloft</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}</style>
<h1>Simloft</h1>
<p><strong>${state}</strong></p>
<ul>${why}</ul>
<h2>What can be asked</h2>
<ul>${list}<li>POST /send-sms – send a message: {"phone":"+79161234567","text":"Hello"}</li></ul>
</html>
`;
}

/** Reasons quote ports and modem answers: they must stay text in the page. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

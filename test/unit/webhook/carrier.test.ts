import { createServer as createTcpServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { createCarrier } from '../../../src/webhook/carrier.ts';
import { checkPlace, type ResolvedAddress } from '../../../src/webhook/guard.ts';
import type { HttpLetter, Letter } from '../../../src/webhook/letter.ts';
import { sendMail } from '../../../src/webhook/mail.ts';
import { until } from '../../support/until.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { WebhookReceiver } from '../../support/webhook-receiver.ts';

let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await new WebhookReceiver().start();
});
afterEach(() => receiver.stop());

const names: Record<string, readonly ResolvedAddress[]> = {
  'hook.test': [{ address: '127.0.0.1', family: 4 }],
  'evil.test': [{ address: '169.254.169.254', family: 4 }],
};
const carrierOn = (clock = systemClock, ownPorts: number[] = []) =>
  createCarrier({
    clock,
    ownPorts,
    lookup: async (name) => {
      const found = names[name];
      if (found !== undefined) return found;
      throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
    },
  });
const letter = (url: string, change: Partial<HttpLetter> = {}): HttpLetter => ({
  kind: 'http',
  method: 'POST',
  url,
  headers: { 'content-type': 'application/json' },
  body: '{"text":"Привет"}',
  ...change,
});
const carry = (one: Letter) => carrierOn().carry(one, { allowInsecure: false });
const answering = (status: number, headers: Record<string, string> = {}, body = '') => {
  receiver.answer = (_hook, response) => response.writeHead(status, headers).end(body);
};

describe('a letter over HTTP', () => {
  it('arrives whole, and its answer is told', async () => {
    answering(200, {}, 'thanks');
    const outcome = await carry(letter(receiver.url));
    expect(outcome).toMatchObject({ ok: true, status: 200, answer: 'thanks', error: null, unreachable: false });
    expect(receiver.received).toMatchObject([
      { path: '/hook', body: '{"text":"Привет"}', headers: { 'content-length': '23', 'user-agent': 'Simloft' } },
    ]);
  });

  it('goes to the address that was looked up and checked, under the name it was given', async () => {
    const { port } = new URL(receiver.url);
    expect(await carry(letter(`http://hook.test:${port}/x`))).toMatchObject({ ok: true });
    expect(receiver.received[0]?.headers.host).toBe(`hook.test:${port}`);
    expect(await carry(letter('http://evil.test/'))).toMatchObject({
      ok: false,
      status: null,
      error: expect.stringContaining('169.254.169.254'),
    });
  });

  it('does not follow a redirect', async () => {
    const { port } = new URL(receiver.url);
    answering(302, { location: `http://127.0.0.1:${port}/elsewhere` });
    expect(await carry(letter(receiver.url))).toMatchObject({
      ok: false,
      status: 302,
      error: expect.stringContaining('Redirects are not followed'),
    });
    expect(receiver.received).toHaveLength(1);
  });

  it.each([
    [500, {}, { unreachable: false, retryAfterMs: null }],
    [410, {}, { unreachable: false, retryAfterMs: null }],
    [503, {}, { unreachable: true, retryAfterMs: null }],
    [503, { 'retry-after': '120' }, { unreachable: false, retryAfterMs: 120_000 }],
    [429, { 'retry-after': '99999999' }, { unreachable: false, retryAfterMs: 86_400_000 }],
    [429, { 'retry-after': 'soon' }, { unreachable: false, retryAfterMs: null }],
  ])('is told of %s %j', async (status, headers, expected) => {
    answering(status, headers, 'no');
    expect(await carry(letter(receiver.url))).toMatchObject({ ok: false, status, answer: 'no', ...expected });
  });

  it('keeps a kibibyte of an endless answer, and waits for no more', async () => {
    receiver.answer = (_hook, response) => {
      response.writeHead(200);
      const more = () => {
        if (!response.destroyed) response.write('ж'.repeat(400), () => setImmediate(more));
      };
      more();
    };
    const { ok, answer } = await carry(letter(receiver.url));
    expect(ok).toBe(true);
    expect(answer).toBe('ж'.repeat(512));
  });

  it('ends after 15 s with a target that hangs, before its answer or within it', async () => {
    const clock = new VirtualClock();
    for (const hang of [
      () => {},
      (_: unknown, response: { writeHead(status: number): { write(text: string): void } }) =>
        response.writeHead(200).write('wait'),
    ]) {
      receiver.answer = hang;
      const count = receiver.received.length;
      const carrying = carrierOn(clock).carry(letter(receiver.url), { allowInsecure: false });
      await until('the letter', () => receiver.received.length > count);
      await clock.advance(15_000);
      expect(await carrying).toMatchObject({
        ok: false,
        status: null,
        ms: 15_000,
        error: expect.stringContaining('15 s'),
      });
    }
  });

  it('tells that nobody is there, without saying where', async () => {
    const { url } = receiver;
    await receiver.stop();
    expect(await carry(letter(`${url}/secret-token`))).toMatchObject({
      ok: false,
      status: null,
      unreachable: true,
      error: 'Nothing listens there. (ECONNREFUSED)',
    });
    expect(await carry(letter('http://unknown.test/'))).toMatchObject({
      unreachable: true,
      error: 'Its name is not known. (ENOTFOUND)',
    });
  });

  it('never goes to the gateway itself', async () => {
    const own = carrierOn(systemClock, [Number(new URL(receiver.url).port)]);
    expect(await own.carry(letter(receiver.url), { allowInsecure: true })).toMatchObject({
      error: expect.stringContaining('gateway itself'),
    });
    expect(receiver.received).toEqual([]);
  });

  it('ends at once when the gateway stops', async () => {
    receiver.answer = () => {};
    const stop = new AbortController();
    const carrying = carrierOn().carry(letter(receiver.url), { allowInsecure: false, signal: stop.signal });
    await until('the letter', () => receiver.received.length > 0);
    stop.abort();
    expect(await carrying).toMatchObject({ ok: false, unreachable: true });
  });
});

describe('a look whether anybody is there', () => {
  it('says nothing to them, and goes nowhere where a letter may not', async () => {
    const { url } = receiver;
    const { port } = new URL(url);
    const look = (at: string, carrier = carrierOn()) => carrier.reach(at, { allowInsecure: false });
    expect(await look(url)).toBe(true);
    expect(await look(`http://hook.test:${port}/`)).toBe(true);
    expect(await look('http://unknown.test/')).toBe(false);
    expect(await look(url, carrierOn(systemClock, [Number(port)]))).toBe(false);
    expect(receiver.received).toEqual([]);
    await receiver.stop();
    expect(await look(url)).toBe(false);
  });
});

/** A mail server in a few lines: takes one message on each connection, or refuses its recipients. */
async function mailServer(refuse = false) {
  const [lines, commands]: [string[], string[]] = [[], []];
  const refused = refuse ? /^(?:RCPT|STARTTLS)/ : /^STARTTLS/;
  const server = createTcpServer((socket) => {
    let inData = false;
    let rest = '';
    const say = (text: string) => void socket.write(`${text}\r\n`);
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      rest += String(chunk);
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        (inData ? lines : commands).push(line);
        if (inData && line === '.') {
          inData = false;
          say('250 kept as 17');
        } else if (!inData) {
          inData = line === 'DATA';
          say(inData ? '354 go on' : refused.test(line) ? '550 no' : '250 well');
        }
      }
    });
    say('220 here');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { lines, commands, url: `smtp://127.0.0.1:${port}`, [Symbol.asyncDispose]: async () => void server.close() };
}

describe('a letter by mail', () => {
  const mail = (url: string): Letter => ({
    kind: 'mail',
    url,
    user: null,
    password: null,
    from: 'gateway@example.org',
    to: 'anna@example.org, Ben <ben@example.org>',
    subject: 'SMS from Bank\r\nBcc: thief@example.org',
    text: 'Код 124556\n.\nRCPT TO:<thief@example.org>',
    id: 'evt_5_1@simloft',
  });

  it('is given to the server, with nothing of the text among the headers or the commands', async () => {
    await using server = await mailServer();
    expect(await carry(mail(server.url))).toMatchObject({ ok: true, status: 250, answer: '250 kept as 17' });
    expect(server.commands.filter((line) => line.startsWith('RCPT'))).toEqual([
      'RCPT TO:<anna@example.org>',
      'RCPT TO:<ben@example.org>',
    ]);
    expect(server.lines).toContain('Message-ID: <evt_5_1@simloft>');
    expect(server.lines.filter((line) => /^bcc:/i.test(line))).toEqual([]);
  });

  it('that is refused is told with the reply', async () => {
    await using server = await mailServer(true);
    expect(await carry(mail(server.url))).toMatchObject({
      ok: false,
      status: 550,
      error: expect.not.stringContaining('@'),
    });
  });

  it('finds nobody where no server listens', async () => {
    const { url } = await (async () => {
      await using server = await mailServer();
      return server;
    })();
    expect(await carry(mail(url))).toMatchObject({ ok: false, status: null, unreachable: true });
  });

  it('goes to no server elsewhere that has no TLS', async () => {
    await using server = await mailServer();
    const { url } = server;
    const place = await checkPlace({ url, allowInsecure: false }, { ownPorts: [], lookup: async () => [] });
    const letter = mail(url);
    if (letter.kind !== 'mail') throw new Error('no mail');
    expect(await sendMail(letter, place, { plain: false })).toMatchObject({
      status: 550,
      error: expect.stringContaining('ETLS'),
    });
    expect(server.lines).toEqual([]);
  });
});

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedVirtualModem, serveVirtualModem } from '../../src/virtual/serve.ts';
import { EventListener } from '../support/event-listener.ts';
import type { RoleProcess } from '../support/role-process.ts';
import { Stack } from '../support/stack.ts';
import { until } from '../support/until.ts';

/** Those who wait are in two processes of the API, and what comes in is written by a third. */

const waiters = 100;
let served: ServedVirtualModem;
let stack: Stack;
let apis: RoleProcess[];
beforeAll(async () => {
  served = await serveVirtualModem({ pty: true, profile: 'clean', seed: 11, latencyMs: 1 });
  stack = await Stack.start({ modems: { modem: served.port }, shared: 'two-processes' });
  apis = [stack.api, await stack.add('api 2', 'api', { MODEM_NAME: 'modem' })];
}, 120_000);
afterAll(async () => {
  await stack.stop();
  await served.close();
}, 60_000);

interface Claimed {
  readonly code: string;
  readonly message: { readonly id: string; readonly at: string };
  /** From the stamp that its message was given before it was committed to the whole answer, ms. */
  readonly ms: number;
}

async function claim(api: RoleProcess, query: string): Promise<Claimed> {
  const response = await fetch(`${api.base}/v1/wait/code?timeout=120&${query}`, { method: 'POST' });
  const answer: Omit<Claimed, 'ms'> = JSON.parse(await response.text());
  const at = Date.now();
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
  return { ...answer, ms: at - Date.parse(answer.message.at) };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Resolves when all of them hang on to their process. */
async function waiting(count: number): Promise<void> {
  await until(`${count} who wait`, async () => {
    const open = await Promise.all(apis.map(({ base }) => connections(base)));
    return open.reduce((sum, one) => sum + one, 0) >= count;
  });
}

/** Established connections to a port of this machine, as its kernel counts them. */
async function connections(base: string): Promise<number> {
  const port = Number(new URL(base).port).toString(16).toUpperCase().padStart(4, '0');
  const rows = (await readFile('/proc/net/tcp', 'utf8')).split('\n');
  return rows.filter((row) => new RegExp(`^\\s*\\d+: \\w+:${port} \\w+:\\w+ 01 `).test(row)).length;
}

describe('a hundred who wait for codes in two processes', () => {
  it('get one each, each code once, soon after it was committed', { timeout: 120_000 }, async () => {
    const claims = Array.from({ length: waiters }, (_, who) => claim(apis[who % 2] ?? stack.api, 'sender=Bank'));
    await waiting(waiters);
    const codes = Array.from({ length: waiters }, (_, index) => String(124_000 + index));
    for (const code of codes) served.modem.network.deliver({ from: 'Bank', text: `Your verification code is ${code}` });
    const got = await Promise.all(claims);
    expect(got.map(({ code }) => code).toSorted()).toEqual(codes);
    expect(new Set(got.map(({ message }) => message.id)).size).toBe(waiters);
    expect(median(got.map((one) => one.ms))).toBeLessThan(500);
  });

  it('get what one of them left behind when its process was killed only if it was not taken', {
    timeout: 60_000,
  }, async () => {
    const [first, second] = [claim(stack.api, 'sender=Shop'), claim(apis[1] ?? stack.api, 'sender=Shop')];
    const lost = first.then(
      () => null,
      (error: unknown) => error,
    );
    await waiting(2);
    await stack.api.end('SIGKILL');
    served.modem.network.deliver({ from: 'Shop', text: 'Your verification code is 777123' });
    expect((await second).code).toBe('777123');
    expect(await lost).not.toBeNull();
    await stack.api.start();
  });
});

describe('who listens', () => {
  it('hears of everything, also of what happened while its process was being started again', {
    timeout: 60_000,
  }, async () => {
    const [first] = apis;
    if (first === undefined) throw new Error('there is no API');
    const before = await new EventListener(`${first.base}/v1/events?types=message.received`).begun();
    served.modem.network.deliver({ from: 'Shop', text: 'one' });
    await before.heard(1);
    await first.end('SIGTERM');
    await until('the end of the stream', () => before.ended);
    served.modem.network.deliver({ from: 'Shop', text: 'two' });
    await first.start();
    const after = new EventListener(`${first.base}/v1/events?types=message.received`, {
      'last-event-id': before.lastId,
    });
    await after.begun();
    served.modem.network.deliver({ from: 'Shop', text: 'three' });
    const texts = (await after.heard(2)).map(({ data }): unknown => JSON.parse(data ?? '').text);
    expect(texts).toEqual(['two', 'three']);
    after.leave();
  });
});

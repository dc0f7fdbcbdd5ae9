import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Metrics } from '../../../src/metrics/contract.ts';
import { createKnownValues } from '../../../src/metrics/known-values.ts';
import { createMetrics } from '../../../src/metrics/metrics.ts';
import { observeCommands } from '../../../src/metrics/observe-commands.ts';
import { observeHandler } from '../../../src/metrics/observe-handler.ts';
import { observePublish } from '../../../src/metrics/observe-publish.ts';
import { watchQueues } from '../../../src/metrics/queue-gauges.ts';
import { watchStore } from '../../../src/metrics/store-gauges.ts';
import { readExposition } from '../../support/exposition.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let metrics: Metrics;
beforeEach(() => {
  metrics = createMetrics({ role: 'worker', clock: new VirtualClock() });
});
afterEach(() => metrics.close());

/** What must never be seen in a scrape. */
const secrets = ['+79161234567', '8970101234567890123', 'Your code is 123456', '250016012345678'];
const hostile = [...secrets, '', 'a"} 1\nevil_total 1', '\\', '\n', '🙂', 'x'.repeat(10_000), '__proto__', 'toString'];

/** What a broker or a store hands over has been typed, but not by us. */
const untyped = (value: object) => JSON.parse(JSON.stringify(value));

describe('labels', () => {
  it('take nothing hostile, wherever it comes from', async () => {
    const publish = observePublish(() => Promise.resolve(), metrics);
    const handle = observeHandler(() => Promise.resolve(), metrics);
    for (const word of hostile) {
      const reason = { code: word, text: word };
      const failure = { kind: word, source: 'CMS', code: word, text: word };
      const common = { id: word, modem: word, run: word, at: 0, state: word, port: word, reason, found: word, failure };
      const status = { signal: { rssi: word, dbm: word }, operator: { name: word, numeric: word } };
      for (const type of ['link.changed', 'pdu.received', 'part.failed', 'part.unknown', 'status.read', word]) {
        const event = untyped({ ...common, type, status, sim: word, identity: null });
        await publish(event);
        await handle(event);
      }
      const run = observeCommands(async () => untyped({ ok: false, code: word, message: word }), metrics, word);
      await run(untyped({ type: word, id: word }), new AbortController().signal);
    }
    watchQueues(async () => hostile.map((queue) => ({ queue, messages: 1 })), metrics);
    watchStore(
      {
        counts: () => Promise.reject(new Error(secrets.join(' '))),
        deliveryCounts: () => Promise.reject(new Error(secrets.join(' '))),
        modems: async () => [],
        reading: async () => null,
      },
      metrics,
    );
    const text = await metrics.text();
    for (const secret of secrets) expect(text).not.toContain(secret);
    const { samples } = readExposition(text);
    for (const { name, labels } of samples) {
      for (const [label, value] of Object.entries(labels)) expect(value, `${name} ${label}`).toMatch(/^[\w.+-]{1,40}$/);
    }
    expect(samples.length).toBeLessThan(300);
    expect(text).not.toContain('evil_total');
    const words = new Set(samples.filter(({ labels }) => 'type' in labels).map(({ labels }) => labels['type']));
    expect(words).toEqual(
      new Set(['link.changed', 'pdu.received', 'part.failed', 'part.unknown', 'status.read', 'other']),
    );
  });

  it('show what is in the store only as words of a closed set', async () => {
    const record = { port: '', reasonCode: null, reasonText: null, identity: null, updatedAt: 0 };
    const none = { pending: 0, partial: 0, complete: 0, undecodable: 0, hidden: 0 };
    const out = { queued: 0, sending: 0, sent: 0, delivered: 0, undelivered: 0, unknown: 0 };
    const store = {
      counts: async () => ({
        inbound: none,
        outgoing: { ...out, failed: 0, expired: 0, canceled: 0 },
        oldestQueuedAt: null,
        newestStoredAt: null,
      }),
      deliveryCounts: async () => ({ queued: 0, delivered: 0, parked: 0, dropped: 0 }),
      modems: async () => hostile.map((word) => ({ ...record, modem: word, state: word })),
      reading: async (key: string, modem = '') => ({
        key,
        modem,
        updatedAt: 0,
        data: key === 'signal' ? -60 : { text: secrets[0], minor: 150, currency: modem },
      }),
    };
    watchStore(store, metrics);
    const text = await metrics.text();
    for (const secret of secrets) expect(text).not.toContain(secret);
    const { samples } = readExposition(text);
    const balances = samples.filter(({ name }) => name === 'simloft_store_balance');
    expect(balances.map(({ labels, value }) => [labels['modem'], labels['currency'], value])).toEqual([
      ['other', 'other', 1.5],
      ['__proto__', 'other', 1.5],
      ['toString', 'other', 1.5],
    ]);
    const modems = samples.filter(({ name, value }) => name === 'simloft_store_modems' && value > 0);
    expect(modems.map(({ labels, value }) => [labels['state'], value])).toEqual([['other', hostile.length]]);
  });
});

describe('a set closed by its number', () => {
  it('takes so many, keeps them, and calls the rest other', () => {
    const known = createKnownValues({ pattern: /^[\w-]+$/, most: 2 });
    expect(['a', 'b', 'c', 'a', 'b', 'other', 'd e'].map(known)).toEqual([
      'a',
      'b',
      'other',
      'a',
      'b',
      'other',
      'other',
    ]);
  });

  it('takes no number of a phone or a card, however it is written', () => {
    const known = createKnownValues({ pattern: /^[\w.-]+$/, most: 10 });
    expect(['79161234567', '7-916-123', 'sim_8970101', 'stick-12345'].map(known)).toEqual([
      'other',
      'other',
      'other',
      'stick-12345',
    ]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Metrics } from '../../../src/metrics/contract.ts';
import { createMetrics } from '../../../src/metrics/metrics.ts';
import { watchQueues } from '../../../src/metrics/queue-gauges.ts';
import { watchStore } from '../../../src/metrics/store-gauges.ts';
import { inbound, outgoing, outgoingPart } from '../../contract/store-records.ts';
import { readExposition, valueOf } from '../../support/exposition.ts';
import { type House, openHouse } from '../app/house.ts';

let house: House;
let metrics: Metrics;
beforeEach(async () => {
  house = await openHouse();
  metrics = createMetrics({ role: 'scheduler', clock: house.clock });
});
afterEach(async () => {
  metrics.close();
  await house.close();
});

const value = async (name: string, labels: Record<string, string> = {}) =>
  valueOf(await metrics.text(), name, { role: 'scheduler', ...labels });

describe('the process', () => {
  it('says what it uses', async () => {
    expect(await value('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
    expect(await value('process_start_time_seconds')).toBeGreaterThan(0);
    const used = (await value('process_cpu_seconds_total')) ?? 0;
    expect(used).toBeGreaterThan(0);
    expect(await value('process_cpu_seconds_total')).toBeGreaterThanOrEqual(used);
  });

  it('shows nothing of what this role does not do', async () => {
    const { types } = readExposition(await metrics.text());
    expect([...types.keys()].filter((name) => name.startsWith('simloft_'))).toEqual([]);
  });
});

describe('the store', () => {
  it('shows what it holds', async () => {
    watchStore(house.store, metrics);
    const now = house.clock.now();
    await house.store.transaction(async (tx) => {
      await tx.addInbound(inbound({ storedAt: now - 5_000 }));
      await tx.addInbound(inbound({ storedAt: now - 4_000, state: 'undecodable', text: null }));
      const parts = [outgoingPart(1)];
      await tx.addOutgoing(outgoing({ createdAt: now - 60_000 }), parts);
      await tx.addOutgoing(outgoing({ createdAt: now - 30_000 }), parts);
      await tx.addOutgoing(outgoing({ state: 'delivered' }), parts);
      const modem = { port: 'p', reasonCode: null, reasonText: null, identity: null, updatedAt: now };
      await tx.putModem({ ...modem, modem: 'kitchen', state: 'ready' });
      await tx.putModem({ ...modem, modem: 'attic', state: 'failed' });
      await tx.putReading({ modem: 'kitchen', key: 'signal', data: -71, updatedAt: now });
      await tx.putReading({ modem: 'attic', key: 'signal', data: null, updatedAt: now });
      const balance = { text: 'Баланс: -12,50 р.', minor: -1_250, currency: 'RUB', confidence: 1 };
      await tx.putReading({ modem: 'kitchen', key: 'balance', data: balance, updatedAt: now });
      await tx.putReading({
        modem: 'attic',
        key: 'balance',
        data: { ...balance, minor: null, currency: null },
        updatedAt: now,
      });
    });
    await house.resources.webhooks.create({
      name: 'house',
      template: 'json',
      url: 'http://127.0.0.1:9/',
      options: {},
      filters: {},
      allowInsecure: false,
      enabled: false,
    });
    await house.resources.webhooks.test(1);
    const text = await metrics.text();
    const shown = (name: string, labels: Record<string, string> = {}) => valueOf(text, name, labels);
    expect(shown('simloft_store_up')).toBe(1);
    expect(shown('simloft_store_webhook_deliveries', { state: 'dropped' })).toBe(1);
    expect(shown('simloft_store_webhook_deliveries', { state: 'queued' })).toBe(0);
    expect(shown('simloft_store_messages_in', { state: 'complete' })).toBe(1);
    expect(shown('simloft_store_messages_in', { state: 'pending' })).toBe(0);
    expect(shown('simloft_store_undecodable_messages')).toBe(1);
    expect(shown('simloft_store_messages_out', { state: 'delivered' })).toBe(1);
    expect(shown('simloft_store_waiting_messages')).toBe(2);
    expect(shown('simloft_store_waiting_oldest_seconds')).toBe(60);
    expect(shown('simloft_store_last_received_timestamp_seconds')).toBe((now - 4_000) / 1000);
    expect(shown('simloft_store_modems', { state: 'ready' })).toBe(1);
    expect(shown('simloft_store_modems', { state: 'failed' })).toBe(1);
    expect(shown('simloft_store_modems', { state: 'opening' })).toBe(0);
    expect(shown('simloft_store_signal_dbm')).toBe(-71);
    expect(shown('simloft_store_balance')).toBe(-12.5);
    expect(shown('simloft_store_balance', { modem: 'kitchen', currency: 'RUB' })).toBe(-12.5);
    expect(text).not.toContain('Баланс');
  });

  it('is asked at most every 5 s, and forgets what is no longer so', async () => {
    let asked = 0;
    const counts = (most: number) => {
      asked += 1;
      return house.store.counts(most);
    };
    watchStore({ ...house.store, counts }, metrics);
    const put = (currency: string) =>
      house.store.transaction(async (tx) => {
        const record = { port: 'p', state: 'ready', reasonCode: null, reasonText: null, identity: null, updatedAt: 1 };
        await tx.putModem({ ...record, modem: 'kitchen' });
        await tx.putReading({ modem: 'kitchen', key: 'balance', data: { minor: 100, currency }, updatedAt: 1 });
      });
    await put('RUB');
    await Promise.all([metrics.text(), metrics.text()]);
    await house.clock.advance(4_999);
    await put('EUR');
    expect(await value('simloft_store_balance', { currency: 'RUB' })).toBe(1);
    expect(asked).toBe(1);
    await house.clock.advance(1);
    expect(await value('simloft_store_balance')).toBe(1);
    expect(await value('simloft_store_balance', { currency: 'EUR' })).toBe(1);
    expect(asked).toBe(2);
  });

  it('that is gone is down, with nothing left of what it held', async () => {
    watchStore(house.store, metrics);
    await house.store.transaction((tx) => tx.addInbound(inbound({ state: 'undecodable' })));
    expect(await value('simloft_store_undecodable_messages')).toBe(1);
    await house.store.close();
    await house.clock.advance(5_000);
    const { samples } = readExposition(await metrics.text());
    const ofStore = samples.filter(({ name }) => name.startsWith('simloft_store_'));
    expect(ofStore.map(({ name, value }) => [name, value])).toEqual([['simloft_store_up', 0]]);
    expect(await value('simloft_errors_total', { where: 'scrape', code: 'store_unavailable' })).toBe(2);
  });

  it('that hangs holds a scrape up for 3 s, is not asked twice, and is shown when it answers', async () => {
    const gate = Promise.withResolvers<void>();
    let asked = 0;
    const counts = async (most: number) => {
      asked += 1;
      await gate.promise;
      return house.store.counts(most);
    };
    watchStore({ ...house.store, counts }, metrics);
    let text: string | null = null;
    const scrape = metrics.text().then((answer) => {
      text = answer;
    });
    await house.clock.advance(2_999);
    expect(text).toBeNull();
    await house.clock.advance(1);
    await scrape;
    expect(valueOf(text ?? '', 'simloft_store_up')).toBe(0);
    const again = metrics.text();
    gate.resolve();
    expect(valueOf(await again, 'simloft_store_up')).toBe(1);
    expect(asked).toBe(1);
    expect(house.clock.waiting).toBe(0);
  });
});

describe('queues', () => {
  it('are shown by name, and absent when the broker does not answer', async () => {
    let down = false;
    const read = async () => {
      if (down) throw new TypeError('socket closed');
      return [
        { queue: 'simloft.events.store.v1', messages: 7 },
        { queue: 'simloft.dead.v1', messages: 0 },
      ];
    };
    watchQueues(read, metrics);
    expect(await value('simloft_queue_messages', { queue: 'simloft.events.store.v1' })).toBe(7);
    expect(await value('simloft_queue_messages', { queue: 'simloft.dead.v1' })).toBe(0);
    down = true;
    await house.clock.advance(5_000);
    expect(await value('simloft_queue_messages')).toBeUndefined();
    expect(await value('simloft_errors_total', { where: 'scrape', code: 'internal' })).toBe(2);
  });
});

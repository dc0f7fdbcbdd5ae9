import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { addMetricsRoute } from '../../src/http/metrics-route.ts';
import { createHttpServer } from '../../src/http/server.ts';
import type { Metrics } from '../../src/metrics/contract.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { observeHandler } from '../../src/metrics/observe-handler.ts';
import { observePublish } from '../../src/metrics/observe-publish.ts';
import { observeRequests } from '../../src/metrics/observe-requests.ts';
import { watchStore } from '../../src/metrics/store-gauges.ts';
import { readExposition, valueOf } from '../support/exposition.ts';
import { until } from '../support/until.ts';
import { type House, modem, openHouse, sim } from '../unit/app/house.ts';

/** `Kod 1234` from +79161234567. */
const code = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';

describe('GET /metrics of the gateway', () => {
  let house: House;
  let metrics: Metrics;
  let server: ReturnType<typeof createHttpServer>;
  let url: string;
  beforeEach(async () => {
    house = await openHouse();
    metrics = createMetrics({ role: 'gateway', clock: house.clock });
    server = createHttpServer({ ...house.doors, log: silentLogger });
    observeRequests(server, metrics);
    addMetricsRoute(server, metrics);
    url = await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    await server.close();
    metrics.close();
    await house.close();
  });

  const scrape = async () => {
    const answer = await fetch(`${url}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    return answer.text();
  };

  it('follows a message from the modem into the store and out of the API, in a form that a scraper reads', async () => {
    watchStore(house.store, metrics);
    await house.bus.subscribe('store', observeHandler(house.handle, metrics));
    const publish = observePublish((event) => house.bus.publish(event), metrics);
    await publish({
      ...house.base(),
      type: 'link.changed',
      state: 'ready',
      port: '/dev/ttyUSB1',
      reason: null,
      identity: null,
    });
    const read = { memory: 'SM', slot: 3, stat: 0, found: 'sweep', source: 'stored' } as const;
    await publish({ ...house.base(), ...read, type: 'pdu.received', pdu: code, tpduLength: null, sim });
    await fetch(`${url}/get-sms?limit=1`);
    const text = await scrape();
    const { samples, types } = readExposition(text);
    expect(samples.every(({ labels }) => labels['role'] === 'gateway')).toBe(true);
    expect(new Set(types.values())).toEqual(new Set(['counter', 'gauge', 'histogram']));
    expect(valueOf(text, 'simloft_modem_link_state', { modem, state: 'ready' })).toBe(1);
    expect(valueOf(text, 'simloft_modem_pdus_received_total', { modem, found: 'sweep' })).toBe(1);
    expect(valueOf(text, 'simloft_events_handled_total', { type: 'pdu.received', outcome: 'ok' })).toBe(1);
    expect(valueOf(text, 'simloft_received_latency_seconds_count')).toBe(1);
    expect(valueOf(text, 'simloft_store_messages_in', { state: 'complete' })).toBe(1);
    expect(valueOf(text, 'simloft_store_modems', { state: 'ready' })).toBe(1);
    for (const secret of ['9161234567', 'Kod 1234', sim]) expect(text).not.toContain(secret);
    for (const name of types.keys()) {
      if (types.get(name) !== 'histogram') continue;
      const inf = samples.filter((sample) => sample.name === `${name}_bucket` && sample.labels['le'] === '+Inf');
      const counts = samples.filter((sample) => sample.name === `${name}_count`);
      expect(inf.map(({ value }) => value)).toEqual(counts.map(({ value }) => value));
    }
  });

  it('knows a request by its route, never by its address', async () => {
    await fetch(`${url}/get-sms?sender=%2B79161234567`);
    await fetch(`${url}/get-sms?limit=0`);
    await fetch(`${url}/send-sms/79161234567`);
    await fetch(`${url}/79161234567`);
    await fetch(`${url}/send-sms`, { method: 'DELETE' });
    await fetch(`${url}/send-sms`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
    // An answer is counted when it has ended, which may be a moment after it was read.
    let text = '';
    await until('six requests', async () => {
      text = await metrics.text();
      const counted = readExposition(text).samples.filter(({ name }) => name === 'simloft_http_requests_total');
      return counted.reduce((sum, { value }) => sum + value, 0) >= 6;
    });
    const requests = (labels: Record<string, string>) => valueOf(text, 'simloft_http_requests_total', labels);
    expect(requests({ route: '/get-sms', method: 'GET', status: '200' })).toBe(1);
    expect(requests({ route: '/get-sms', method: 'GET', status: '400' })).toBe(1);
    expect(requests({ route: 'none', method: 'GET', status: '404' })).toBe(1);
    expect(requests({ route: 'none', method: 'DELETE' })).toBe(1);
    expect(requests({ route: '/send-sms', method: 'POST', status: '400' })).toBe(1);
    expect(valueOf(text, 'simloft_http_request_duration_seconds_count', { route: '/get-sms', method: 'GET' })).toBe(2);
    expect(valueOf(text, 'simloft_errors_total', { where: 'http', code: 'request_invalid' })).toBe(2);
    expect(text).not.toContain('9161234567');
  });

  it('is for this machine only, as the API is', async () => {
    const strange = await server.inject({ url: '/metrics', headers: { host: 'evil.example' } });
    expect(strange.statusCode).toBe(403);
  });
});

describe('the event loop', () => {
  it('is seen to hang', async () => {
    const metrics = createMetrics({ role: 'gateway', clock: systemClock });
    try {
      await until('a hang that was seen', async () => {
        await pause(250);
        const end = performance.now() + 400;
        while (performance.now() < end);
        await pause(50);
        return (valueOf(await metrics.text(), 'nodejs_eventloop_lag_max_seconds') ?? 0) > 0.1;
      });
    } finally {
      metrics.close();
    }
  });
});

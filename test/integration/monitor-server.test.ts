import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Health } from '../../src/app/queries.ts';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { createMonitorServer, type MonitorServerOptions } from '../../src/http/monitor-server.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { valueOf } from '../support/exposition.ts';

const well: MonitorServerOptions = {
  live: () => true,
  ready: async () => ({ ready: true, reasons: [] }),
  metrics: null,
  log: silentLogger,
};
const here = { host: '127.0.0.1', port: 0 };

async function asked(options: Partial<MonitorServerOptions>, path: string, request: RequestInit = {}) {
  const monitor = createMonitorServer({ ...well, ...options });
  const url = await monitor.listen(here);
  try {
    const answer = await fetch(url + path, request);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  } finally {
    await monitor.close();
  }
}

const json = async (...question: Parameters<typeof asked>) => {
  const { status, text } = await asked(...question);
  return { status, body: JSON.parse(text) };
};

describe('the monitor server', () => {
  it('says that the process lives, and when it does not', async () => {
    expect(await json({}, '/health/live')).toEqual({ status: 200, body: { live: true } });
    expect(await json({ live: () => false }, '/health/live')).toEqual({ status: 503, body: { live: false } });
  });

  it('says whether it is ready, and why not, as the API does', async () => {
    expect(await json({}, '/health/ready?verbose')).toEqual({ status: 200, body: { ready: true, reasons: [] } });
    const health: Health = { ready: false, reasons: [{ code: 'sim_missing', text: 'Put a SIM card in.' }] };
    expect(await json({ ready: async () => health }, '/health/ready')).toEqual({ status: 503, body: health });
  });

  it('shows the metrics of the process', async () => {
    const metrics = createMetrics({ role: 'worker', clock: systemClock });
    const { status, type, text } = await asked({ metrics }, '/metrics');
    metrics.close();
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(valueOf(text, 'process_resident_memory_bytes', { role: 'worker' })).toBeGreaterThan(0);
  });

  it('answers HEAD without a body', async () => {
    expect(await asked({}, '/health/live', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it('has nothing else, and takes no orders', async () => {
    const found = await json({}, '/metrics');
    expect(found).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(found.body.detail).toBe('There is nothing at this address. There are: /health/live, /health/ready.');
    expect(await json({}, '/__proto__')).toMatchObject({ status: 404 });
    expect(await json({}, '/health/live', { method: 'POST' })).toMatchObject({
      status: 405,
      body: { code: 'method_not_allowed', type: 'urn:simloft:error:method_not_allowed' },
    });
  });

  it('keeps what went wrong inside to itself, and goes on', async () => {
    const ready = () => Promise.reject(new TypeError('secret of the inside'));
    const { status, text, type } = await asked({ ready }, '/health/ready');
    expect([status, type]).toEqual([500, 'application/problem+json; charset=utf-8']);
    expect(text).not.toContain('secret');
  });

  it('says which place is taken, and which cannot be had', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const taken = createMonitorServer(well).listen({ host: '127.0.0.1', port });
    await expect(taken).rejects.toMatchObject({
      code: 'address_in_use',
      message: `Another program listens on 127.0.0.1:${port}. Stop it, or choose another address for health and metrics.`,
    });
    other.close();
    const elsewhere = createMonitorServer(well).listen({ host: '192.0.2.1', port: 0 });
    await expect(elsewhere).rejects.toMatchObject({ code: 'address_not_allowed' });
  });

  it('ends with a question still open', async () => {
    const monitor = createMonitorServer({ ...well, ready: () => new Promise(() => {}) });
    const url = await monitor.listen(here);
    const open = fetch(`${url}/health/ready`).then(
      () => 'answered',
      () => 'cut',
    );
    await fetch(`${url}/health/live`);
    await monitor.close();
    expect(await open).toBe('cut');
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  });
});

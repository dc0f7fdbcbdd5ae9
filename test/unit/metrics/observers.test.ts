import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModemCommand } from '../../../src/core/commands.ts';
import { SimloftError } from '../../../src/core/errors.ts';
import type { ModemEvent } from '../../../src/core/events.ts';
import type { LinkState } from '../../../src/core/modem-status.ts';
import type { Metrics } from '../../../src/metrics/contract.ts';
import { createMetrics } from '../../../src/metrics/metrics.ts';
import { observeCommands } from '../../../src/metrics/observe-commands.ts';
import { observeHandler } from '../../../src/metrics/observe-handler.ts';
import { observePublish } from '../../../src/metrics/observe-publish.ts';
import { valueOf } from '../../support/exposition.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let clock: VirtualClock;
let metrics: Metrics;
beforeEach(() => {
  clock = new VirtualClock();
  metrics = createMetrics({ role: 'worker', clock });
});
afterEach(() => metrics.close());

const value = async (name: string, labels: Record<string, string> = {}) =>
  valueOf(await metrics.text(), name, { role: 'worker', ...labels });

const base = () => ({ id: 'event', modem: 'kitchen', run: 'run', at: clock.now() });
const pdu = (change: { at?: number } = {}): ModemEvent => ({
  ...base(),
  type: 'pdu.received',
  pdu: '07',
  tpduLength: null,
  source: 'stored',
  memory: 'SM',
  slot: 1,
  stat: 0,
  found: 'indicated',
  sim: '8970101234567890123',
  ...change,
});
const link = (state: LinkState, code: 'port_closed' | 'sim_missing' | null = null): ModemEvent => ({
  ...base(),
  type: 'link.changed',
  state,
  port: '/dev/ttyUSB1',
  reason: code === null ? null : { code, text: 'because' },
  identity: null,
});

describe('a watched handler', () => {
  it('counts by type and outcome, and times', async () => {
    const handle = observeHandler(() => clock.advance(40).then(() => 'granted'), metrics);
    expect(await handle(link('ready'))).toBe('granted');
    expect(await value('simloft_events_handled_total', { type: 'link.changed', outcome: 'ok' })).toBe(1);
    const timed = { type: 'link.changed' };
    expect(await value('simloft_event_handling_duration_seconds_sum', timed)).toBeCloseTo(0.04);
    expect(await value('simloft_event_handling_duration_seconds_bucket', { ...timed, le: '0.025' })).toBe(0);
    expect(await value('simloft_event_handling_duration_seconds_bucket', { ...timed, le: '0.05' })).toBe(1);
  });

  it('throws what the handler threw, and counts it by its code', async () => {
    const error = new SimloftError('store_unavailable', 'The disk is full.');
    const handle = observeHandler(() => Promise.reject(error), metrics);
    expect(await value('simloft_errors_total', { where: 'handler', code: 'store_unavailable' })).toBe(0);
    await expect(handle(pdu())).rejects.toBe(error);
    expect(await value('simloft_events_handled_total', { type: 'pdu.received', outcome: 'failed' })).toBe(1);
    expect(await value('simloft_errors_total', { where: 'handler', code: 'store_unavailable' })).toBe(1);
    expect(await value('simloft_received_latency_seconds_count')).toBeUndefined();
  });

  it('measures from the modem to the store, and takes a clock ahead of ours as no time', async () => {
    const handle = observeHandler(() => Promise.resolve(), metrics);
    await handle(pdu({ at: clock.now() - 1_500 }));
    expect(await value('simloft_received_latency_seconds_sum')).toBeCloseTo(1.5);
    await handle(pdu({ at: clock.now() + 60_000 }));
    expect(await value('simloft_received_latency_seconds_sum')).toBeCloseTo(1.5);
    expect(await value('simloft_received_latency_seconds_count')).toBe(2);
  });
});

describe('watched commands', () => {
  const command: ModemCommand = { id: 'c', type: 'sweep', expiresAt: 1 };

  it('are counted by type and result', async () => {
    const { signal } = new AbortController();
    await observeCommands(async () => ({ ok: true, value: null }), metrics, 'kitchen')(command, signal);
    const refused = { ok: false, code: 'modem_not_ready', message: 'It is not ready.' } as const;
    const refuse = observeCommands(() => clock.advance(2_000).then(() => refused), metrics, 'kitchen');
    expect(await refuse(command, signal)).toBe(refused);
    const labels = { modem: 'kitchen', type: 'sweep' };
    expect(await value('simloft_commands_total', { ...labels, result: 'ok' })).toBe(1);
    expect(await value('simloft_commands_total', { ...labels, result: 'modem_not_ready' })).toBe(1);
    expect(await value('simloft_errors_total', { where: 'command', code: 'modem_not_ready' })).toBe(1);
    expect(await value('simloft_command_duration_seconds_sum', { type: 'sweep' })).toBeCloseTo(2);
  });

  it('that throw go on throwing', async () => {
    const broken = observeCommands(() => Promise.reject(new TypeError('no')), metrics, 'kitchen');
    await expect(broken(command, new AbortController().signal)).rejects.toThrow('no');
    expect(await value('simloft_commands_total', { modem: 'kitchen', type: 'sweep', result: 'internal' })).toBe(1);
  });
});

describe('a watched publisher', () => {
  it('tells how many events wait, and how long it took until one was safe', async () => {
    const gate = Promise.withResolvers<string>();
    const publish = observePublish(() => gate.promise, metrics);
    expect(await value('simloft_events_waiting')).toBe(0);
    const open = [publish(pdu()), publish(pdu())];
    expect(await value('simloft_events_waiting')).toBe(2);
    expect(await value('simloft_modem_pdus_received_total', { modem: 'kitchen' })).toBeUndefined();
    await clock.advance(300);
    gate.resolve('safe');
    expect(await Promise.all(open)).toEqual(['safe', 'safe']);
    expect(await value('simloft_events_waiting')).toBe(0);
    expect(await value('simloft_events_published_total', { type: 'pdu.received' })).toBe(2);
    expect(await value('simloft_event_publish_duration_seconds_sum')).toBeCloseTo(0.6);
    expect(await value('simloft_modem_pdus_received_total', { modem: 'kitchen', found: 'indicated' })).toBe(2);
  });

  it('counts an event that is tried again once', async () => {
    let tries = 0;
    const publish = observePublish(async () => {
      tries += 1;
      if (tries === 1) throw new SimloftError('bus_unavailable');
    }, metrics);
    const sent: ModemEvent = { ...base(), type: 'part.sent', messageId: 1, seq: 1, attempt: 1, messageReference: 3 };
    await expect(publish(sent)).rejects.toMatchObject({ code: 'bus_unavailable' });
    expect(await value('simloft_events_waiting')).toBe(0);
    await publish(sent);
    expect(await value('simloft_modem_parts_total', { outcome: 'sent', code: 'none' })).toBe(1);
    expect(await value('simloft_event_publish_failures_total', { type: 'part.sent' })).toBe(1);
    expect(await value('simloft_errors_total', { where: 'publish', code: 'bus_unavailable' })).toBe(1);
  });

  it('counts parts by what became of them', async () => {
    const publish = observePublish(() => Promise.resolve(), metrics);
    const part = { ...base(), messageId: 1, seq: 1, attempt: 1 };
    const failure = { kind: 'temporary', text: 'The network is out of order.' } as const;
    await publish({ ...part, type: 'part.failed', failure: { ...failure, source: 'CMS', code: 38 } });
    await publish({ ...part, type: 'part.failed', failure: { ...failure, source: 'ERROR', code: null } });
    await publish({ ...part, type: 'part.failed', failure: { ...failure, source: 'none', code: null } });
    await publish({ ...part, type: 'part.unknown', reason: 'No answer.' });
    for (const code of ['CMS-38', 'ERROR', 'none'])
      expect(await value('simloft_modem_parts_total', { outcome: 'failed', code })).toBe(1);
    expect(await value('simloft_modem_parts_total', { outcome: 'unknown' })).toBe(1);
  });

  it('shows the link as it is, also while nothing gets through', async () => {
    const publish = observePublish(() => Promise.reject(new SimloftError('bus_unavailable')), metrics);
    for (const state of ['opening', 'ready'] as const) await publish(link(state)).catch(() => {});
    expect(await value('simloft_modem_link_state', { modem: 'kitchen', state: 'ready' })).toBe(1);
    expect(await value('simloft_modem_link_state', { modem: 'kitchen', state: 'opening' })).toBe(0);
    expect(await value('simloft_modem_link_resets_total', { modem: 'kitchen' })).toBeUndefined();
  });

  it('counts each end of a link once, with its reason, and no stop', async () => {
    const publish = observePublish(() => Promise.resolve(), metrics);
    const lost = [link('opening'), link('ready'), link('closed', 'port_closed'), link('closed', 'port_closed')];
    const failed = [link('opening', 'port_closed'), link('failed', 'sim_missing'), link('closed', 'sim_missing')];
    for (const event of [...lost, ...failed, link('opening', 'sim_missing'), link('ready'), link('closed')])
      await publish(event);
    const resets = (reason: string) => value('simloft_modem_link_resets_total', { modem: 'kitchen', reason });
    expect([await resets('port_closed'), await resets('sim_missing')]).toEqual([1, 1]);
  });

  it('shows the signal while it is known', async () => {
    const publish = observePublish(() => Promise.resolve(), metrics);
    const read = (dbm: number | null): ModemEvent => ({
      ...base(),
      type: 'status.read',
      status: { signal: { rssi: null, dbm } },
    });
    const signal = () => value('simloft_modem_signal_dbm', { modem: 'kitchen' });
    await publish(read(-71));
    expect(await signal()).toBe(-71);
    await publish({ ...base(), type: 'status.read', status: { registration: 'home' } });
    expect(await signal()).toBe(-71);
    await publish(read(null));
    expect(await signal()).toBeUndefined();
    await publish(read(-71));
    await publish(link('closed', 'port_closed'));
    expect(await signal()).toBeUndefined();
  });
});

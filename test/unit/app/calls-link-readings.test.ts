import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModemEvent } from '../../../src/core/events.ts';
import type { LinkState } from '../../../src/core/modem-status.ts';
import { type House, modem, openHouse } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

/** Handles an event twice; the second time must tell nobody. */
async function twice(event: ModemEvent): Promise<void> {
  await house.handle(event);
  const told = house.notices.length;
  await house.clock.advance(5);
  await house.handle(event);
  expect(house.notices.length).toBe(told);
}

describe('calls', () => {
  const ringing = (
    call: string,
    number: string | null,
    withheld = false,
    startedAt = house.clock.now(),
  ): ModemEvent => ({
    ...house.base(),
    type: 'call.ringing',
    call,
    number,
    withheld,
    startedAt,
  });
  const ended = (call: string, number: string | null, startedAt: number, withheld = false): ModemEvent => ({
    ...house.base(),
    type: 'call.ended',
    call,
    number,
    withheld,
    startedAt,
    endedAt: house.clock.now(),
    rings: 4,
    outcome: 'missed',
  });

  it('are one record from the first ring to the end', async () => {
    const startedAt = house.clock.now();
    await twice(ringing('a', null));
    const [first] = await house.store.calls({ limit: 10 });
    expect(first).toMatchObject({ caller: '', outcome: 'ringing', rings: 1, startedAt, endedAt: null });
    await house.clock.advance(2_000);
    await twice(ringing('a', '+78312345678', false, startedAt));
    expect(await house.store.calls({ limit: 10 })).toEqual([{ ...first, caller: '+78312345678' }]);
    await house.clock.advance(20_000);
    await twice(ended('a', '+78312345678', startedAt));
    expect(await house.store.calls({ limit: 10 })).toMatchObject([
      { id: first?.id, storedAt: first?.storedAt, outcome: 'missed', rings: 4, caller: '+78312345678' },
    ]);
    expect(house.notices.map((notice) => notice.type)).toEqual(['call.changed', 'call.changed', 'call.changed']);
  });

  it('keep what an end knows, whatever comes after it', async () => {
    const startedAt = house.clock.now();
    const ring = ringing('b', '+78312345678');
    await twice(ended('b', null, startedAt));
    await twice(ring);
    expect(await house.store.calls({ limit: 10 })).toMatchObject([
      { caller: '+78312345678', outcome: 'missed', rings: 4 },
    ]);
  });

  it('are apart when two come one after the other, withheld ones too', async () => {
    await twice(ringing('c', null, true));
    await twice(ringing('d', '+79161234567'));
    expect(await house.store.calls({ limit: 10 })).toMatchObject([
      { call: 'd', caller: '+79161234567', withheld: false },
      { call: 'c', caller: '', withheld: true },
    ]);
    expect(await house.store.calls({ limit: 1 })).toMatchObject([{ call: 'd' }]);
  });
});

describe('the link', () => {
  const link = (state: LinkState, reason = false): ModemEvent => ({
    ...house.base(),
    type: 'link.changed',
    state,
    port: '/dev/ttyUSB1',
    reason: reason ? { code: 'sim_pin_needed', text: 'The SIM card wants its PIN.' } : null,
    identity: null,
  });

  it('is ready, or says why not', async () => {
    expect(await house.queries.health()).toMatchObject({ ready: false, reasons: [{ code: 'modem_not_ready' }] });
    await twice(link('failed', true));
    expect(await house.queries.health()).toEqual({
      ready: false,
      reasons: [{ code: 'sim_pin_needed', text: 'The SIM card wants its PIN.' }],
    });
    await twice(link('initialising'));
    expect((await house.queries.health()).reasons[0]?.text).toContain('initialising');
    await twice(link('ready'));
    expect(await house.queries.health()).toEqual({ ready: true, reasons: [] });
  });

  it('is not made older by an event that comes late', async () => {
    const early = link('opening');
    await house.clock.advance(1_000);
    await twice(link('ready'));
    await twice(early);
    expect((await house.queries.health()).ready).toBe(true);
  });

  it('is closed when a new worker begins, whatever an earlier run left behind', async () => {
    await twice(link('ready'));
    await twice({ ...house.base('run-2'), type: 'worker.started' });
    expect((await house.queries.health()).ready).toBe(false);
  });
});

describe('readings', () => {
  it('keep the newest value of each', async () => {
    await twice({
      ...house.base(),
      type: 'status.read',
      status: {
        operator: { name: 'MegaFon', numeric: '25002' },
        signal: { rssi: 21, dbm: -71 },
        technology: 'UMTS',
        registration: 'home',
        sim: 'ready',
        storage: [{ memory: 'SM', used: 1, total: 20 }],
      },
    });
    const at = house.clock.now();
    await twice({
      ...house.base(),
      type: 'status.read',
      status: { signal: { rssi: null, dbm: null }, technology: null },
    });
    expect(await house.queries.reading('operator')).toMatchObject({ data: 'MegaFon' });
    expect(await house.queries.reading('signal')).toEqual({ modem, key: 'signal', data: null, updatedAt: at });
    expect(await house.queries.reading('signal-type')).toMatchObject({ data: null });
    expect(await house.queries.reading('registration')).toMatchObject({ data: 'home' });
    expect(await house.queries.reading('storage')).toMatchObject({ data: [{ memory: 'SM', used: 1, total: 20 }] });
    expect(await house.queries.reading('balance')).toBeNull();
  });

  it('show the number of an operator without a name, and tell only changes', async () => {
    const status = { operator: { name: null, numeric: '25002' } };
    await twice({ ...house.base(), type: 'status.read', status });
    await house.clock.advance(60_000);
    await twice({ ...house.base(), type: 'status.read', status });
    expect(await house.queries.reading('operator')).toMatchObject({ data: '25002' });
    expect(house.notices).toHaveLength(1);
  });

  it('keep what the network said over USSD', async () => {
    await twice({ ...house.base(), type: 'ussd.received', request: null, status: 0, text: 'Hello' });
    expect(await house.queries.reading('ussd')).toMatchObject({ data: { status: 0, text: 'Hello', request: null } });
  });
});

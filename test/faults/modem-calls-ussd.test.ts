import { afterEach, describe, expect, it } from 'vitest';
import { ModemRig, type RigOptions } from '../support/modem-rig.ts';

let rig: ModemRig;
async function up(options: RigOptions = {}): Promise<ModemRig> {
  rig = new ModemRig(options);
  await rig.ready();
  return rig;
}

afterEach(async () => {
  await rig.stop();
  expect(rig.modem.misuse).toEqual([]);
});

const anna = '+79161234567';

describe('calls', () => {
  it('are told at the first CLIP, and are one record with their rings', async () => {
    await up();
    const before = rig.clock.now();
    rig.modem.network.ring({ from: anna, rings: 4 });
    await rig.until(() => rig.of('call.ringing').length === 1);
    expect(rig.clock.now() - before).toBeLessThan(1_000);
    await rig.until(() => rig.of('call.ended').length === 1);
    const [ringing] = rig.of('call.ringing');
    expect(rig.of('call.ended')).toMatchObject([
      { call: ringing?.call, number: anna, withheld: false, rings: 4, outcome: 'missed' },
    ]);
  });

  it.each(['validity', 'bare', 'absent'] as const)('withheld as %s are calls without a number', async (withheld) => {
    await up();
    rig.modem.network.ring({ from: null, rings: 2, withheld });
    await rig.until(() => rig.of('call.ended').length === 1);
    expect(rig.of('call.ringing')).toHaveLength(1);
    expect(rig.of('call.ended')).toMatchObject([{ number: null, withheld: true, rings: 2 }]);
  });

  it('whose caller hangs up at once are told', async () => {
    await up();
    rig.modem.network.ring({ from: anna, rings: 1, hangUpMs: 1_000 });
    await rig.until(() => rig.of('call.ended').length === 1);
    expect(rig.of('call.ringing')).toMatchObject([{ number: anna }]);
  });

  it('whose number comes two seconds late are one call', async () => {
    await up();
    rig.modem.network.ring({ from: anna, rings: 3, clipAfterMs: 2_000 });
    await rig.until(() => rig.of('call.ended').length === 1);
    expect(rig.of('call.ringing')).toMatchObject([{ number: anna }]);
    expect(rig.of('call.ended')).toMatchObject([{ rings: 3 }]);
  });

  it('end by silence where the modem does not say that they do', async () => {
    await up();
    rig.modem.network.ring({ from: anna, rings: 30, noCarrier: false });
    await rig.until(() => rig.of('call.ended').length === 1);
    await rig.clock.advance(120_000);
    expect(rig.of('call.ringing')).toHaveLength(1);
    expect(rig.of('call.ended')).toMatchObject([{ rings: 30 }]);
  });

  it('one after the other are two', async () => {
    await up();
    rig.modem.network.ring({ from: anna, rings: 1, noCarrier: true });
    await rig.until(() => rig.of('call.ended').length === 1);
    rig.modem.network.ring({ from: '+79160000002', rings: 1, noCarrier: true });
    await rig.until(() => rig.of('call.ended').length === 2);
    expect(new Set(rig.of('call.ended').map(({ call }) => call)).size).toBe(2);
  });

  it('are rejected where that is wished', async () => {
    await up({ settings: { rejectCalls: true } });
    rig.modem.network.ring({ from: anna, rings: 10, noCarrier: true });
    await rig.until(() => rig.of('call.ended').length === 1);
    expect(rig.of('call.ended')[0]).toMatchObject({ outcome: 'rejected', rings: 1 });
    expect(rig.modem.network.calls).toMatchObject([{ end: 'rejected' }]);
  });

  it('are left alone otherwise', async () => {
    await up();
    rig.modem.network.ring({ from: anna, rings: 3 });
    await rig.until(() => rig.of('call.ended').length === 1);
    expect(rig.modem.network.calls).toMatchObject([{ end: 'caller-gone' }]);
  });

  it('are hung up on by command', async () => {
    await up();
    rig.modem.network.ring({ from: anna, rings: 10, noCarrier: true });
    await rig.until(() => rig.of('call.ringing').length === 1);
    expect(await rig.execute((base) => ({ ...base, type: 'hang-up' }))).toMatchObject({ ok: true });
    await rig.until(() => rig.of('call.ended').length === 1);
    expect(rig.of('call.ended')[0]?.outcome).toBe('rejected');
  });

  it('are told as ended when the modem is lost meanwhile', async () => {
    await up();
    rig.modem.network.ring({ from: anna, rings: 10 });
    await rig.until(() => rig.of('call.ringing').length === 1);
    rig.modem.faults.unplug();
    await rig.until(() => rig.of('call.ended').length === 1, 5_000);
  });

  it.each(['rings', 'answers', 'busy', 'no-carrier'] as const)(
    'made by the modem end, whatever the other side does: %s',
    async (outcome) => {
      for (const profile of ['clean', 'zte-mf180'] as const) {
        await up({ modem: { profile } });
        rig.modem.network.setDialOutcome(outcome);
        await rig.execute((base) => ({ ...base, type: 'dial', number: anna, ringMs: 8_000 }));
        await rig.until(() => rig.modem.network.calls[0]?.end !== null, 60_000);
        expect(rig.modem.network.calls).toMatchObject([{ direction: 'out', number: anna }]);
        expect(rig.of('call.ringing')).toEqual([]);
        await rig.stop();
      }
    },
  );

  it('are never made to what is no number', async () => {
    await up();
    const result = await rig.execute((base) => ({ ...base, type: 'dial', number: '1;+CMGD=1,4', ringMs: 1_000 }));
    expect(result).toMatchObject({ ok: false, code: 'at_unsafe' });
    expect(rig.modem.network.calls).toEqual([]);
  });
});

describe('USSD', () => {
  const ask = (text: string, endSession = false) =>
    rig.execute((base) => ({ ...base, type: 'ussd', text, endSession }));
  const balance = 'Баланс 579.60р.\n"Пополнить", 1>да';

  it.each(['clean', 'generic', 'zte-mf180'] as const)('asks the balance of the profile %s', async (profile) => {
    await up({ modem: { profile } });
    rig.modem.network.setUssd('*100#', { text: balance });
    expect(await ask('*100#')).toEqual({ ok: true, value: { type: 'ussd', status: 0, text: balance } });
    expect(rig.of('ussd.received')).toMatchObject([{ request: 'command 1', status: 0, text: balance }]);
  });

  it('takes an answer that comes before OK', async () => {
    await up();
    rig.modem.network.setUssd('*100#', { text: 'quick', beforeOk: true });
    expect(await ask('*100#')).toMatchObject({ ok: true, value: { text: 'quick' } });
    expect(await ask('*100#')).toMatchObject({ ok: true, value: { text: 'quick' } });
  });

  it('walks through a menu', async () => {
    await up();
    rig.modem.network.setUssd('*105#', { text: '1 Balance\n2 More', status: 1, menu: { '1': { text: '5.00' } } });
    expect(await ask('*105#')).toMatchObject({ ok: true, value: { status: 1 } });
    expect(await ask('1')).toMatchObject({ ok: true, value: { status: 0, text: '5.00' } });
  });

  it('closes a session that it was not asked to keep', async () => {
    await up();
    rig.modem.network.setUssd('*105#', { text: 'menu', status: 1, menu: { '1': { text: 'answer' } } });
    expect(await ask('*105#', true)).toMatchObject({ ok: true, value: { status: 1 } });
    expect(await ask('*105#')).toMatchObject({ ok: true, value: { text: 'menu' } });
    expect(await rig.execute((base) => ({ ...base, type: 'ussd.cancel' }))).toMatchObject({ ok: true });
  });

  it.each([
    [{ text: null, status: 2 }, 'ussd_refused'],
    [{ text: null, status: 4 }, 'ussd_refused'],
    [{ text: null, status: 5 }, 'ussd_timeout'],
    [{ text: null }, 'ussd_timeout'],
  ] as const)('%j → %s, and the next request works', async (reply, code) => {
    await up();
    rig.modem.network.setUssd('*100#', { text: 'understood' });
    expect(await ask('*100#')).toMatchObject({ ok: true });
    rig.modem.network.setUssd('*100#', reply);
    expect(await ask('*100#')).toMatchObject({ ok: false, code });
    rig.modem.network.setUssd('*100#', { text: 'now' });
    expect(await ask('*100#')).toMatchObject({ ok: true, value: { text: 'now' } });
  });

  it('refuses a second request while one is asked', async () => {
    await up();
    rig.modem.network.setUssd('*100#', { text: 'slow', delayMs: 10_000 });
    const { signal } = new AbortController();
    const request = (text: string) =>
      ({ id: text, type: 'ussd', text, endSession: false, expiresAt: Number.MAX_VALUE }) as const;
    const first = rig.worker.execute(request('*100#'), signal);
    await rig.clock.advance(1_000);
    expect(await rig.worker.execute(request('*101#'), signal)).toMatchObject({ code: 'ussd_busy' });
    await rig.clock.advance(10_000);
    expect(await first).toMatchObject({ ok: true, value: { text: 'slow' } });
  });

  it('hears what the network says by itself', async () => {
    await up();
    rig.modem.network.pushUssd({ text: 'You called' });
    await rig.until(() => rig.of('ussd.received').length === 1);
    expect(rig.of('ussd.received')).toMatchObject([{ request: null, text: 'You called' }]);
  });

  it('ends with the link', async () => {
    await up();
    rig.modem.network.setUssd('*100#', { text: null });
    const command = {
      id: 'lost',
      type: 'ussd',
      text: '*100#',
      endSession: false,
      expiresAt: Number.MAX_VALUE,
    } as const;
    const asking = rig.worker.execute(command, new AbortController().signal);
    await rig.clock.advance(1_000);
    rig.modem.faults.unplug();
    expect(await asking).toMatchObject({ ok: false, code: 'port_closed' });
  });
});

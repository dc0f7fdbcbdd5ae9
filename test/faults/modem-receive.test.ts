import { afterEach, describe, expect, it } from 'vitest';
import { ModemRig, type RigOptions } from '../support/modem-rig.ts';
import { balancePdu, brokenPdu, kodPdu } from '../support/pdus.ts';

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

const from = '+79161234567';

describe('receiving', () => {
  it('reads what is indicated at once, hands it over, and only then deletes it', async () => {
    await up();
    rig.modem.network.deliver({ from, text: 'Kod 1234' });
    await rig.until(() => rig.pdus.length === 1, 5_000);
    expect(rig.of('pdu.received')[0]).toMatchObject({ source: 'stored', memory: 'SM', found: 'indicated', stat: 0 });
    await rig.until(() => rig.modem.stored('SM').length === 0, 1_000);
    expect(rig.modem.network.delivered).toBe(1);
  });

  it('finds by its sweep what was never indicated', async () => {
    await up();
    rig.modem.faults.dropNextCmti();
    rig.modem.network.deliver({ from, text: 'unseen' });
    await rig.until(() => rig.pdus.length === 1, 31_000);
    expect(rig.of('pdu.received')[0]?.found).toBe('sweep');
    await rig.until(() => rig.modem.stored('SM').length === 0, 1_000);
  });

  it('brings in what lay there before, from all memories, and marks it so', async () => {
    rig = new ModemRig();
    rig.modem.put('SM', { pdu: kodPdu, status: 1 });
    rig.modem.put('ME', { pdu: balancePdu, status: 0 });
    await rig.ready();
    expect(rig.of('pdu.received').map(({ memory, found, stat }) => [memory, found, stat])).toEqual([
      ['SM', 'initial', 1],
      ['ME', 'initial', 0],
    ]);
    expect(rig.of('sweep.finished')).toMatchObject([{ initial: true, found: 2, sim: rig.modem.sim.iccid }]);
    await rig.until(() => rig.modem.stored('SM').length + rig.modem.stored('ME').length === 0, 1_000);
  });

  it('is not stopped by a PDU that cannot be decoded between two good ones', async () => {
    rig = new ModemRig();
    for (const pdu of [kodPdu, brokenPdu, balancePdu]) rig.modem.put('SM', { pdu });
    await rig.ready();
    await rig.until(() => rig.modem.stored('SM').length === 0, 1_000);
    expect(rig.pdus).toEqual([kodPdu, brokenPdu, balancePdu]);
  });

  it('keeps a message on the SIM until the store has it', async () => {
    await up();
    rig.refuse = () => true;
    rig.modem.network.deliver({ from, text: 'disk full' });
    await rig.clock.advance(120_000);
    expect(rig.modem.stored('SM')).toHaveLength(1);
    expect(rig.state).toBe('ready');
    rig.refuse = () => false;
    await rig.until(() => rig.modem.stored('SM').length === 0, 31_000);
    expect(rig.pdus).toHaveLength(1);
  });

  it('deletes nothing while the store is slow, and lets the other messages pass meanwhile', async () => {
    await up();
    const slow = Promise.withResolvers<void>();
    let held = 0;
    rig.beforeSafe = (event) => (event.type === 'pdu.received' && ++held === 1 ? slow.promise : Promise.resolve());
    rig.modem.network.deliver({ from, text: 'first' });
    rig.modem.network.deliver({ from, text: 'second' });
    await rig.until(() => rig.pdus.length === 1, 10_000);
    await rig.clock.advance(100_000);
    expect(rig.modem.stored('SM')).toHaveLength(1);
    expect(rig.told.filter(({ type }) => type === 'pdu.received')).toHaveLength(2);
    slow.resolve();
    await rig.until(() => rig.modem.stored('SM').length === 0, 1_000);
    expect(rig.pdus).toHaveLength(2);
  });

  it('reads again after it was killed between reading and deleting, and loses nothing', async () => {
    await up();
    const never = new Promise<void>(() => {});
    rig.beforeSafe = (event) => (event.type === 'pdu.received' ? never : Promise.resolve());
    rig.modem.network.deliver({ from, text: 'half done' });
    await rig.until(() => rig.told.some(({ type }) => type === 'pdu.received'), 5_000);
    rig.beforeSafe = () => Promise.resolve();
    await rig.restart();
    await rig.until(() => rig.pdus.length === 1 && rig.modem.stored('SM').length === 0, 10_000);
    expect(rig.of('pdu.received')[0]?.found).toBe('initial');
  });

  it('does not delete the message that took the place of one that it read before', async () => {
    await up();
    const slow = Promise.withResolvers<void>();
    rig.beforeSafe = (event) =>
      event.type === 'pdu.received' && rig.pdus.length === 0 ? slow.promise : Promise.resolve();
    rig.modem.network.deliver({ from, text: 'old' });
    await rig.until(() => rig.told.some(({ type }) => type === 'pdu.received'), 5_000);
    // A sweep reads the same slot while the first reading is still being made safe.
    await rig.clock.advance(35_000);
    slow.resolve();
    await rig.until(() => rig.modem.stored('SM').length === 0, 5_000);
    rig.refuse = (event) => event.type === 'pdu.received';
    rig.modem.network.deliver({ from, text: 'new' });
    await rig.clock.advance(100_000);
    expect(rig.modem.stored('SM')).toHaveLength(1);
    expect(rig.pdus).toHaveLength(1);
    rig.refuse = () => false;
    await rig.until(() => rig.modem.stored('SM').length === 0, 31_000);
    expect(new Set(rig.pdus).size).toBe(2);
  });

  it('tries a deletion again that the modem refused', async () => {
    await up();
    rig.modem.faults.failDeletions(2);
    rig.modem.network.deliver({ from, text: 'sticky' });
    await rig.until(() => rig.pdus.length === 1, 5_000);
    await rig.until(() => rig.modem.stored('SM').length === 0, 95_000);
    expect(rig.pdus).toHaveLength(1);
  });

  it('makes room on a full SIM, and what the network held back comes', async () => {
    await up({ modem: { slots: 5 } });
    rig.modem.faults.fill('SM');
    rig.modem.network.deliver({ from, text: 'waiting outside' });
    await rig.until(() => rig.modem.network.pending === 0 && rig.modem.stored('SM').length === 0);
    expect(rig.pdus).toHaveLength(6);
  });

  it("leaves other people's drafts alone, and lets them go when the SIM is full", async () => {
    rig = new ModemRig({ modem: { slots: 2 } });
    rig.modem.put('SM', { pdu: kodPdu, status: 2 });
    await rig.ready();
    await rig.clock.advance(90_000);
    expect(rig.of('pdu.received')).toMatchObject([{ stat: 2 }]);
    expect(rig.modem.stored('SM')).toHaveLength(1);
    rig.modem.put('SM', { pdu: balancePdu, status: 3 });
    await rig.until(() => rig.modem.stored('SM').length === 0, 95_000);
    expect(rig.of('pdu.received').map(({ stat }) => stat)).toEqual([2, 3]);
  });

  it('hands over a message twice that the network sent twice: the store tells them apart', async () => {
    await up();
    rig.modem.network.loseNextAck();
    rig.modem.network.deliver({ from, text: 'again', scts: '2026-01-01T03:00:00+03:00' });
    await rig.until(() => rig.pdus.length === 2);
    await rig.until(() => rig.modem.stored('SM').length === 0, 5_000);
    expect(rig.pdus[0]?.slice(-20)).toBe(rig.pdus[1]?.slice(-20));
  });

  it('keeps a directly routed message itself until it is safe', async () => {
    await up({ modem: { flashAsCmt: true } });
    rig.refuse = () => true;
    rig.modem.network.deliver({ from, text: 'flash', flash: true });
    await rig.clock.advance(60_000);
    expect(rig.pdus).toEqual([]);
    rig.refuse = () => false;
    await rig.until(() => rig.pdus.length === 1, 31_000);
    expect(rig.of('pdu.received')[0]).toMatchObject({ source: 'direct', memory: null, slot: null });
  });

  it.each(['clean', 'generic', 'zte-mf180'] as const)(
    'receives from the profile %s, a long one and its parts in any order',
    async (profile) => {
      await up({ modem: { profile } });
      rig.modem.network.deliver({ from, text: 'я'.repeat(300), order: [3, 1, 5, 2, 4, 1] });
      await rig.until(() => rig.pdus.length === 6);
      await rig.until(() => rig.modem.stored('SM').length + rig.modem.stored('ME').length === 0, 60_000);
    },
  );

  it.each(['whole', 'bytes', 'random', 'usb64', 'merged'] as const)(
    'does not depend on how the bytes are cut: %s',
    async (chunking) => {
      await up({ modem: { profile: 'zte-mf180', chunking } });
      for (let n = 0; n < 5; n += 1) rig.modem.network.deliver({ from, text: `number ${n}` });
      await rig.until(
        () => rig.pdus.length === 5 && rig.modem.stored('SM').length + rig.modem.stored('ME').length === 0,
      );
      expect(new Set(rig.pdus).size).toBe(5);
    },
  );

  it('is not misled by garbage on the line and glued lines', async () => {
    await up();
    rig.modem.faults.garbage(new Uint8Array([0, 0xff, 0x7e, 0x0d, 0x41, 0x80, 0x0a]));
    rig.modem.faults.glueNextIndication();
    rig.modem.network.deliver({ from, text: 'through' });
    await rig.until(() => rig.pdus.length === 1, 65_000);
    await rig.until(() => rig.modem.stored('SM').length === 0, 5_000);
  });

  it('takes status reports however the modem brings them', async () => {
    for (const profile of ['clean', 'zte-mf180'] as const) {
      await up({ modem: { profile } });
      await rig.send(1, [{ seq: 1, pdu: '0031000B919761214365F70000A70DD4F29C0EDAA0629B14685306', tpduLength: 26 }]);
      await rig.until(() => rig.pdus.length === 1);
      // TP-MTI of a status report is 10 (TS 23.040 §9.2.3.1).
      const [pdu = ''] = rig.pdus;
      const first = Number.parseInt(pdu.slice(2 + 2 * Number.parseInt(pdu.slice(0, 2), 16)).slice(0, 2), 16);
      expect(first & 3).toBe(2);
      await rig.until(() => rig.modem.stored('SR').length === 0, 35_000);
      await rig.stop();
    }
  });
});

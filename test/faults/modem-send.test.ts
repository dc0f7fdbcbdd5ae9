import { afterEach, describe, expect, it } from 'vitest';
import { ModemRig, type RigOptions, testPart } from '../support/modem-rig.ts';

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

const parts = [1, 2, 3].map((seq) => ({ ...testPart, seq }));
const partEvents = () => rig.events.filter(({ type }) => type.startsWith('part.')).map(({ type }) => type);

describe('sending', () => {
  it('announces each part before it leaves and tells its reference after', async () => {
    await up();
    expect(await rig.send(7, parts)).toEqual({ ok: true, value: null });
    await rig.until(() => rig.of('part.sent').length === 3);
    // On a line without delay: what has left is written down while the next part is on its way.
    const sending = parts.map(() => 'part.sending');
    expect(partEvents()).toEqual([...sending, ...parts.map(() => 'part.sent')]);
    expect(rig.of('part.sent')).toMatchObject([1, 2, 3].map((seq) => ({ messageId: 7, attempt: 1, seq })));
    expect(rig.of('part.sent').map(({ messageReference }) => messageReference)).toEqual(
      rig.modem.network.submitted.map(({ messageReference }) => messageReference),
    );
    expect(rig.modem.network.submitted[0]).toMatchObject({ recipient: '+79161234567', text: 'Test {1} €' });
  });

  it('lets nothing leave that could not be announced', async () => {
    await up();
    rig.refuse = (event) => event.type === 'part.sending';
    expect(await rig.send(7, parts)).toMatchObject({ ok: false, code: 'bus_unavailable' });
    expect(rig.modem.network.submitted).toEqual([]);
    rig.refuse = () => false;
    // Nobody can tell whether the question comes through after all: only a new try may leave.
    expect(await rig.send(7, [testPart])).toMatchObject({ ok: false, code: 'command_repeated' });
    expect(await rig.send(7, [testPart], 2)).toMatchObject({ ok: true });
    expect(rig.modem.network.submitted).toHaveLength(1);
  });

  it('sends nothing that it gets no leave for, and tells nothing of it', async () => {
    await up();
    rig.leave = () => 'refused';
    expect(await rig.send(7, parts)).toMatchObject({ ok: false, code: 'command_repeated' });
    expect(rig.modem.network.submitted).toEqual([]);
    expect(partEvents()).toEqual(['part.sending']);
    rig.leave = () => 'granted';
    expect(await rig.send(7, [testPart], 2)).toMatchObject({ ok: true });
    expect(rig.modem.network.submitted).toHaveLength(1);
  });

  it('does not hold the modem at its prompt while the store hangs', async () => {
    await up();
    const hangs = new Promise<void>(() => {});
    rig.beforeSafe = (event) => (event.type === 'part.sending' ? hangs : Promise.resolve());
    expect(await rig.send(7, [testPart])).toMatchObject({ ok: false, code: 'bus_unavailable' });
    rig.modem.network.deliver({ from: '+79160000001', text: 'meanwhile' });
    await rig.until(() => rig.pdus.length === 1, 5_000);
    expect(rig.modem.network.submitted).toEqual([]);
    expect(partEvents()).toEqual(['part.failed']);
  });

  it('never makes the same attempt twice', async () => {
    await up();
    await rig.send(7, [testPart]);
    expect(await rig.send(7, [testPart])).toMatchObject({ ok: false, code: 'command_repeated' });
    expect(await rig.send(7, [testPart], 2)).toMatchObject({ ok: true });
    expect(rig.modem.network.submitted).toHaveLength(2);
  });

  it.each([
    [21, 'temporary'],
    [38, 'temporary'],
    [42, 'temporary'],
    [50, 'configuration'],
    [1, 'permanent'],
    [314, 'busy'],
    [500, 'unclear'],
    ['ERROR', 'unclear'],
  ] as const)('stops at a part that is refused with %s: %s', async (code, kind) => {
    await up();
    rig.modem.network.failNext({ code });
    expect(await rig.send(7, parts)).toMatchObject({ ok: false });
    expect(partEvents()).toEqual(['part.sending', 'part.failed']);
    expect(rig.of('part.failed')[0]?.failure).toMatchObject({ kind });
    expect(rig.modem.network.submitted).toEqual([]);
  });

  it('does not know what became of a part after error 332, which the network has got', async () => {
    await up();
    rig.modem.network.failNext({ code: 332, sentAnyway: true, afterMs: 90_000 });
    await rig.send(7, parts);
    expect(partEvents()).toEqual(['part.sending', 'part.unknown']);
    expect(rig.modem.network.submitted).toHaveLength(1);
  });

  it('waits for an answer that takes 135 s', async () => {
    await up({ modem: { submitMs: 135_000 } });
    await rig.send(7, [testPart]);
    await rig.until(() => rig.of('part.sent').length > 0);
    expect(partEvents()).toEqual(['part.sending', 'part.sent']);
  });

  it('does not take OK without a reference for success', async () => {
    await up();
    rig.modem.network.failNext({ code: 'nothing' });
    await rig.send(7, [testPart]);
    expect(partEvents()).toEqual(['part.sending', 'part.unknown']);
  });

  it('says unknown when the answer is lost, sends nothing again, and goes on', async () => {
    await up();
    rig.modem.network.loseNextAnswer();
    await rig.send(7, [testPart]);
    expect(partEvents()).toEqual(['part.sending', 'part.unknown']);
    expect(rig.modem.network.submitted).toHaveLength(1);
    await rig.until(() => rig.state === 'ready', 120_000);
    expect(await rig.send(8, [testPart])).toMatchObject({ ok: true });
    expect(rig.modem.network.submitted).toHaveLength(2);
  });

  it('says unknown when the modem is pulled out while it sends', async () => {
    await up({ modem: { submitMs: 10_000 } });
    const sending = rig.begin(7, [testPart]);
    await rig.until(() => rig.of('part.sending').length === 1);
    await rig.clock.advance(2_000);
    rig.modem.faults.unplug();
    expect(await sending).toMatchObject({ ok: false });
    await rig.until(() => rig.of('part.unknown').length === 1, 5_000);
    rig.modem.faults.replug();
    await rig.until(() => rig.state === 'ready');
    expect(rig.modem.network.submitted.length).toBeLessThanOrEqual(1);
    expect(partEvents()).toEqual(['part.sending', 'part.unknown']);
  });

  it('tells the end of a part although the store was away when it came', async () => {
    await up();
    rig.refuse = (event) => event.type === 'part.sent';
    await rig.send(7, [testPart]);
    await rig.clock.advance(60_000);
    expect(partEvents()).toEqual(['part.sending']);
    rig.refuse = () => false;
    await rig.until(() => rig.of('part.sent').length === 1, 31_000);
    expect(rig.modem.network.submitted).toHaveLength(1);
  });

  it('keeps a message back while the modem is not registered, at no cost', async () => {
    await up();
    rig.modem.network.setRegistration(2);
    await rig.clock.advance(1_000);
    expect(await rig.send(7, [testPart])).toMatchObject({ ok: false, code: 'modem_not_ready' });
    expect(partEvents()).toEqual([]);
    rig.modem.network.setRegistration(5);
    await rig.clock.advance(1_000);
    expect(await rig.send(7, [testPart])).toMatchObject({ ok: true });
  });

  it('begins nothing after its time, and no further part', async () => {
    await up({ modem: { submitMs: 10_000 } });
    const late = { type: 'send', messageId: 7, attempt: 1, handedAt: 1, parts } as const;
    expect(await rig.execute((base) => ({ ...base, ...late, expiresAt: rig.clock.now() }))).toMatchObject({
      code: 'command_expired',
    });
    expect(await rig.execute((base) => ({ ...base, ...late, expiresAt: rig.clock.now() + 15_000 }))).toMatchObject({
      code: 'command_expired',
    });
    expect(rig.modem.network.submitted).toHaveLength(2);
  });

  it('begins no further part of a message that was withdrawn', async () => {
    await up({ modem: { submitMs: 10_000 } });
    const controller = new AbortController();
    const sending = rig.begin(7, parts, controller.signal);
    await rig.until(() => rig.of('part.sending').length === 1);
    controller.abort();
    await rig.until(() => rig.of('part.sent').length === 1);
    expect(await sending).toMatchObject({ ok: false, code: 'at_aborted' });
    expect(partEvents()).toEqual(['part.sending', 'part.sent']);
  });

  it('receives and hears calls while it sends', async () => {
    await up({ modem: { profile: 'zte-mf180', submitMs: 20_000 } });
    const sending = rig.begin(7, [testPart]);
    await rig.until(() => rig.of('part.sending').length === 1);
    rig.modem.network.deliver({ from: '+79160000001', text: 'meanwhile' });
    rig.modem.network.ring({ from: '+79160000002', rings: 3 });
    await rig.until(() => rig.of('part.sent').length === 1);
    expect(await sending).toMatchObject({ ok: true });
    await rig.until(() => rig.pdus.length > 0 && rig.of('call.ended').length === 1);
    expect(rig.of('call.ringing')[0]?.number).toBe('+79160000002');
    expect(rig.modem.network.submitted).toHaveLength(1);
  });

  it('sends in the order in which it was asked', async () => {
    await up({ modem: { submitMs: 1_000 } });
    const all = Promise.all([1, 2, 3, 4].map((id) => rig.begin(id, [testPart])));
    await rig.until(() => rig.of('part.sent').length === 4);
    expect((await all).every(({ ok }) => ok)).toBe(true);
    expect(rig.of('part.sent').map(({ messageId }) => messageId)).toEqual([1, 2, 3, 4]);
  });

  it('refuses everything while there is no modem', async () => {
    rig = new ModemRig();
    rig.modem.faults.unplug();
    rig.worker.start();
    await rig.until(() => rig.state === 'failed');
    expect(await rig.send(7, [testPart])).toMatchObject({ ok: false, code: 'modem_not_ready' });
    expect(rig.reason).toBe('port_not_found');
  });
});

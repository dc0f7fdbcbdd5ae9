import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FilePinMemory } from '../../src/modem/pin-memory.ts';
import { ModemRig, type RigOptions, testPart } from '../support/modem-rig.ts';
import { kodPdu } from '../support/pdus.ts';

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
const states = () => rig.of('link.changed').map(({ state }) => state);

/** The link still works: a message comes in and one goes out. */
async function worksAgain(): Promise<void> {
  await rig.until(() => rig.state === 'ready');
  const before = rig.pdus.length;
  rig.modem.network.deliver({ from, text: 'still there?' });
  await rig.until(() => rig.pdus.length > before, 60_000);
  expect(await rig.send(rig.clock.now(), [testPart])).toMatchObject({ ok: true });
}

describe('coming up', () => {
  it('is quick where the modem is, and tells each step and who the modem is', async () => {
    rig = new ModemRig();
    rig.modem.put('SM', { pdu: kodPdu });
    rig.worker.start();
    const begun = rig.clock.monotonic();
    await rig.until(() => rig.state === 'ready');
    expect(rig.clock.monotonic() - begun).toBeLessThanOrEqual(250);
    expect(states()).toEqual(['opening', 'synchronising', 'identifying', 'initialising', 'ready']);
    expect(rig.events[0]?.type).toBe('worker.started');
    expect(rig.of('link.changed').at(-1)?.identity).toMatchObject({
      imsi: rig.modem.sim.imsi,
      iccid: rig.modem.sim.iccid,
    });
    // What lies on the SIM does not wait for the rest.
    await rig.until(() => rig.pdus.length === 1, 100);
  });

  it.each(['clean', 'generic', 'zte-mf180'] as const)(
    'succeeds with the profile %s, from a cold start',
    async (profile) => {
      await up({ modem: { profile, coldStart: true } });
      await worksAgain();
    },
  );

  it('knows a ZTE stick by its name', async () => {
    await up({ modem: { profile: 'zte-mf180' } });
    expect(rig.of('link.changed').at(-1)?.identity?.family).toBe('zte');
  });

  it('works with a modem that refuses the indications it offers', async () => {
    await up({ modem: { refusedCnmi: ['2,1,0,2,0', '2,*'] } });
    await worksAgain();
  });

  it('works with a modem that refuses all indications', async () => {
    await up({ modem: { refusedCnmi: ['1*', '2*'] } });
    rig.modem.network.deliver({ from, text: 'found by looking' });
    await rig.until(() => rig.pdus.length === 1, 31_000);
  });

  it('frees a modem that is stuck in the prompt of an earlier program', async () => {
    rig = new ModemRig();
    rig.modem.faults.stuckPrompt();
    await rig.ready();
    expect(rig.modem.network.submitted).toEqual([]);
    await worksAgain();
  });

  it('waits for a SIM that is busy for half a minute', async () => {
    rig = new ModemRig();
    rig.modem.faults.simBusy(30_000);
    await rig.ready();
    expect(states()).not.toContain('failed');
    await worksAgain();
  });

  it('says why it is not ready without a SIM, resets nothing, and comes up with one', async () => {
    rig = new ModemRig();
    rig.modem.sim.remove();
    rig.worker.start();
    await rig.until(() => rig.state === 'failed');
    expect(rig.reason).toBe('sim_missing');
    await rig.clock.advance(600_000);
    expect(rig.state).not.toBe('ready');
    rig.modem.sim.insert();
    await worksAgain();
  });

  it('loses a few bytes to a sleeping modem', async () => {
    rig = new ModemRig();
    rig.modem.faults.loseInput(2);
    await rig.ready();
    await worksAgain();
  });

  it('is not shifted by an OK too many', async () => {
    rig = new ModemRig();
    rig.modem.faults.doubleNextOk();
    await rig.ready();
    await worksAgain();
  });
});

describe('the PIN', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'simloft-pin-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is entered where the SIM wants it', async () => {
    await up({ modem: { pin: '4711' }, pin: '4711', pinMemory: new FilePinMemory(directory) });
    await worksAgain();
    expect(rig.modem.sim.wrongPins).toBe(0);
  });

  it('is asked for where the settings have none', async () => {
    rig = new ModemRig({ modem: { pin: '4711' } });
    rig.worker.start();
    await rig.until(() => rig.state === 'failed');
    expect(rig.reason).toBe('sim_pin_needed');
  });

  const enter = (pin: string) => rig.execute((base) => ({ ...base, type: 'unlock', pin }));

  it('may be entered by a person, who is told what came of it, and is known after the stick was pulled out', async () => {
    rig = new ModemRig({ modem: { pin: '4711', profile: 'zte-mf180' }, pinMemory: new FilePinMemory(directory) });
    rig.worker.start();
    expect(await enter('4711')).toMatchObject({ ok: false, code: 'command_unsupported' });
    await rig.until(() => rig.state === 'failed');
    expect(await enter('1234')).toMatchObject({ ok: false, code: 'sim_pin_wrong' });
    expect(await enter('1234')).toMatchObject({ ok: false, code: 'sim_pin_wrong' });
    expect(rig.modem.sim.wrongPins).toBe(1);
    expect(await enter('4711')).toEqual({ ok: true, value: null });
    await worksAgain();
    rig.modem.faults.unplug();
    await rig.until(() => rig.state !== 'ready', 1_000);
    rig.modem.faults.replug();
    await worksAgain();
    expect(await enter('4711')).toMatchObject({ ok: false, code: 'command_unsupported' });
  });

  it('is not entered where the card has one try left', async () => {
    rig = new ModemRig({ modem: { pin: '4711', profile: 'zte-mf180' }, pinMemory: new FilePinMemory(directory) });
    rig.worker.start();
    await rig.until(() => rig.state === 'failed');
    expect(await enter('1111')).toMatchObject({ ok: false, code: 'sim_pin_wrong' });
    expect(await enter('2222')).toMatchObject({ ok: false, code: 'sim_pin_wrong' });
    expect(await enter('4711')).toMatchObject({ ok: false, message: expect.stringContaining('one try left') });
    expect(rig.modem.sim.pinTriesLeft).toBe(1);
  });

  it('that is entered at the very moment of a failure is tried all the same', async () => {
    rig = new ModemRig({ modem: { pin: '4711' }, pinMemory: new FilePinMemory(directory) });
    const answers: Promise<unknown>[] = [];
    rig.beforeSafe = async (event) => {
      if (event.type !== 'link.changed' || event.state !== 'failed' || answers.length > 0) return;
      const command = { id: 'pin', expiresAt: rig.clock.now() + 60_000, type: 'unlock', pin: '4711' } as const;
      answers.push(rig.worker.execute(command, new AbortController().signal));
    };
    rig.worker.start();
    await worksAgain();
    expect(await answers[0]).toEqual({ ok: true, value: null });
  });

  it('is tried once when it is wrong, whatever happens after', async () => {
    rig = new ModemRig({
      modem: { pin: '4711', profile: 'zte-mf180' },
      pin: '1234',
      pinMemory: new FilePinMemory(directory),
    });
    rig.worker.start();
    await rig.until(() => rig.state === 'failed');
    expect(rig.reason).toBe('sim_pin_wrong');
    await rig.clock.advance(600_000);
    for (let n = 0; n < 5; n += 1) {
      await rig.restart();
      await rig.clock.advance(30_000);
    }
    rig.modem.faults.reboot();
    await rig.clock.advance(120_000);
    expect(rig.reason).toBe('sim_pin_wrong');
    expect(rig.modem.sim.wrongPins).toBe(1);
    expect(rig.modem.sim.pinTriesLeft).toBe(2);
  });
});

describe('staying up', () => {
  it('opens the port again when the modem was pulled out and put back', async () => {
    await up({ modem: { profile: 'zte-mf180' } });
    rig.modem.faults.unplug();
    await rig.until(() => rig.state !== 'ready', 1_000);
    expect(rig.reason).toBe('port_closed');
    await rig.clock.advance(300_000);
    rig.modem.network.deliver({ from, text: 'sent while it was away' });
    rig.modem.faults.replug();
    const back = rig.clock.monotonic();
    await rig.until(() => rig.state === 'ready');
    expect(rig.clock.monotonic() - back).toBeLessThan(90_000);
    await rig.until(() => rig.pdus.length === 1);
    await worksAgain();
  });

  it('finds the modem again under another tty', async () => {
    await up();
    expect(rig.of('link.changed').at(-1)?.port).toBe('/dev/ttyUSB1');
    rig.modem.faults.unplug();
    await rig.clock.advance(20_000);
    rig.port = '/dev/ttyUSB3';
    rig.modem.faults.replug();
    await worksAgain();
    expect(rig.of('link.changed').at(-1)?.port).toBe('/dev/ttyUSB3');
  });

  it('knocks ever less often where nobody is, and never forgets to', async () => {
    await up();
    rig.modem.faults.unplug();
    await rig.clock.advance(3_600_000);
    const knocks = rig.of('link.changed').filter(({ state }) => state === 'opening').length;
    expect(knocks).toBeGreaterThan(100);
    expect(knocks).toBeLessThan(200);
    rig.modem.faults.replug();
    await worksAgain();
  });

  it('restarts a modem that stays silent at most twice an hour, and does not touch its radio', async () => {
    await up();
    rig.modem.faults.silence(true);
    rig.written = '';
    await rig.clock.advance(3_000_000);
    expect(rig.written.split('AT+CFUN=1,1\r')).toHaveLength(3);
    expect(rig.written).not.toContain('AT+CFUN=0');
    const told = rig.of('link.changed').filter(({ reason }) => reason?.code === 'modem_reset' && reason.text !== '');
    expect(told.filter(({ state }) => state === 'failed').map(({ reason }) => reason?.text)).toEqual(
      Array(2).fill(expect.stringMatching(/does not recover, so it is restarted\.$/)),
    );
    rig.modem.faults.silence(false);
    await worksAgain();
  });

  it('notices a silent modem while the store hangs', async () => {
    await up();
    const hangs = new Promise<void>(() => {});
    rig.beforeSafe = (event) => (event.type === 'pdu.received' ? hangs : Promise.resolve());
    rig.modem.network.deliver({ from, text: 'stuck' });
    await rig.clock.advance(60_000);
    rig.modem.faults.silence(true);
    await rig.until(() => rig.state !== 'ready', 180_000);
    rig.modem.faults.silence(false);
    rig.beforeSafe = () => Promise.resolve();
    await worksAgain();
  });

  it('survives a minute of silence', async () => {
    await up();
    rig.modem.faults.silence(true);
    await rig.until(() => rig.state !== 'ready', 60_000);
    expect(rig.reason).toBe('modem_silent');
    await rig.clock.advance(30_000);
    rig.modem.faults.silence(false);
    await rig.until(() => rig.state === 'ready', 60_000);
    await worksAgain();
  });

  it('is not deceived by noise from a modem that answers nothing', async () => {
    await up({ modem: { profile: 'zte-mf180' } });
    rig.modem.faults.hangWithNoise(true);
    await rig.until(() => rig.state !== 'ready', 120_000);
    rig.modem.faults.hangWithNoise(false);
    await worksAgain();
  });

  it.each(['clean', 'generic', 'zte-mf180'] as const)(
    'notices that the modem has restarted behind its back: %s',
    async (profile) => {
      await up({ modem: { profile } });
      const before = rig.of('link.changed').length;
      rig.modem.faults.reboot();
      await rig.until(() => rig.of('link.changed').length > before && rig.state === 'ready', 180_000);
      await worksAgain();
    },
  );

  it('sets the indications again that the firmware forgot', async () => {
    await up();
    const before = rig.of('link.changed').length;
    rig.modem.faults.forgetCnmi();
    await rig.until(() => rig.of('link.changed').length > before && rig.state === 'ready', 700_000);
    rig.modem.network.deliver({ from, text: 'indicated again' });
    await rig.until(() => rig.pdus.length === 1, 5_000);
    expect(rig.of('pdu.received')[0]?.found).toBe('indicated');
  });

  it('takes a late answer for what it is', async () => {
    await up();
    rig.modem.faults.lateFinal(40_000);
    await rig.clock.advance(120_000);
    await worksAgain();
  });

  it('stops the flood of a ZTE stick and lives with its noise for a day', async () => {
    await up({ modem: { profile: 'zte-mf180', noise: true } });
    await rig.clock.advance(3_600_000);
    expect(states().filter((state) => state === 'ready')).toHaveLength(1);
    await worksAgain();
  });

  it('notices that the SIM was taken out', async () => {
    await up();
    rig.modem.sim.remove();
    await rig.until(() => rig.state === 'failed', 120_000);
    expect(rig.reason).toBe('sim_missing');
    rig.modem.sim.insert();
    await worksAgain();
  });

  it('stops at once, frees the port, and can be followed by another worker', async () => {
    await up();
    await rig.restart();
    await rig.until(() => rig.of('sweep.finished').length === 2 && rig.state === 'ready', 60_000);
    await worksAgain();
  });
});

describe('the readings', () => {
  it.each(['clean', 'generic', 'zte-mf180'] as const)('are those of the network: %s', async (profile) => {
    await up({ modem: { profile } });
    rig.modem.network.setOperator({ name: 'MTS RUS', mccMnc: '25001' });
    rig.modem.network.setSignal(20);
    rig.modem.network.setRegistration(5);
    rig.modem.network.setTechnology('UMTS');
    const topics = ['operator', 'registration', 'signal', 'technology', 'sim', 'storage'] as const;
    const result = await rig.execute((base) => ({ ...base, type: 'read-status', topics }));
    expect(result).toMatchObject({
      ok: true,
      value: {
        status: {
          operator: { name: 'MTS RUS', numeric: '25001' },
          registration: 'roaming',
          signal: { rssi: 20, dbm: -73 },
          technology: 'UMTS',
          sim: 'ready',
        },
      },
    });
    expect(rig.of('status.read').at(-1)?.status.storage).toContainEqual(
      expect.objectContaining({ memory: 'SM', used: 0 }),
    );
  });

  it('come by themselves when the network is lost and found', async () => {
    await up({ modem: { profile: 'zte-mf180' } });
    const told = () => rig.of('status.read').map(({ status }) => status);
    rig.modem.network.setRegistration(2);
    await rig.until(() => told().at(-1)?.registration === 'searching', 5_000);
    rig.modem.network.setOperator({ name: 'MTS RUS', mccMnc: '25001' });
    rig.modem.network.setRegistration(1);
    await rig.until(() => told().at(-1)?.operator?.name === 'MTS RUS', 5_000);
    expect(told().at(-1)).toMatchObject({ registration: 'home', signal: { rssi: expect.any(Number) } });
  });

  it('are null for what the modem does not know', async () => {
    await up();
    rig.modem.network.setSignal(99);
    const result = await rig.execute((base) => ({ ...base, type: 'read-status', topics: ['signal'] }));
    expect(result).toMatchObject({ value: { status: { signal: { rssi: null, dbm: null } } } });
  });

  it('hold only what was asked for', async () => {
    await up();
    const result = await rig.execute((base) => ({ ...base, type: 'read-status', topics: ['sim'] }));
    expect(result).toEqual({ ok: true, value: { type: 'status', status: { sim: 'ready' } } });
  });

  it('can be taken by hand, but not by a command that would wait for a text', async () => {
    await up();
    const raw = (line: string) => rig.execute((base) => ({ ...base, type: 'raw-at', line, timeoutMs: 5_000 }));
    expect(await raw('AT+CSQ')).toMatchObject({ value: { lines: [expect.stringMatching(/^\+CSQ:/), 'OK'] } });
    expect(await raw('AT+CMGS=12')).toMatchObject({ ok: false, code: 'command_unsupported' });
    expect(await raw('AT+CSQ\rAT+CMGD=1')).toMatchObject({ ok: false, code: 'at_unsafe' });
  });

  it('come with a sweep on demand', async () => {
    await up();
    rig.modem.put('ME', { pdu: kodPdu });
    expect(await rig.execute((base) => ({ ...base, type: 'sweep' }))).toEqual({ ok: true, value: null });
    expect(rig.of('sweep.finished').at(-1)).toMatchObject({ initial: false, found: 1 });
  });
});

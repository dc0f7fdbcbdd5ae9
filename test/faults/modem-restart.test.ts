import { afterEach, expect, it } from 'vitest';
import { ModemRig } from '../support/modem-rig.ts';

let rig: ModemRig;
afterEach(() => rig.stop());

it.each(['clean', 'zte-mf180'] as const)(
  'a modem that is restarted by command comes back by itself: %s',
  async (profile) => {
    rig = new ModemRig({ modem: { profile } });
    await rig.ready();
    const before = rig.of('link.changed').length;
    expect(await rig.execute((base) => ({ ...base, type: 'restart' }))).toMatchObject({ ok: true });
    expect(rig.written).toContain('AT+CFUN=1,1\r');
    await rig.until(() =>
      rig
        .of('link.changed')
        .slice(before)
        .some(({ state }) => state === 'ready'),
    );
    const states = rig
      .of('link.changed')
      .slice(before)
      .map(({ state }) => state);
    expect(states[0]).not.toBe('ready');
    rig.modem.network.deliver({ from: '+79161234567', text: 'Hello again' });
    await rig.until(() => rig.of('pdu.received').length === 1);
  },
);

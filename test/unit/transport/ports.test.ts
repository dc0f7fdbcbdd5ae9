import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { candidatePorts, remarksOn } from '../../../src/transport/candidate-ports.ts';
import { discover } from '../../../src/transport/find-modem.ts';
import { PortMemory, stableNameOf } from '../../../src/transport/port-memory.ts';
import { listPorts, listUsbDevices } from '../../../src/transport/ports.ts';
import { type FakeStick, fakeSys } from '../../support/fake-sys.ts';
import { temporaryFolder } from '../../support/gateway-process.ts';

const mf180: FakeStick = {
  at: '1-1.2',
  id: '19d2:2003',
  product: 'ZTE WCDMA Technologies MSM',
  serial: 'MF1800ZTED010000',
  ports: { 0: 'ttyUSB0', 1: 'ttyUSB1', 3: 'ttyUSB2' },
  others: { 2: '08' },
};
const zigbee: FakeStick = {
  at: '1-1.3',
  id: '10c4:ea60',
  product: 'CP2102N',
  driver: 'cp210x',
  ports: { 0: 'ttyUSB3' },
};

async function verdicts(sticks: readonly FakeStick[]): Promise<string[]> {
  using folder = temporaryFolder();
  const ports = candidatePorts(await listPorts(fakeSys(folder.path, sticks)));
  return ports.map(({ path, verdict }) => `${path.slice(path.lastIndexOf('/') + 1)} ${verdict}`);
}

describe('the list of ports', () => {
  it('reads names, ids and interfaces from sysfs', async () => {
    using folder = temporaryFolder();
    const roots = fakeSys(folder.path, [mf180]);
    const ports = await listPorts(roots);
    expect(ports).toHaveLength(3);
    expect(ports[2]).toEqual({
      path: join(roots.dev, 'ttyUSB2'),
      stablePath: join(roots.dev, 'serial/by-path/pci-usb-0:1-1.2:1.3-port0'),
      driver: 'option',
      usb: {
        id: '19d2:2003',
        product: 'ZTE WCDMA Technologies MSM',
        serial: 'MF1800ZTED010000',
        number: 3,
        protocol: 255,
        device: '1-1.2',
      },
    });
  });

  it('knows ports that hang on their interface without a folder between', async () => {
    using folder = temporaryFolder();
    const roots = fakeSys(folder.path, [
      { at: '2-1', id: '1546:1102', driver: 'cdc_acm', acm: true, ports: { 0: 'ttyACM0' } },
    ]);
    expect(await listPorts(roots)).toMatchObject([
      { driver: 'cdc_acm', usb: { id: '1546:1102', number: 0, device: '2-1' } },
    ]);
  });

  it('shows ports of the board, but not the empty slots of the 8250 driver, and no consoles', async () => {
    using folder = temporaryFolder();
    const roots = fakeSys(folder.path, []);
    for (const [name, type] of [
      ['ttyS0', '4'],
      ['ttyS1', '0'],
    ] as const) {
      mkdirSync(join(roots.sys, 'class/tty', name, 'device'), { recursive: true });
      writeFileSync(join(roots.sys, 'class/tty', name, 'type'), `${type}\n`);
    }
    mkdirSync(join(roots.sys, 'class/tty/tty1'));
    expect(await listPorts(roots)).toEqual([
      { path: join(roots.dev, 'ttyS0'), stablePath: null, driver: null, usb: null },
    ]);
  });

  it('is empty where there is no sysfs', async () => {
    expect(await listPorts({ sys: '/nowhere', dev: '/nowhere' })).toEqual([]);
  });
});

describe('candidates', () => {
  it('puts the port that announces messages first and leaves the others of the stick alone', async () => {
    expect(await verdicts([mf180])).toEqual(['ttyUSB1 probe', 'ttyUSB2 probe', 'ttyUSB0 leave']);
  });

  it('never touches a port of a device that is not known to be a modem', async () => {
    using folder = temporaryFolder();
    const [bridge, unknown] = candidatePorts(
      await listPorts(
        fakeSys(folder.path, [
          zigbee,
          { at: '1-1.4', id: '2341:0043', product: 'Arduino Uno', acm: true, ports: { 0: 'ttyUSB9' } },
        ]),
      ),
    );
    expect(bridge).toMatchObject({ verdict: 'leave', vendorId: '10c4', productId: 'ea60', interface: 0 });
    expect(bridge?.reason).toBe(
      'left alone: a CP210x bridge may be a Zigbee stick, a meter or a modem; name it with MODEM_PORT to use it',
    );
    expect(unknown).toMatchObject({ verdict: 'leave' });
    expect(unknown?.reason).toContain('Arduino Uno (2341:0043)');
  });

  it('takes the last port of an older Huawei stick, and the named one of a newer', async () => {
    const ports = { 0: 'ttyUSB0', 1: 'ttyUSB1', 2: 'ttyUSB2' };
    expect(await verdicts([{ at: '1-1', id: '12d1:1001', ports }])).toEqual([
      'ttyUSB2 probe',
      'ttyUSB1 probe',
      'ttyUSB0 probe',
    ]);
    expect(await verdicts([{ at: '1-1', id: '12d1:1506', ports, protocols: { 0: '01', 1: '02', 2: '03' } }])).toEqual([
      'ttyUSB1 probe',
      'ttyUSB0 probe',
      'ttyUSB2 leave',
    ]);
  });

  it('tries the ports of an unknown modem of a known maker, but not of a maker of other things', async () => {
    expect(await verdicts([{ at: '1-1', id: '19d2:9999', ports: { 0: 'ttyUSB0' } }])).toEqual(['ttyUSB0 probe']);
    expect(await verdicts([{ at: '1-1', id: '1546:01a8', ports: { 0: 'ttyACM0' } }])).toEqual(['ttyACM0 leave']);
  });

  it('keeps away from interface 2 of a SIMCom A76xx', async () => {
    expect(
      await verdicts([{ at: '1-1', id: '1e0e:9011', ports: { 2: 'ttyUSB0', 4: 'ttyUSB1', 5: 'ttyUSB2' } }]),
    ).toEqual(['ttyUSB1 probe', 'ttyUSB2 probe', 'ttyUSB0 leave']);
  });
});

describe('remarks', () => {
  const remarks = async (sticks: readonly FakeStick[]): Promise<readonly string[]> => {
    using folder = temporaryFolder();
    const roots = fakeSys(folder.path, sticks);
    return remarksOn(await listUsbDevices(await listPorts(roots), roots)).map(({ text }) => text);
  };

  it('says how to switch a stick that shows itself as a CD-ROM, known or not', async () => {
    for (const id of ['19d2:2000', '12d1:1fff']) {
      const [remark = ''] = await remarks([{ at: '1-1', id, product: 'CD-ROM stick', others: { 0: '08' } }]);
      expect(remark).toContain('usb_modeswitch');
      expect(remark).toContain(id);
    }
  });

  it('says that a network stick has no AT port', async () => {
    expect(await remarks([{ at: '1-1', id: '12d1:14db', others: { 0: '02', 1: '0a' } }])).toEqual([
      expect.stringContaining('has no AT port'),
    ]);
  });

  it('says nothing about what works, and nothing about disks', async () => {
    expect(
      await remarks([mf180, zigbee, { at: '1-4', id: '0781:5567', product: 'Cruzer', others: { 0: '08' } }]),
    ).toEqual([]);
  });

  it('says that ModemManager runs', async () => {
    using folder = temporaryFolder();
    const roots = fakeSys(folder.path, [mf180]);
    mkdirSync(join(folder.path, 'proc/812'), { recursive: true });
    writeFileSync(join(folder.path, 'proc/812/comm'), 'ModemManager\n');
    const { candidates, remarks } = await discover(roots, join(folder.path, 'proc'));
    expect(candidates).toHaveLength(3);
    expect(remarks).toMatchObject([
      { code: 'modem-manager', text: expect.stringContaining('ModemManager runs (process 812)') },
    ]);
  });
});

describe('finding a port again', () => {
  it('gives it the name of its socket', async () => {
    using folder = temporaryFolder();
    const roots = fakeSys(folder.path, [mf180]);
    expect(await stableNameOf(join(roots.dev, 'ttyUSB1'), roots)).toBe(
      join(roots.dev, 'serial/by-path/pci-usb-0:1-1.2:1.1-port0'),
    );
    expect(await stableNameOf('/dev/pts/0', roots)).toBeNull();
  });

  /** A stick is opened as ttyUSB1, then the machine looks like `after`; where is the port? */
  const placesAfter = async (before: readonly FakeStick[], after: readonly FakeStick[]): Promise<string[]> => {
    using folder = temporaryFolder();
    const roots = fakeSys(folder.path, before);
    const named = join(roots.dev, 'ttyUSB1');
    const memory = new PortMemory(named, roots);
    expect(await memory.places()).toEqual([named]);
    await memory.learn(named);
    for (const root of Object.values(roots)) rmSync(root, { recursive: true });
    fakeSys(folder.path, after);
    return (await memory.places()).map((path) => path.slice(roots.dev.length + 1));
  };

  it('follows a stick that came back under another number', async () => {
    const renumbered = { ...mf180, ports: { 0: 'ttyUSB3', 1: 'ttyUSB4', 3: 'ttyUSB5' } };
    expect(await placesAfter([mf180], [renumbered])).toEqual(['ttyUSB4']);
  });

  it('follows a stick into another socket when there is no second one like it', async () => {
    const moved = { ...mf180, at: '1-1.4', ports: { 0: 'ttyUSB5', 1: 'ttyUSB6', 3: 'ttyUSB7' } };
    expect(await placesAfter([mf180], [moved])).toEqual(['ttyUSB6']);
    expect(await placesAfter([mf180], [moved, { ...moved, at: '1-1.5', ports: { 1: 'ttyUSB9' } }])).not.toContain(
      'ttyUSB6',
    );
  });

  it('does not take another device for it that has got its number', async () => {
    expect(await placesAfter([mf180], [{ ...zigbee, ports: { 0: 'ttyUSB1' } }])).not.toContain('ttyUSB1');
  });

  it('tells two equal sticks apart by their sockets', async () => {
    const other = { ...mf180, at: '1-1.5', ports: { 0: 'ttyUSB7', 1: 'ttyUSB8', 3: 'ttyUSB9' } };
    const renumbered = { ...mf180, ports: { 0: 'ttyUSB3', 1: 'ttyUSB4', 3: 'ttyUSB5' } };
    expect(await placesAfter([mf180, other], [other, renumbered])).toEqual(['ttyUSB4']);
    expect(await placesAfter([mf180, other], [other])).toEqual(['serial/by-path/pci-usb-0:1-1.2:1.1-port0']);
  });

  it('takes a modem of another kind that was put in its place', async () => {
    expect(await placesAfter([mf180], [{ at: '1-1.2', id: '2c7c:0125', ports: { 2: 'ttyUSB1' } }])).toEqual([
      'ttyUSB1',
    ]);
  });
});

import { expect, it } from 'vitest';
import { SimloftError } from '../../../src/core/errors.ts';
import { lookAtPorts } from '../../../src/transport/seen-ports.ts';
import { fakeSys } from '../../support/fake-sys.ts';
import { temporaryFolder } from '../../support/gateway-process.ts';
import { ScriptedStream } from '../../support/scripted-stream.ts';
import { until } from '../../support/until.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const sticks = [
  {
    at: '1-1',
    id: '19d2:2003',
    product: 'ZTE MF180',
    driver: 'option',
    ports: { 0: 'ttyUSB0', 1: 'ttyUSB1', 3: 'ttyUSB2' },
  },
  { at: '1-2', id: '10c4:ea60', product: 'CP2102', driver: 'cp210x', ports: { 0: 'ttyUSB3' } },
  { at: '1-3', id: '12d1:14db', others: { 0: '02' } },
] as const;

async function look(ask: boolean, inUse: string | null = null) {
  using folder = temporaryFolder();
  const roots = fakeSys(folder.path, sticks);
  const clock = new VirtualClock();
  const opened: string[] = [];
  const open = (path: string) => async () => {
    const name = path.slice(-7);
    opened.push(name);
    if (name === 'ttyUSB2') throw new SimloftError('port_busy', 'minicom holds it.');
    return new ScriptedStream({ 'AT\r': '\r\nOK\r\n', 'AT+CGSN\r': '\r\n490154203237518\r\n\r\nOK\r\n' });
  };
  const own = inUse === null ? null : `${roots.dev}/${inUse}`;
  const looking = lookAtPorts({ clock, open, ask, inUse: own, roots, proc: '/nowhere' });
  const progress = { done: false };
  void looking.finally(() => {
    progress.done = true;
  });
  // Reading the picture of sysfs takes real time, in which no timer waits.
  while (!progress.done) {
    await until('the next step', () => progress.done || clock.waiting > 0);
    await clock.advance(1_000);
  }
  const { ports, remarks } = await looking;
  return { ports: ports.map(({ path, ...rest }) => ({ ...rest, path: path.slice(-7) })), remarks, opened };
}

it('says of each port what it is, without opening any', async () => {
  const { ports, remarks, opened } = await look(false);
  expect(opened).toEqual([]);
  expect(ports.map(({ path, reason, answers }) => [path, reason, answers])).toEqual([
    ['ttyUSB1', 'at-port', null],
    ['ttyUSB2', 'data-port', null],
    ['ttyUSB0', 'other-port', null],
    ['ttyUSB3', 'bridge', null],
  ]);
  expect(remarks).toMatchObject([{ code: 'network-stick', name: expect.stringContaining('12d1:14db') }]);
});

it('asks those that may be a modem, and neither the others nor its own', async () => {
  const { ports, opened } = await look(true);
  expect(opened).toEqual(['ttyUSB1', 'ttyUSB2']);
  expect(ports).toMatchObject([
    { path: 'ttyUSB1', answers: true, imei: '490154203237518', text: expect.stringContaining('MODEM_PORT=') },
    { path: 'ttyUSB2', answers: false, text: expect.stringContaining('minicom holds it') },
    { path: 'ttyUSB0', answers: null },
    { path: 'ttyUSB3', answers: null },
  ]);
  const own = await look(true, 'ttyUSB1');
  expect(own.opened).toEqual(['ttyUSB2']);
  expect(own.ports[0]).toMatchObject({ path: 'ttyUSB1', inUse: true, answers: null });
});

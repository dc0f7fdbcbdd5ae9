import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerPrincipal } from '../../../../src/app/access/principal.ts';
import type { CommandResult, ModemCommand } from '../../../../src/core/commands.ts';
import type { ModemStatus } from '../../../../src/core/modem-status.ts';
import { modem } from '../../app/house.ts';
import { type Asked, openAsked } from './asked.ts';

let asked: Asked;
/** What the worker was asked, and what it answers. */
let commands: ModemCommand[];
let answer: (command: ModemCommand) => CommandResult;
beforeEach(async () => {
  asked = await openAsked();
  commands = [];
  answer = () => ({ ok: true, value: null });
  await asked.house.bus.serve(modem, async (command) => {
    commands.push(command);
    return answer(command);
  });
});
afterEach(() => asked.close());

const identity = {
  family: 'zte',
  manufacturer: 'ZTE',
  model: 'MF180',
  firmware: null,
  imei: '490154203237518',
  imsi: '250020000000001',
  iccid: '8970101234567890123',
};
const connect = () =>
  asked.house.handle({
    ...asked.house.base(),
    type: 'link.changed',
    state: 'ready',
    port: '/dev/ttyUSB1',
    reason: null,
    identity,
  });
const read = (status: ModemStatus) => asked.house.handle({ ...asked.house.base(), type: 'status.read', status });
const ussd = (status: number, text: string | null) => (): CommandResult => ({
  ok: true,
  value: { type: 'ussd', status, text },
});

describe('GET /v1/modems', () => {
  it('shows each with its state and newest readings', async () => {
    expect(await asked.get('/v1/modems')).toEqual({ status: 200, body: { items: [] } });
    await connect();
    await read({ operator: { name: 'MegaFon', numeric: '25002' }, signal: { rssi: 21, dbm: -71 }, technology: 'UMTS' });
    const shown = {
      id: modem,
      state: 'ready',
      ready: true,
      reason: null,
      port: '/dev/ttyUSB1',
      identity,
      readings: { operator: { value: 'MegaFon' }, signal: { value: -71 }, signal_type: { value: 'UMTS' } },
    };
    expect(await asked.get('/v1/modems')).toMatchObject({ body: { items: [shown] } });
    expect(await asked.get(`/v1/modems/${modem}`)).toMatchObject({ status: 200, body: shown });
    expect(await asked.get('/v1/modems/other')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('has the signal of the past, averaged over five minutes', async () => {
    await connect();
    for (const dbm of [-70, -80, null, -90]) {
      await read({ signal: { rssi: null, dbm } });
      await asked.house.clock.advance(2 * 60_000);
    }
    expect(await asked.get(`/v1/modems/${modem}/history?key=signal`)).toEqual({
      status: 200,
      body: {
        items: [
          { at: '2026-01-01T12:00:00.000Z', value: -75 },
          { at: '2026-01-01T12:05:00.000Z', value: -90 },
        ],
      },
    });
    expect(await asked.get(`/v1/modems/${modem}/history?key=signal&step=3600`)).toMatchObject({
      body: { items: [{ at: '2026-01-01T12:00:00.000Z', value: -80 }] },
    });
    expect(await asked.get(`/v1/modems/${modem}/history?key=signal&since=2026-01-01T12:01:00Z`)).toMatchObject({
      body: { items: [{ value: -90 }] },
    });
    expect(await asked.get(`/v1/modems/${modem}/history?key=mood`)).toMatchObject({ status: 400 });
  });

  it('has the technology of the past, each change of it', async () => {
    await connect();
    for (const technology of ['GSM', 'EDGE', 'UMTS', 'HSPA', null, 'LTE', 'something new', 'NR']) {
      await read({ technology });
      await asked.house.clock.advance(60_000);
    }
    const { body } = await asked.get<{ items: { at: string; value: number }[] }>(
      `/v1/modems/${modem}/history?key=technology`,
    );
    expect(body.items.map(({ at, value }) => `${at.slice(14, 16)} ${value}`)).toEqual([
      '00 2',
      '02 3',
      '04 0',
      '05 4',
      '07 5',
    ]);
  });

  it('counts a reading once that comes twice', async () => {
    await connect();
    const event = { ...asked.house.base(), type: 'status.read', status: { signal: { rssi: 21, dbm: -71 } } } as const;
    await asked.house.handle(event);
    await asked.house.handle(event);
    await asked.house.clock.advance(1_000);
    await read({ signal: { rssi: 20, dbm: -73 } });
    expect(await asked.get(`/v1/modems/${modem}/history?key=signal`)).toMatchObject({
      body: { items: [{ value: -72 }] },
    });
  });
});

describe('a modem that does not work yet', () => {
  it('takes a PIN, which is told to its worker and to nobody else', async () => {
    await connect();
    const path = `/v1/modems/${modem}/pin`;
    expect(await asked.send('POST', path, { pin: '4711' })).toEqual({ status: 204, body: null });
    expect(commands).toMatchObject([{ type: 'unlock', pin: '4711' }]);
    for (const pin of ['123', '123456789', '12a4', 4711])
      expect(await asked.send('POST', path, { pin })).toMatchObject({ status: 400 });
    answer = () => ({ ok: false, code: 'sim_pin_wrong', message: 'The PIN is wrong.' });
    expect(await asked.send('POST', path, { pin: '1111' })).toMatchObject({
      body: { code: 'sim_pin_wrong', detail: 'The PIN is wrong.' },
    });
    expect(JSON.stringify(await asked.get('/v1/audit'))).not.toMatch(/4711|1111/);
  });

  it('may be at one of the ports that its worker sees', async () => {
    await connect();
    const port = {
      path: '/dev/ttyUSB1',
      stablePath: null,
      usb: '19d2:2003',
      name: 'ZTE MF180',
      reason: 'at-port',
      inUse: false,
      answers: null,
      imei: null,
      text: 'the AT port',
    } as const;
    const remarks = [{ code: 'cd-rom', name: 'ZTE', text: 'It shows itself as a CD-ROM.' }] as const;
    answer = () => ({ ok: true, value: { type: 'ports', ports: [port], remarks } });
    const { stablePath, inUse, ...rest } = port;
    expect(await asked.get(`/v1/modems/${modem}/ports`)).toEqual({
      status: 200,
      body: { ports: [{ ...rest, stable_path: stablePath, in_use: inUse }], remarks },
    });
    expect(await asked.send('POST', `/v1/modems/${modem}/ports`)).toMatchObject({ status: 200 });
    expect(commands).toMatchObject([
      { type: 'list-ports', ask: false },
      { type: 'list-ports', ask: true },
    ]);
  });
});

describe('the dialogue with a modem', () => {
  const wanted = (signal: AbortSignal) => ({ modem, principal: ownerPrincipal, signal });
  const line = (text: string) => ({ at: 5, direction: 'out', text }) as const;

  it('comes to who watches until that one leaves, and the worker is asked again in time', async () => {
    await connect();
    const leave = new AbortController();
    const { bus, clock, doors } = asked.house;
    const wire = await doors.resources.modems.wire(wanted(leave.signal));
    bus.announce({ type: 'wire', modem, lines: [line('AT')] });
    bus.announce({ type: 'wire', modem: 'another', lines: [line('ATZ')] });
    bus.announce({ type: 'wire', modem, lines: [line('AT+CSQ')] });
    const seen: string[] = [];
    for await (const lines of wire) {
      seen.push(...lines.map(({ text }) => text));
      if (seen.length < 2) continue;
      await clock.advance(45_000);
      leave.abort();
    }
    expect(seen).toEqual(['AT', 'AT+CSQ']);
    expect(commands.map(({ type }) => type)).toEqual(['trace', 'trace', 'trace']);
    await clock.advance(60_000);
    expect(commands).toHaveLength(3);
  });

  it('is refused with the reason of the worker', async () => {
    await connect();
    answer = () => ({ ok: false, code: 'no_worker', message: 'Nobody serves it.' });
    const wire = asked.house.doors.resources.modems.wire(wanted(new AbortController().signal));
    await expect(wire).rejects.toMatchObject({ code: 'no_worker' });
  });
});

describe('USSD', () => {
  const path = `/v1/modems/${modem}/ussd`;

  it('asks, answers a menu, and knows when there is none', async () => {
    await connect();
    answer = ussd(1, '1> Balance');
    expect(await asked.send('POST', path, { code: '*100#' })).toEqual({
      status: 200,
      body: { text: '1> Balance', more: true },
    });
    answer = ussd(0, '12.50');
    expect(await asked.send('POST', path, { reply: '1' })).toEqual({
      status: 200,
      body: { text: '12.50', more: false },
    });
    expect(commands).toMatchObject([
      { type: 'ussd', text: '*100#', endSession: false },
      { type: 'ussd', text: '1', endSession: false },
    ]);
    expect(await asked.send('POST', path, { reply: '1' })).toMatchObject({
      status: 409,
      body: { code: 'ussd_no_session' },
    });
    expect(commands).toHaveLength(2);
  });

  it('ends a menu on wish, before a new code, and by itself after two minutes', async () => {
    await connect();
    const begin = async () => {
      answer = ussd(1, 'menu');
      await asked.send('POST', path, { code: '*100#' });
    };
    await begin();
    expect(await asked.send('DELETE', path)).toEqual({ status: 204, body: null });
    expect(await asked.send('POST', path, { reply: '1' })).toMatchObject({ status: 409 });
    await begin();
    await begin();
    expect(commands.map(({ type }) => type)).toEqual(['ussd', 'ussd.cancel', 'ussd', 'ussd.cancel', 'ussd']);
    await asked.house.clock.advance(121_000);
    expect(await asked.send('POST', path, { reply: '1' })).toMatchObject({ status: 409 });
  });

  it('tells what the network or the modem refuses', async () => {
    await connect();
    answer = () => ({ ok: false, code: 'ussd_timeout', message: 'Nothing came.' });
    expect(await asked.send('POST', path, { code: '*100#' })).toMatchObject({
      status: 504,
      body: { code: 'ussd_timeout', detail: 'Nothing came.' },
    });
    expect(await asked.send('POST', path, { code: 'AT+CMGD=1' })).toMatchObject({ status: 400 });
    expect(await asked.send('POST', path, { code: '*100#', reply: '1' })).toMatchObject({ status: 400 });
    expect(await asked.send('POST', '/v1/modems/other/ussd', { code: '*100#' })).toMatchObject({ status: 404 });
    expect(commands).toHaveLength(1);
  });
});

describe('what a modem is told', () => {
  it('restarts', async () => {
    await connect();
    expect(await asked.send('POST', `/v1/modems/${modem}/restart`)).toEqual({ status: 202, body: null });
    expect(commands).toMatchObject([{ type: 'restart' }]);
  });

  it('answers an AT command in lines', async () => {
    await connect();
    answer = () => ({ ok: true, value: { type: 'lines', lines: ['+CSQ: 21,99', 'OK'] } });
    expect(await asked.send('POST', `/v1/modems/${modem}/at`, { command: 'AT+CSQ', timeout: 5 })).toEqual({
      status: 200,
      body: { lines: ['+CSQ: 21,99', 'OK'] },
    });
    expect(commands).toMatchObject([{ type: 'raw-at', line: 'AT+CSQ', timeoutMs: 5_000 }]);
  });
});

describe('calls', () => {
  const ring = (call: string, number: string | null) =>
    asked.house.handle({
      ...asked.house.base(),
      type: 'call.ringing',
      call,
      number,
      withheld: number === null,
      startedAt: asked.house.clock.now(),
    });

  it('are listed newest first, page by page', async () => {
    for (const name of ['a', 'b', 'c']) {
      await ring(name, `+7916000000${name.charCodeAt(0) % 10}`);
      await asked.house.clock.advance(1_000);
    }
    interface Page {
      items: { id: number }[];
      next: string | null;
    }
    const { body } = await asked.get<Page>('/v1/calls?limit=2');
    expect(body.items.map(({ id }) => id)).toEqual([3, 2]);
    const rest = await asked.get<Page>(`/v1/calls?limit=2&cursor=${body.next}`);
    expect(rest.body).toMatchObject({ items: [{ id: 1, outcome: 'ringing', rings: 1, withheld: false }], next: null });
    const { body: one } = await asked.get<Page>('/v1/calls?caller=+79160000008');
    expect(one.items.map(({ id }) => id)).toEqual([2]);
    expect(
      (await asked.get<Page>('/v1/calls?since=2026-01-01T12:00:01Z&until=2026-01-01T12:00:02Z')).body.items,
    ).toMatchObject([{ id: 2 }]);
    expect((await asked.get<Page>('/v1/calls?outcome=missed')).body.items).toEqual([]);
    expect(await asked.get('/v1/calls/2')).toMatchObject({ status: 200, body: { id: 2 } });
    expect(await asked.get('/v1/calls/9')).toMatchObject({ status: 404 });
  });

  it('are made and hung up', async () => {
    await connect();
    expect(await asked.send('POST', '/v1/calls', { to: '8 (916) 000-00-01', ring_seconds: 5 })).toEqual({
      status: 200,
      body: { to: '89160000001', modem },
    });
    expect(commands).toMatchObject([{ type: 'dial', number: '89160000001', ringMs: 5_000 }]);
    expect(await asked.send('POST', '/v1/calls', { to: '1;AT+CMGD=1' })).toMatchObject({ status: 400 });
    expect(await asked.send('POST', '/v1/calls', { to: '+79160000001', ring_seconds: 61 })).toMatchObject({
      status: 400,
    });
    expect(commands).toHaveLength(1);
  });

  it('are rejected while they ring, and not after', async () => {
    await connect();
    await ring('a', '+79160000001');
    expect(await asked.send('POST', '/v1/calls/1/reject')).toEqual({ status: 202, body: null });
    expect(commands).toMatchObject([{ type: 'hang-up' }]);
    await asked.house.clock.advance(6 * 60_000);
    expect(await asked.send('POST', '/v1/calls/1/reject')).toMatchObject({ status: 409, body: { code: 'call_gone' } });
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommand, readResult } from '../../../../src/bus/rabbitmq/command-shapes.ts';
import { readEvent, readNotice, readProgress, readRequest } from '../../../../src/bus/rabbitmq/wire.ts';
import type { CommandResult, ModemCommand } from '../../../../src/core/commands.ts';
import { SimloftError } from '../../../../src/core/errors.ts';
import type { ModemEvent } from '../../../../src/core/events.ts';
import type { LiveNotice } from '../../../../src/core/live.ts';

const base = { id: 'e1', modem: 'modem', run: 'r1', at: 5 };
const part = { ...base, messageId: 7, seq: 1, attempt: 2 };
const call = { ...base, call: 'c1', number: '+79161234567', withheld: false, startedAt: 4 };
const identity = {
  family: 'zte',
  manufacturer: 'ZTE',
  model: 'MF180',
  firmware: null,
  imei: null,
  imsi: null,
  iccid: '8970',
};

const events: readonly ModemEvent[] = [
  { ...base, type: 'worker.started' },
  { ...base, type: 'link.changed', state: 'ready', port: '/dev/ttyUSB1', reason: null, identity },
  {
    ...base,
    type: 'link.changed',
    state: 'failed',
    port: 'x',
    reason: { code: 'sim_missing', text: 'No SIM.' },
    identity: null,
  },
  {
    ...base,
    type: 'pdu.received',
    pdu: '07',
    tpduLength: null,
    source: 'stored',
    memory: 'SM',
    slot: 0,
    stat: null,
    found: 'sweep',
    sim: null,
  },
  { ...base, type: 'sweep.finished', sim: '8970', initial: true, found: 3 },
  { ...part, type: 'part.sending', handedAt: 3 },
  { ...part, type: 'part.sent', messageReference: 255 },
  { ...part, type: 'part.failed', failure: { kind: 'busy', source: 'CMS', code: null, text: 'Busy.' } },
  { ...part, type: 'part.unknown', reason: 'No answer.' },
  { ...call, type: 'call.ringing' },
  { ...call, type: 'call.ended', endedAt: 9, rings: 3, outcome: 'missed' },
  { ...base, type: 'ussd.received', request: null, status: 2, text: null },
  { ...base, type: 'status.read', status: {} },
  {
    ...base,
    type: 'status.read',
    status: {
      operator: { name: 'MTS', numeric: null },
      registration: 'roaming',
      signal: { rssi: 20, dbm: -73 },
      technology: null,
      sim: 'ready',
      storage: [{ memory: 'SM', used: 1, total: 20 }],
    },
  },
];

const of = { id: 'c', expiresAt: 9 };
const commands: readonly ModemCommand[] = [
  { ...of, type: 'send', messageId: 1, attempt: 1, handedAt: 2, parts: [{ seq: 1, pdu: '00', tpduLength: 1 }] },
  { ...of, type: 'ussd', text: '*100#', endSession: true },
  { ...of, type: 'ussd.cancel' },
  { ...of, type: 'dial', number: '100', ringMs: 5 },
  { ...of, type: 'hang-up' },
  { ...of, type: 'restart' },
  { ...of, type: 'read-status', topics: ['signal', 'operator'] },
  { ...of, type: 'sweep' },
  { ...of, type: 'raw-at', line: '+CSQ', timeoutMs: 5 },
  { ...of, type: 'unlock', pin: '4711' },
  { ...of, type: 'list-ports', ask: true },
  { ...of, type: 'trace', forMs: 60_000 },
];

const results: readonly CommandResult[] = [
  { ok: true, value: null },
  { ok: true, value: { type: 'ussd', status: 0, text: 'Баланс' } },
  { ok: true, value: { type: 'status', status: { technology: 'LTE' } } },
  { ok: true, value: { type: 'lines', lines: ['OK'] } },
  {
    ok: true,
    value: {
      type: 'ports',
      ports: [
        {
          path: '/dev/ttyUSB1',
          stablePath: null,
          usb: '19d2:2003',
          name: 'ZTE MF180',
          reason: 'at-port',
          inUse: false,
          answers: true,
          imei: null,
          text: 'answers AT',
        },
      ],
      remarks: [{ code: 'cd-rom', name: 'ZTE', text: 'It still shows itself as a CD-ROM.' }],
    },
  },
  { ok: false, code: 'at_timeout', message: 'No answer.' },
];

const notices: readonly LiveNotice[] = [
  { type: 'message.received', id: 1, modem: 'm' },
  { type: 'message.extended', id: 1, modem: 'm' },
  { type: 'message.changed', id: 1, modem: 'm', state: 'sent' },
  { type: 'message.queued', id: 1, modem: 'm' },
  { type: 'call.changed', id: 1, modem: 'm', outcome: 'missed' },
  { type: 'reading.changed', key: 'signal', modem: 'm' },
  { type: 'wire', modem: 'm', lines: [{ at: 5, direction: 'out', text: 'AT+CSQ' }] },
  { type: 'modem.changed', modem: 'm', state: 'ready' },
];

const travelled = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('what travels over the broker', () => {
  it.each(events.map((event) => [event.type, event] as const))('%s arrives as it left', (_, event) => {
    expect(readEvent(travelled(event))).toEqual(event);
  });

  it.each(commands.map((command) => [command.type, command] as const))('%s arrives as it left', (_, command) => {
    expect(readCommand(travelled(command), 'command')).toEqual(command);
  });

  it('results and notices arrive as they left', () => {
    for (const result of results) expect(readResult(travelled(result), 'result')).toEqual(result);
    for (const result of results) expect(readProgress({ type: 'result', result })).toEqual({ type: 'result', result });
    for (const notice of notices) expect(readNotice(travelled(notice))).toEqual(notice);
  });

  it('a field that a newer version adds is left out', () => {
    expect(readEvent({ ...base, type: 'worker.started', hostname: 'pi' })).toEqual({ ...base, type: 'worker.started' });
  });

  it('a code of a newer version is told as internal, with its sentence', () => {
    const result = { ok: false, code: 'sim_melted', message: 'The SIM has melted.' };
    expect(readResult(result, 'result')).toEqual({ ...result, code: 'internal' });
  });

  it("a command's time is counted anew on the worker's clock", () => {
    const [command] = commands;
    const request = { type: 'command', lifeMs: 1_000, command };
    expect(readRequest(request, 50_000)).toEqual({ type: 'command', command: { ...command, expiresAt: 51_000 } });
    expect(readRequest({ type: 'withdraw', call: 'x' }, 0)).toEqual({ type: 'withdraw', call: 'x' });
  });

  it.each([
    ['nothing', undefined, 'event should be an object.'],
    ['a list', [], 'event should be an object.'],
    ['an unknown type', { ...base, type: 'modem.exploded' }, /^event\.type should be one of worker\.started, /],
    ['the name of a method', { ...base, type: 'toString' }, /^event\.type should be one of/],
    ['no id', { ...base, id: 5, type: 'worker.started' }, 'event.id should be a text.'],
    [
      'half a part',
      { ...part, type: 'part.sent', messageReference: 1.5 },
      'event.messageReference should be a whole number.',
    ],
    [
      'a reason without words',
      { ...base, type: 'link.changed', state: 'ready', port: '', identity: null, reason: { code: 'internal' } },
      'event.reason.text should be a text.',
    ],
    [
      'a wrong memory',
      { ...base, type: 'status.read', status: { storage: [{ memory: 'SM', used: 0, total: null }] } },
      'event.status.storage[0].total should be a whole number.',
    ],
  ])('%s is refused with its place', (_, body, message) => {
    expect(() => readEvent(body)).toThrow(message);
  });

  it('rubbish is refused in our own words, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.integer({ min: 0, max: events.length - 1 }),
        fc.string(),
        (value, index, field) => {
          for (const body of [value, { ...events[index], [field]: value }]) {
            try {
              readEvent(body);
            } catch (error) {
              expect(error).toBeInstanceOf(SimloftError);
              expect(error).toMatchObject({ code: 'bus_message_invalid' });
            }
          }
        },
      ),
    );
  });
});

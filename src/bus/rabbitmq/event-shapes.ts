import type { EventOf, ModemEvent } from '../../core/events.ts';
import { errorCode } from './error-code.ts';
import { type Fields, flag, integer, list, nullable, number, partial, type Read, record, text, word } from './shape.ts';

const base = { id: text, modem: text, run: text, at: number };
const part = { ...base, messageId: integer, seq: integer, attempt: integer };

const identity = record({
  family: text,
  manufacturer: nullable(text),
  model: nullable(text),
  firmware: nullable(text),
  imei: nullable(text),
  imsi: nullable(text),
  iccid: nullable(text),
});

const status = partial({
  operator: record({ name: nullable(text), numeric: nullable(text) }),
  registration: word(
    'idle',
    'home',
    'searching',
    'denied',
    'unknown',
    'roaming',
    'sms-only-home',
    'sms-only-roaming',
    'emergency-only',
  ),
  signal: record({ rssi: nullable(number), dbm: nullable(number) }),
  technology: nullable(text),
  sim: word('ready', 'pin', 'puk', 'pin2', 'puk2', 'operator-lock', 'missing', 'busy', 'failed', 'unknown'),
  storage: list(record({ memory: text, used: integer, total: integer })),
});

export const modemStatus = status;

const shape = <T extends ModemEvent['type'], F extends Fields>(type: T, fields: F) =>
  record({ type: word(type), ...fields });

/** Each event as it travels. That a new event is not forgotten here is held by its type. */
export const eventShapes: { readonly [T in ModemEvent['type']]: Read<EventOf<T>> } = {
  'worker.started': shape('worker.started', base),
  'link.changed': shape('link.changed', {
    ...base,
    state: word('closed', 'opening', 'synchronising', 'identifying', 'initialising', 'ready', 'failed'),
    port: text,
    reason: nullable(record({ code: errorCode, text })),
    identity: nullable(identity),
  }),
  'pdu.received': shape('pdu.received', {
    ...base,
    pdu: text,
    tpduLength: nullable(integer),
    source: word('stored', 'direct'),
    memory: nullable(text),
    slot: nullable(integer),
    stat: nullable(integer),
    found: word('indicated', 'sweep', 'initial'),
    sim: nullable(text),
  }),
  'sweep.finished': shape('sweep.finished', { ...base, sim: nullable(text), initial: flag, found: integer }),
  'part.sending': shape('part.sending', { ...part, handedAt: number }),
  'part.sent': shape('part.sent', { ...part, messageReference: integer }),
  'part.failed': shape('part.failed', {
    ...part,
    failure: record({
      kind: word('temporary', 'busy', 'permanent', 'configuration', 'unclear'),
      source: word('CMS', 'CME', 'ERROR', 'none'),
      code: nullable(integer),
      text,
    }),
  }),
  'part.unknown': shape('part.unknown', { ...part, reason: text }),
  'call.ringing': shape('call.ringing', {
    ...base,
    call: text,
    number: nullable(text),
    withheld: flag,
    startedAt: number,
  }),
  'call.ended': shape('call.ended', {
    ...base,
    call: text,
    number: nullable(text),
    withheld: flag,
    startedAt: number,
    endedAt: number,
    rings: integer,
    outcome: word('missed', 'rejected', 'answered'),
  }),
  'ussd.received': shape('ussd.received', { ...base, request: nullable(text), status: integer, text: nullable(text) }),
  'status.read': shape('status.read', { ...base, status }),
};

import type { CommandResult, CommandValue, ModemCommand } from '../../core/commands.ts';
import { portReasons, portRemarks } from '../../core/ports.ts';
import { errorCode } from './error-code.ts';
import { modemStatus } from './event-shapes.ts';
import {
  type Fields,
  flag,
  integer,
  list,
  nullable,
  number,
  objectOf,
  type Read,
  record,
  refuse,
  text,
  word,
} from './shape.ts';

const base = { id: text, expiresAt: number };
const shape = <T extends string, F extends Fields>(type: T, fields: F) => record({ type: word(type), ...fields });

type CommandOf<T extends ModemCommand['type']> = Extract<ModemCommand, { type: T }>;

/** Each command as it travels. */
const commandShapes: { readonly [T in ModemCommand['type']]: Read<CommandOf<T>> } = {
  send: shape('send', {
    ...base,
    messageId: integer,
    attempt: integer,
    handedAt: number,
    parts: list(record({ seq: integer, pdu: text, tpduLength: integer })),
  }),
  ussd: shape('ussd', { ...base, text, endSession: flag }),
  'ussd.cancel': shape('ussd.cancel', base),
  dial: shape('dial', { ...base, number: text, ringMs: number }),
  'hang-up': shape('hang-up', base),
  'read-status': shape('read-status', {
    ...base,
    topics: list(word('operator', 'registration', 'signal', 'technology', 'sim', 'storage')),
  }),
  sweep: shape('sweep', base),
  restart: shape('restart', base),
  'raw-at': shape('raw-at', { ...base, line: text, timeoutMs: number }),
  unlock: shape('unlock', { ...base, pin: text }),
  'list-ports': shape('list-ports', { ...base, ask: flag }),
  trace: shape('trace', { ...base, forMs: number }),
};

const valueShapes: { readonly [T in CommandValue['type']]: Read<Extract<CommandValue, { type: T }>> } = {
  ussd: shape('ussd', { status: integer, text: nullable(text) }),
  status: shape('status', { status: modemStatus }),
  lines: shape('lines', { lines: list(text) }),
  ports: shape('ports', {
    ports: list(
      record({
        path: text,
        stablePath: nullable(text),
        usb: nullable(text),
        name: nullable(text),
        reason: word(...portReasons),
        inUse: flag,
        answers: nullable(flag),
        imei: nullable(text),
        text,
      }),
    ),
    remarks: list(record({ code: word(...portRemarks), name: text, text })),
  }),
};

export const readCommand: Read<ModemCommand> = byType<ModemCommand>(commandShapes);
const readValue: Read<CommandValue> = byType<CommandValue>(valueShapes);

export const readResult: Read<CommandResult> = (value, path) => {
  const { ok } = objectOf(value, path);
  if (ok === true) return { ok, ...record({ value: nullable(readValue) })(value, path) };
  if (ok === false) return { ok, ...record({ code: errorCode, message: text })(value, path) };
  return refuse(`${path}.ok`, 'true or false');
};

/** Reads an object by the shape that its `type` names. */
export function byType<T>(shapes: Readonly<Record<string, Read<T>>>): Read<T> {
  return (value, path) => {
    const { type } = objectOf(value, path);
    const read = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
    if (read === undefined) return refuse(`${path}.type`, `one of ${Object.keys(shapes).join(', ')}`);
    return read(value, path);
  };
}

import { pino } from 'pino';
import type { LogFields, Logger } from '../core/logger.ts';
import { printable } from './printable.ts';

export interface LoggerOptions {
  readonly level: string;
  /** `json`: one object a line, for journals and containers. `text`: for a person at a terminal. */
  readonly format: 'json' | 'text';
}

/** The real logger. JSON lines go to standard output through pino; a terminal gets the same as readable lines. */
export function createLogger({ level, format }: LoggerOptions): Logger {
  const destination = format === 'text' ? { write: writeReadable } : pino.destination({ fd: 1, sync: true });
  return wrap(pino({ level, base: null, formatters: { level: (label) => ({ level: label }) } }, destination));
}

type PinoLike = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'> & { child(fields: LogFields): PinoLike };

function wrap(target: PinoLike): Logger {
  return {
    debug: (fields, message) => target.debug(fields, message),
    info: (fields, message) => target.info(fields, message),
    warn: (fields, message) => target.warn(fields, message),
    error: (fields, message) => target.error(fields, message),
    child: (fields) => wrap(target.child(fields)),
  };
}

/** `12:34:56 warn  The port is held by ModemManager. port=/dev/ttyUSB1`: control characters cannot reach the terminal. */
function writeReadable(line: string): void {
  const record: Record<string, unknown> = JSON.parse(line);
  const { level, time, msg, ...fields } = record;
  const rest = Object.entries(fields).map(
    ([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const clock = new Date(Number(time)).toTimeString().slice(0, 8);
  process.stdout.write(
    `${clock} ${String(level).padEnd(5)} ${printable(`${typeof msg === 'string' ? msg : ''}${rest.join('')}`)}\n`,
  );
}

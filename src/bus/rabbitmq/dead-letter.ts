import type { Envelope } from 'rabbitmq-client';
import type { Names } from './names.ts';

/** An event that could not be handled, as it lies among the dead letters. */
export interface DeadLetter {
  /** Its place, from 1; it moves up when earlier ones are gone. */
  readonly number: number;
  /** When it was put aside, epoch ms; null where nobody noted it. */
  readonly at: number | null;
  /** The queue of its group, to which it goes back; null where nobody knows whose it was. */
  readonly queue: string | null;
  readonly modem: string | null;
  readonly type: string | null;
  readonly id: string | null;
  /** A sentence; it may quote what was wrong. */
  readonly reason: string;
  /** The event itself, which may hold texts and numbers. */
  readonly body: unknown;
}

/** What the broker hands out. */
export interface Letter {
  readonly body?: unknown;
  readonly headers?: Envelope['headers'];
  readonly messageId?: string | undefined;
  readonly routingKey?: string;
}

/** Reads what a letter says of itself, whoever put it there: a handler, the broker, or a stranger. */
export function readLetter(letter: Letter, number: number, names: Names): DeadLetter {
  const headers = letter.headers ?? {};
  const death = firstDeath(headers['x-death']);
  const group = textOr(headers['simloft-group']);
  const said = textOr(headers['simloft-reason']);
  const [, keyModem = null, keyType = null] = eventKey.exec(letter.routingKey ?? '') ?? [];
  return {
    number,
    at: timeOf(headers['simloft-at']) ?? timeOf(death['time']),
    queue: group === null ? queueOfDeath(death, names) : names.eventQueue(group),
    modem: fieldOf(letter.body, 'modem') ?? keyModem,
    type: fieldOf(letter.body, 'type') ?? keyType,
    id: fieldOf(letter.body, 'id') ?? letter.messageId ?? null,
    reason: said ?? reasonOfDeath(death),
    body: Buffer.isBuffer(letter.body) ? letter.body.toString() : letter.body,
  };
}

/** `<modem>.<type>`, where types hold one dot; a queue's own name is none. */
const eventKey = /^([^.]+)\.([a-z]+\.[a-z]+)$/;

const deaths: Readonly<Record<string, string>> = {
  delivery_limit: 'The process that handled it was lost each time: it came back more often than the broker allows.',
  rejected: 'It was refused without a reason.',
  expired: 'It waited longer than it may.',
  maxlen: 'The queue was full.',
};

function reasonOfDeath(death: Fields): string {
  const reason = textOr(death['reason']);
  return reason === null ? 'Nobody noted why.' : (deaths[reason] ?? `The broker put it aside: ${reason}.`);
}

function queueOfDeath(death: Fields, names: Names): string | null {
  const queue = textOr(death['queue']);
  return queue !== null && queue.startsWith(`${names.events}.`) ? queue : null;
}

type Fields = Readonly<Record<string, unknown>>;

/** The newest of the broker's own notes. */
const firstDeath = (deaths: unknown): Fields => fieldsOf(Array.isArray(deaths) ? deaths[0] : null);

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

const fieldOf = (body: unknown, name: string): string | null =>
  Buffer.isBuffer(body) ? null : textOr(fieldsOf(body)[name]);

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Our own notes are in ms, the broker's (AMQP 0-9-1 §4.2.5.4) a date or whole seconds. */
function timeOf(value: unknown): number | null {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'bigint') return timeOf(Number(value));
  if (typeof value !== 'number') return null;
  return value < 1e11 ? value * 1_000 : value;
}

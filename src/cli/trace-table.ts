import { SimloftError } from '../core/errors.ts';
import { alignedTable } from './aligned-table.ts';
import { printable } from './printable.ts';

export interface TracedStep {
  /** The gateway's local time, as the API writes it. */
  readonly at: string;
  readonly after_ms: number;
  readonly role: string;
  readonly what: string;
  readonly trace: string;
}

/** The way of a message and what it is now, as the gateway answers. */
export interface Trace {
  readonly steps: readonly TracedStep[];
  /** What else the answer tells, by its names there. */
  readonly now: Readonly<Record<string, unknown>>;
}

/** @throws SimloftError `gateway_refused` for the answer of something else. */
export function readTrace(answer: unknown): Trace {
  const { steps, ...now } = fieldsOf(answer);
  if (!Array.isArray(steps)) throw notOurs();
  return { now, steps: steps.map(readStep) };
}

function readStep(given: unknown): TracedStep {
  const { at, after_ms, role, what, trace } = fieldsOf(given);
  const words = typeof at === 'string' && typeof role === 'string' && typeof what === 'string';
  if (!words || typeof after_ms !== 'number' || typeof trace !== 'string') throw notOurs();
  return { at, after_ms, role, what, trace };
}

function fieldsOf(given: unknown): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null) throw notOurs();
  return Object.fromEntries(Object.entries(given));
}

const notOurs = () => new SimloftError('gateway_refused', 'What answers there is not a Simloft gateway.');

/** The steps one below the other, and the state now. */
export function traceTable({ steps, now }: Trace): string {
  const state = `Now: ${printable(words(now))}`;
  if (steps.length === 0)
    return `No steps are known: the message is older than the keeping of steps, or came in with an import.\n${state}`;
  const rows = steps.map(({ at, after_ms, role, what, trace }, index) => [
    at.slice(0, 23).replace('T', ' '),
    index === 0 ? '' : `${after_ms < 0 ? '' : '+'}${after_ms}`,
    role,
    what,
    trace,
  ]);
  const clean = rows.map((row) => row.map(printable));
  return `${alignedTable(['time', 'ms', 'role', 'what', 'trace'], clean, new Set(['ms']))}\n${state}`;
}

const plainWords: Readonly<Record<string, string>> = {
  stored_at: 'stored at',
  next_attempt_at: 'next try at',
  repeats: 'repeats message',
  attempt: 'tries',
};

/** `delivered; modem sim1; phone +7916…67; tries 1`. */
function words({ id: _id, state, ...rest }: Trace['now']): string {
  const told = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${plainWords[name] ?? name} ${timeless(String(value))}`);
  return [String(state), ...told].join('; ');
}

const timeless = (value: string): string => value.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d\.\d{3})\d{3}$/, '$1 $2');

import { describe, expect, it } from 'vitest';
import { nextUssd, type UssdAction, type UssdInput, type UssdLife } from '../../../src/modem/ussd-life.ts';

const idle: UssdLife = { type: 'idle' };
const open: UssdLife = { type: 'open' };
const first: UssdLife = { type: 'asking', request: 'r1', coding: 0, codings: 2 };
const last: UssdLife = { type: 'asking', request: 'r1', coding: 1, codings: 2 };

const ask: UssdInput = { type: 'ask', request: 'r2', codings: 3 };
const accepted: UssdInput = { type: 'accepted', coding: 0 };
const refused: UssdInput = { type: 'refused', coding: 0 };
const event = (status: number, text: string | null): UssdInput => ({ type: 'event', status, text });
const asked: UssdLife = { type: 'asking', request: 'r2', coding: 0, codings: 3 };

const write = (coding: number): UssdAction => ({ type: 'write', coding });
const tell = (request: string | null, status: number, text: string | null): UssdAction => ({
  type: 'tell',
  request,
  status,
  text,
});
const answered = (status: number, text: string | null, coding: number): UssdAction => ({
  type: 'settle',
  end: { type: 'answered', status, text, coding },
});
const close: UssdAction = { type: 'close' };
const end = (type: 'refused' | 'timeout'): UssdAction => ({ type: 'settle', end: { type } });

interface Row {
  readonly name: string;
  readonly life: UssdLife;
  readonly input: UssdInput;
  readonly next: UssdLife;
  readonly actions: readonly UssdAction[];
}

const rows: readonly Row[] = [
  { name: 'idle, a request', life: idle, input: ask, next: asked, actions: [write(0)] },
  { name: 'idle, a stale OK', life: idle, input: accepted, next: idle, actions: [] },
  { name: 'idle, a stale ERROR', life: idle, input: refused, next: idle, actions: [] },
  { name: 'idle, the network begins', life: idle, input: event(0, 'x'), next: idle, actions: [tell(null, 0, 'x')] },
  { name: 'idle, the network asks', life: idle, input: event(1, 'x'), next: open, actions: [tell(null, 1, 'x')] },
  { name: 'idle, a stale time-out', life: idle, input: { type: 'timeout' }, next: idle, actions: [] },
  { name: 'idle, cancel', life: idle, input: { type: 'cancel' }, next: idle, actions: [close] },

  { name: 'open, an answer', life: open, input: ask, next: asked, actions: [write(0)] },
  { name: 'open, a stale OK', life: open, input: accepted, next: open, actions: [] },
  { name: 'open, a stale ERROR', life: open, input: refused, next: open, actions: [] },
  { name: 'open, the network ends it', life: open, input: event(2, null), next: idle, actions: [tell(null, 2, null)] },
  { name: 'open, another menu', life: open, input: event(1, 'y'), next: open, actions: [tell(null, 1, 'y')] },
  { name: 'open, a stale time-out', life: open, input: { type: 'timeout' }, next: open, actions: [] },
  { name: 'open, cancel', life: open, input: { type: 'cancel' }, next: idle, actions: [close] },

  { name: 'asking, another request', life: first, input: ask, next: first, actions: [] },
  { name: 'asking, OK', life: first, input: accepted, next: first, actions: [{ type: 'wait' }] },
  { name: 'asking, OK to an earlier coding', life: last, input: accepted, next: last, actions: [] },
  { name: 'asking, ERROR', life: first, input: refused, next: last, actions: [write(1)] },
  { name: 'asking, ERROR to an earlier coding', life: last, input: refused, next: last, actions: [] },
  {
    name: 'asking in the last coding, ERROR',
    life: last,
    input: { type: 'refused', coding: 1 },
    next: idle,
    actions: [end('refused')],
  },
  {
    name: 'asking, the answer',
    life: first,
    input: event(0, 'x'),
    next: idle,
    actions: [tell('r1', 0, 'x'), answered(0, 'x', 0)],
  },
  {
    name: 'asking, a menu',
    life: last,
    input: event(1, 'x'),
    next: open,
    actions: [tell('r1', 1, 'x'), answered(1, 'x', 1)],
  },
  {
    name: 'asking, ended with a text',
    life: first,
    input: event(2, 'x'),
    next: idle,
    actions: [tell('r1', 2, 'x'), answered(2, 'x', 0)],
  },
  { name: 'asking, refused by event 2', life: first, input: event(2, null), next: last, actions: [write(1)] },
  { name: 'asking, refused by event 4', life: first, input: event(4, null), next: last, actions: [write(1)] },
  {
    name: 'asking in the last coding, event 4',
    life: last,
    input: event(4, null),
    next: idle,
    actions: [end('refused')],
  },
  { name: 'asking, the network times out', life: first, input: event(5, null), next: idle, actions: [end('timeout')] },
  {
    name: 'asking, nothing comes',
    life: first,
    input: { type: 'timeout' },
    next: idle,
    actions: [close, end('timeout')],
  },
  { name: 'asking, cancel', life: first, input: { type: 'cancel' }, next: idle, actions: [close, end('refused')] },
];

describe('the life of a USSD session', () => {
  it.each(rows)('$name', ({ life, input, next, actions }) => {
    expect(nextUssd(life, input)).toEqual({ life: next, actions });
  });

  it('has a row for every state and input', () => {
    const seen = new Set(rows.map(({ life, input }) => `${life.type} ${input.type}`));
    const types = ['ask', 'accepted', 'refused', 'event', 'timeout', 'cancel'];
    const all = ['idle', 'open', 'asking'].flatMap((state) => types.map((type) => `${state} ${type}`));
    expect([...seen].sort()).toEqual(all.sort());
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModemEvent } from '../../../src/core/events.ts';
import type { LinkState } from '../../../src/core/modem-status.ts';
import { type House, modem, openHouse } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const started = (run: string): ModemEvent => ({ ...house.base(run), type: 'worker.started' });
const asks = (messageId: number, attempt: number, run: string): ModemEvent => ({
  ...house.base(run),
  type: 'part.sending',
  handedAt: 1,
  messageId,
  seq: 1,
  attempt,
});
const link = (state: LinkState, run: string, at?: number): ModemEvent => ({
  ...house.base(run),
  ...(at === undefined ? {} : { at }),
  type: 'link.changed',
  state,
  port: run,
  reason: null,
  identity: null,
});
const queue = async () => (await house.send({ recipient: '+79161234567', text: 'Hello' })).id;
const stateOf = async (id: number) => (await house.store.outgoingMessage(id))?.state;
const linkNow = async () => (await house.store.modems()).find((record) => record.modem === modem);

describe('leave to send', () => {
  it('is given once for a try, and the same answer to the same question come again', async () => {
    const id = await queue();
    await house.handle(started('a'));
    const question = asks(id, 1, 'a');
    expect(await house.handle(question)).toBe('granted');
    expect(await house.handle(question)).toBe('granted');
    expect(await stateOf(id)).toBe('sending');
  });

  it('is not given for a try that is over, for a message that is gone, or for one that does not exist', async () => {
    const id = await queue();
    await house.handle(started('a'));
    await house.handle(asks(id, 2, 'a'));
    const failure = { kind: 'busy', source: 'CMS', code: 314, text: 'Busy.' } as const;
    await house.handle({ ...house.base('a'), type: 'part.failed', messageId: id, seq: 1, attempt: 2, failure });
    expect(await stateOf(id)).toBe('queued');
    expect(await house.handle(asks(id, 1, 'a'))).toBe('refused');
    expect(await house.handle(asks(id, 2, 'a'))).toBe('refused');
    expect(await house.handle(asks(id, 3, 'a'))).toBe('granted');
    await house.handle({
      ...house.base('a'),
      type: 'part.sent',
      messageId: id,
      seq: 1,
      attempt: 3,
      messageReference: 1,
    });
    expect(await house.handle(asks(id, 4, 'a'))).toBe('refused');
    expect(await house.handle(asks(99, 1, 'a'))).toBe('refused');
  });

  it('is not given to a second scheduler’s copy of the same message', async () => {
    const id = await queue();
    await house.handle(started('a'));
    expect(await house.handle(asks(id, 1, 'a'))).toBe('granted');
    expect(await house.handle(asks(id, 2, 'a'))).toBe('refused');
  });

  it('is given to the run that serves the modem only', async () => {
    const id = await queue();
    await house.handle(started('a'));
    await house.handle(started('b'));
    expect(await house.handle(asks(id, 1, 'a'))).toBe('refused');
    expect(await stateOf(id)).toBe('queued');
    expect(await house.handle(asks(id, 1, 'b'))).toBe('granted');
  });

  it('that comes too late does not bring a message back from a dead worker', async () => {
    const id = await queue();
    await house.handle(started('a'));
    const question = asks(id, 1, 'a');
    await house.handle(started('b'));
    expect(await house.handle(question)).toBe('refused');
    expect(await stateOf(id)).toBe('queued');
  });
});

describe('a new run', () => {
  it('makes unknown what the one before had begun; told again it changes nothing', async () => {
    const id = await queue();
    await house.handle(started('a'));
    await house.handle(asks(id, 1, 'a'));
    const next = started('b');
    await house.handle(next);
    expect(await stateOf(id)).toBe('unknown');
    const told = house.notices.length;
    await house.handle(next);
    expect(house.notices).toHaveLength(told);
  });

  it('is not undone by the start of the one before, delivered again', async () => {
    const [first, second] = [started('a'), started('b')];
    await house.handle(first);
    await house.handle(second);
    await house.handle(first);
    expect(await house.store.workerRun(modem)).toEqual({ modem, run: 'b', previous: 'a' });
  });

  it('may be heard of by its link first', async () => {
    const id = await queue();
    await house.handle(started('a'));
    await house.handle(asks(id, 1, 'a'));
    await house.handle(link('opening', 'b'));
    expect(await stateOf(id)).toBe('unknown');
    await house.handle(started('b'));
    expect(await linkNow()).toMatchObject({ state: 'opening', port: 'b' });
  });
});

describe('the link', () => {
  it('is told by the run that serves the modem, whatever the clocks say', async () => {
    await house.handle(started('a'));
    await house.handle(link('ready', 'a', 9_000_000));
    // The standby runs on a machine whose clock is behind.
    await house.handle({ ...started('b'), at: 900 });
    await house.handle(link('ready', 'b', 1_000));
    expect(await linkNow()).toMatchObject({ state: 'ready', port: 'b' });
    await house.handle(link('failed', 'a', 9_000_001));
    expect(await linkNow()).toMatchObject({ state: 'ready', port: 'b' });
  });

  it('that is told again changes nothing', async () => {
    await house.handle(started('a'));
    await house.handle(link('ready', 'a', 1_000));
    const told = house.notices.length;
    await house.handle(link('ready', 'a', 31_000));
    expect(house.notices).toHaveLength(told);
  });
});

describe('the way of a message', () => {
  it('is kept in steps, from the request to the network', async () => {
    const id = await queue();
    await house.handle(started('a'));
    await house.handle(asks(id, 1, 'a'));
    await house.handle({
      ...house.base('a'),
      type: 'part.sent',
      messageId: id,
      seq: 1,
      attempt: 1,
      messageReference: 9,
    });
    const steps = await house.store.steps('out', id);
    expect(steps.map(({ role, what }) => `${role}: ${what}`)).toEqual([
      'api: queued',
      'scheduler: handed over: part 1, try 1',
      'worker: asked for leave to send part 1, try 1',
      'worker: sent: part 1, try 1, reference 9',
    ]);
    expect(new Set(steps.map(({ trace }) => trace))).toEqual(new Set([`out-${id}`]));
  });
});

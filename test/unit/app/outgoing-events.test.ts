import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expireMessages } from '../../../src/app/outgoing-events.ts';
import type { ModemEvent, SendFailure } from '../../../src/core/events.ts';
import type { OutgoingMessage } from '../../../src/store/records.ts';
import { type House, modem, openHouse } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const queue = async (text = 'Hello', more: { ifUnknown?: 'stop' | 'resend'; expiresInMs?: number } = {}) =>
  (await house.send({ recipient: '+79161234567', text, ...more })).id;
const long = 'x'.repeat(200);

const sending = (messageId: number, attempt = 1, seq = 1, run = 'run-1'): ModemEvent => ({
  ...house.base(run),
  type: 'part.sending',
  handedAt: 1,
  messageId,
  seq,
  attempt,
});
const sent = (messageId: number, attempt = 1, seq = 1, messageReference = 7): ModemEvent => ({
  ...house.base(),
  type: 'part.sent',
  messageId,
  seq,
  attempt,
  messageReference,
});
const failed = (messageId: number, failure: Partial<SendFailure>, attempt = 1, seq = 1): ModemEvent => ({
  ...house.base(),
  type: 'part.failed',
  messageId,
  seq,
  attempt,
  failure: { kind: 'temporary', source: 'CMS', code: 42, text: 'The network is congested.', ...failure },
});
const unknown = (messageId: number, attempt = 1, seq = 1): ModemEvent => ({
  ...house.base(),
  type: 'part.unknown',
  messageId,
  seq,
  attempt,
  reason: 'The modem did not answer.',
});
const started = (run: string): ModemEvent => ({ ...house.base(run), type: 'worker.started' });

async function message(id: number): Promise<OutgoingMessage> {
  const found = await house.store.outgoingMessage(id);
  if (found === null) throw new Error(`no message ${id}`);
  return found;
}
const partStates = async (id: number) => (await house.store.outgoingParts(id)).map((part) => part.state);

/** Handles each event twice: the second time nothing may change. */
async function play(...events: ModemEvent[]): Promise<void> {
  for (const event of events) {
    await house.handle(event);
    const ids = (await house.store.outgoingMessages({ limit: 100 })).map(({ id }) => id);
    const rows = async () => [
      await house.store.outgoingMessages({ limit: 100 }),
      await Promise.all(ids.map((id) => house.store.outgoingParts(id))),
    ];
    const once = await rows();
    const told = house.notices.length;
    await house.clock.advance(1);
    await house.handle(event);
    expect(await rows()).toEqual(once);
    expect(house.notices.length).toBe(told);
  }
}

describe('a message of one part', () => {
  it('goes from queued over sending to sent', async () => {
    const id = await queue();
    expect(await message(id)).toMatchObject({ state: 'queued', attempt: 0, sentAt: null });
    await play(sending(id));
    expect(await message(id)).toMatchObject({ state: 'sending', attempt: 1 });
    const at = house.clock.now();
    await play(sent(id));
    expect(await message(id)).toMatchObject({ state: 'sent', attempt: 1, sentAt: at, error: null });
    expect(await house.store.outgoingParts(id)).toMatchObject([
      { state: 'sent', attempt: 1, run: 'run-1', messageReference: 7, sentAt: at },
    ]);
  });

  it('waits after a temporary failure, and is told to the dispatcher again', async () => {
    const id = await queue();
    await play(sending(id));
    const at = house.clock.now();
    await play(failed(id, {}));
    const waiting = await message(id);
    expect(waiting).toMatchObject({
      state: 'queued',
      attempt: 1,
      error: 'The network is congested.',
      errorCode: 'CMS 42',
    });
    expect(waiting.nextAttemptAt).toBeGreaterThanOrEqual(at + 10_000);
    expect(waiting.nextAttemptAt).toBeLessThanOrEqual(at + 11_000);
    expect(house.notices.filter((notice) => notice.type === 'message.queued')).toHaveLength(2);
    await play(sending(id, 2), sent(id, 2));
    expect(await message(id)).toMatchObject({ state: 'sent', attempt: 2, error: null, errorCode: null });
  });

  it('fails after five attempts', async () => {
    const id = await queue();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect((await message(id)).state).toBe('queued');
      await play(sending(id, attempt), failed(id, {}, attempt));
    }
    expect(await message(id)).toMatchObject({ state: 'failed', attempt: 5, errorCode: 'CMS 42' });
  });

  it.each(['permanent', 'configuration'] as const)('fails at once when the failure is %s', async (kind) => {
    const id = await queue();
    await play(sending(id), failed(id, { kind, text: 'The number does not exist.' }));
    expect(await message(id)).toMatchObject({ state: 'failed', error: 'The number does not exist.' });
    expect(await partStates(id)).toEqual(['failed']);
  });

  it('does not count busy answers, five in a row', async () => {
    const id = await queue();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await play(sending(id, attempt), failed(id, { kind: 'busy', code: 314 }, attempt));
      expect(await message(id)).toMatchObject({ state: 'queued', attempt: 0, busyCount: attempt });
    }
    await play(sending(id, 6), failed(id, { kind: 'busy', code: 314 }, 6));
    expect(await message(id)).toMatchObject({ state: 'queued', attempt: 1, busyCount: 0 });
    await play(sending(id, 7), sent(id, 7));
    expect(await message(id)).toMatchObject({ state: 'sent', attempt: 2 });
  });

  it.each([
    ['CMS', 331],
    ['CME', 30],
  ] as const)('waits for the network without counting (%s %d)', async (source, code) => {
    const id = await queue();
    for (let attempt = 1; attempt <= 8; attempt += 1)
      await play(sending(id, attempt), failed(id, { source, code }, attempt));
    expect(await message(id)).toMatchObject({ state: 'queued', attempt: 0, errorCode: `${source} ${code}` });
  });

  it('has left when the centre says that it has it already', async () => {
    const id = await queue();
    await play(sending(id), failed(id, { kind: 'permanent', code: 197 }));
    expect(await message(id)).toMatchObject({ state: 'sent', error: null });
  });

  it('fails when the modem refuses before a try was announced', async () => {
    const id = await queue();
    await play(failed(id, { kind: 'permanent', source: 'none', code: null }));
    expect(await message(id)).toMatchObject({ state: 'failed', attempt: 1, errorCode: null });
  });

  it('expires when its next try would come too late', async () => {
    const id = await queue('Hello', { expiresInMs: 5_000 });
    await play(sending(id), failed(id, {}));
    expect(await message(id)).toMatchObject({ state: 'expired', error: 'The network is congested.' });
  });

  it('drops what is said of an earlier try', async () => {
    const id = await queue();
    await play(sending(id), failed(id, {}), sending(id, 2));
    await play(failed(id, { kind: 'permanent' }, 1), unknown(id, 1), sent(id, 1), sending(id, 1));
    expect(await message(id)).toMatchObject({ state: 'sending', attempt: 2 });
  });

  it('says nothing about messages that do not exist', async () => {
    await play(sending(99), sent(99), failed(99, {}), unknown(99));
    expect(house.notices).toEqual([]);
  });
});

describe('a lost answer', () => {
  it('stays unknown', async () => {
    const id = await queue();
    await play(sending(id), unknown(id));
    expect(await message(id)).toMatchObject({ state: 'unknown', error: 'The modem did not answer.' });
    expect(await house.store.modemsWithQueued()).toEqual([]);
  });

  it('is settled by an answer that comes late', async () => {
    const id = await queue();
    await play(sending(id), unknown(id), sent(id));
    expect(await message(id)).toMatchObject({ state: 'sent', error: null });
  });

  it('is sent again where twice is better than never, a few times', async () => {
    const id = await queue('Hello', { ifUnknown: 'resend' });
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await play(sending(id, attempt), unknown(id, attempt));
      expect(await message(id)).toMatchObject({ state: 'queued', attempt });
      expect((await message(id)).nextAttemptAt).toBeGreaterThan(house.clock.now());
    }
    await play(sending(id, 5), unknown(id, 5));
    expect(await message(id)).toMatchObject({ state: 'unknown', attempt: 5 });
  });

  it('is what a new worker finds of an earlier run, and nothing else', async () => {
    const left = await queue();
    const done = await queue();
    const again = await queue('Alarm', { ifUnknown: 'resend' });
    const mine = await queue();
    await play(sending(left), sending(done), sent(done), sending(again), sending(mine, 1, 1, 'run-2'));
    await play(started('run-2'));
    expect((await message(left)).state).toBe('unknown');
    expect((await message(done)).state).toBe('sent');
    expect((await message(again)).state).toBe('queued');
    expect((await message(mine)).state).toBe('sending');
  });
});

describe('a message of several parts', () => {
  it('is sent when all its parts are, and counts one attempt', async () => {
    const id = await queue(long);
    await play(sending(id, 1, 1), sent(id, 1, 1, 7), sending(id, 1, 2));
    expect(await message(id)).toMatchObject({ state: 'sending', attempt: 1, sentAt: null });
    await play(sent(id, 1, 2, 8));
    expect(await message(id)).toMatchObject({ state: 'sent', attempt: 1 });
  });

  it('sends only the part again that did not leave', async () => {
    const id = await queue(long);
    await play(sending(id, 1, 1), sent(id, 1, 1), sending(id, 1, 2), failed(id, {}, 1, 2));
    expect(await partStates(id)).toEqual(['sent', 'queued']);
    expect(await message(id)).toMatchObject({ state: 'queued', attempt: 1 });
    await play(sending(id, 2, 2), sent(id, 2, 2, 9));
    expect(await message(id)).toMatchObject({ state: 'sent', attempt: 2 });
  });

  it('is unknown when one part is, and the rest waits', async () => {
    const id = await queue(long);
    await play(sending(id, 1, 1), unknown(id, 1, 1));
    expect(await partStates(id)).toEqual(['unknown', 'queued']);
    expect((await message(id)).state).toBe('unknown');
    await play(sent(id, 1, 1));
    expect((await message(id)).state).toBe('queued');
  });
});

describe('expiry', () => {
  it('ends what is still queued, and leaves what has left', async () => {
    const late = await queue('Hello', { expiresInMs: 60_000 });
    const half = await queue(long, { expiresInMs: 60_000 });
    const gone = await queue('Hello', { expiresInMs: 60_000 });
    await play(sending(half), sent(half), sending(gone), sent(gone));
    const expire = () => house.store.transaction((tx) => expireMessages(tx, modem, house.clock.now()));
    expect(await expire()).toEqual([]);
    await house.clock.advance(61_000);
    expect((await expire()).map((notice) => notice.type)).toEqual(['message.changed', 'message.changed']);
    expect(await expire()).toEqual([]);
    expect((await message(late)).state).toBe('expired');
    expect(await partStates(half)).toEqual(['sent', 'expired']);
    expect((await message(half)).state).toBe('expired');
    expect((await message(gone)).state).toBe('sent');
  });
});

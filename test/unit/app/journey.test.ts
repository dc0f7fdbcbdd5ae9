import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expireMessages } from '../../../src/app/outgoing-events.ts';
import type { EventOf, ModemEvent, SendFailure } from '../../../src/core/events.ts';
import { type House, modem, openHouse, sim } from './house.ts';
import { reportPdu } from './pdus.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const part = (attempt: number, seq: number) => ({ ...house.base(), messageId: 1, seq, attempt });
const sending = (attempt = 1, seq = 1): ModemEvent => ({ ...part(attempt, seq), type: 'part.sending', handedAt: 1 });
const sent = (attempt = 1, seq = 1): ModemEvent => ({
  ...part(attempt, seq),
  type: 'part.sent',
  messageReference: 40 + seq,
});
const unknown = (attempt = 1, seq = 1): ModemEvent => ({
  ...part(attempt, seq),
  type: 'part.unknown',
  reason: 'None.',
});
const failed = (kind: SendFailure['kind'], code: number | null = 42, attempt = 1): ModemEvent => ({
  ...part(attempt, 1),
  type: 'part.failed',
  failure: { kind, source: 'CMS', code, text: 'The network is congested.' },
});
const started = (): ModemEvent => ({ ...house.base('run-2'), type: 'worker.started' });
const report = (status: number, seq = 1): EventOf<'pdu.received'> => ({
  ...house.base(),
  type: 'pdu.received',
  pdu: reportPdu({ recipient: '+79161234567', status, reference: 40 + seq }),
  tpduLength: null,
  source: 'direct',
  memory: null,
  slot: null,
  stat: null,
  found: 'indicated',
  sim,
});

const stepsOf = (id = 1) => house.store.steps('out', id);
const wordsOf = async () => (await stepsOf()).map(({ role, what }) => `${role} ${what}`);
const statesOf = async () => {
  const parts = await house.store.outgoingParts(1);
  return [(await house.store.outgoingMessage(1))?.state, ...parts.map(({ state }) => state)];
};
const send = (more: { text?: string; ifUnknown?: 'resend'; expiresInMs?: number } = {}) =>
  house.send({ recipient: '+79161234567', text: 'Hello', ...more });

const brief = { expiresInMs: 1_000 };

describe('the way of a message to be sent', () => {
  it('begins as it is queued', async () => {
    await send();
    expect(await wordsOf()).toEqual(['api queued']);
  });

  it('ends with its delivery, found by the log lines of the report', async () => {
    await send();
    await house.handle(sending());
    await house.handle(sent());
    await house.clock.advance(5_000);
    const delivery = report(0);
    await house.handle(delivery);
    expect((await wordsOf()).slice(-2)).toEqual([
      'worker sent: part 1, try 1, reference 41',
      'handler reported: part 1 delivered (status 0)',
    ]);
    expect((await stepsOf()).at(-1)).toMatchObject({ at: house.clock.now(), trace: delivery.id });
  });

  it('tells of a report that came before the answer of the modem, after that answer', async () => {
    await send();
    await house.handle(sending());
    await house.handle(report(0));
    await house.handle(sent());
    expect((await wordsOf()).slice(-2)).toEqual([
      'worker sent: part 1, try 1, reference 41',
      'handler reported: part 1 delivered (status 0)',
    ]);
  });

  it('has one step for a report that comes twice', async () => {
    await send();
    await house.handle(sending());
    await house.handle(sent());
    await house.handle(report(0));
    const once = await stepsOf();
    await house.handle(report(0));
    expect(await stepsOf()).toEqual(once);
  });

  interface Way {
    readonly name: string;
    readonly events: () => readonly ModemEvent[];
    readonly end: string;
    readonly more?: Parameters<typeof send>[0];
  }
  const ways: readonly Way[] = [
    { name: 'is delivered', events: () => [sending(), sent(), report(0)], end: 'delivered' },
    { name: 'is not delivered', events: () => [sending(), sent(), report(0x41)], end: 'undelivered' },
    { name: 'expires at the centre', events: () => [sending(), sent(), report(0x46)], end: 'expired' },
    { name: 'is delivered late', events: () => [sending(), sent(), report(0x20), report(0)], end: 'delivered' },
    { name: 'is reported before it is answered', events: () => [sending(), report(0), sent()], end: 'delivered' },
    { name: 'is reported in place of an answer', events: () => [sending(), unknown(), report(0x20)], end: 'sent' },
    { name: 'waits for its next try', events: () => [sending(), failed('temporary')], end: 'queued' },
    {
      name: 'goes at the second try',
      events: () => [sending(), failed('temporary'), sending(2), sent(2)],
      end: 'sent',
    },
    { name: 'is refused before the prompt', events: () => [failed('temporary')], end: 'queued' },
    { name: 'fails for good', events: () => [sending(), failed('permanent')], end: 'failed' },
    { name: 'is known to the centre already', events: () => [sending(), failed('permanent', 197)], end: 'sent' },
    {
      name: 'has no time for another try',
      events: () => [sending(), failed('temporary')],
      end: 'expired',
      more: brief,
    },
    { name: 'has an unknown end', events: () => [sending(), unknown()], end: 'unknown' },
    {
      name: 'goes again after that',
      events: () => [sending(), unknown()],
      end: 'queued',
      more: { ifUnknown: 'resend' },
    },
    { name: 'is answered late', events: () => [sending(), unknown(), sent()], end: 'sent' },
    { name: 'is lost with its worker', events: () => [sending(), started()], end: 'unknown' },
    {
      name: 'goes in parts',
      events: () => [sending(1, 1), sent(1, 1), sending(1, 2), sent(1, 2), report(0, 2), report(0, 1)],
      end: 'delivered',
      more: { text: 'x'.repeat(200) },
    },
  ];

  it.each(ways)('has a step for each change of state when it $name', async ({ events, end, more }) => {
    await send(more);
    for (const event of events()) {
      const before = await statesOf();
      const steps = await stepsOf();
      await house.handle(event);
      const changed = JSON.stringify(await statesOf()) !== JSON.stringify(before);
      if (changed) expect((await stepsOf()).length, event.type).toBeGreaterThan(steps.length);
      await house.clock.advance(1);
    }
    expect((await statesOf())[0]).toBe(end);
  });

  it('has a step when its time is over before it could be sent', async () => {
    await send(brief);
    await house.clock.advance(2_000);
    await house.store.transaction((tx) => expireMessages(tx, modem, house.clock.now()));
    expect((await statesOf())[0]).toBe('expired');
    expect(await wordsOf()).toEqual(['api queued', 'scheduler expired']);
  });

  it('holds neither the text nor the number', async () => {
    await send();
    for (const event of [sending(), failed('temporary'), sending(2), sent(2), report(0)]) await house.handle(event);
    const all = JSON.stringify(await stepsOf());
    expect(all).not.toContain('Hello');
    expect(all).not.toContain('9161234567');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeAndTell } from '../../../../src/app/feed.ts';
import { call, inbound } from '../../../contract/store-records.ts';
import { until } from '../../../support/until.ts';
import { WebhookReceiver } from '../../../support/webhook-receiver.ts';
import { modem } from '../house.ts';
import { openTellingHouse, type TellingHouse } from './telling-house.ts';

const minute = 60_000;
const hour = 60 * minute;

let house: TellingHouse;
let receiver: WebhookReceiver;
beforeEach(async () => {
  house = await openTellingHouse();
  receiver = await new WebhookReceiver().start();
});
afterEach(async () => {
  await house.close();
  await receiver.stop();
});

interface Body {
  readonly type: string;
  readonly data: { readonly id: string; readonly peer: string; readonly text: string; readonly state: string };
}
const bodies = (from = receiver): Body[] => from.received.map(({ body }) => JSON.parse(body));
const texts = (from = receiver) => bodies(from).map(({ data }) => data.text);
const ids = (from = receiver) => from.received.map(({ headers }) => String(headers['webhook-id']));
const states = async (targetId: number) =>
  (await house.store.webhookDeliveries({ targetId, limit: 1_000 })).map(({ state }) => state);

describe('a target', () => {
  it('is told what happens as soon as it does, with an id that is known before', async () => {
    await house.receive('Bank', 'before it was there');
    const target = await house.addTarget(receiver.url);
    const id = await house.receive('Bank', 'Your code is 124556');
    await house.pass(0);
    expect(bodies()).toEqual([
      {
        type: 'message.received',
        timestamp: expect.any(String),
        data: expect.objectContaining({ id: `in-${id}`, peer: 'Bank', text: 'Your code is 124556', code: '124556' }),
      },
    ]);
    expect(ids()).toEqual([`evt_2_${target}`]);
    expect(await states(target)).toEqual(['delivered']);
    await house.pass(hour);
    expect(receiver.received).toHaveLength(1);
  });

  it('that is down for an hour gets everything once it is back, in order per conversation, each with one id', async () => {
    const target = await house.addTarget(receiver.url);
    await receiver.stop();
    const senders = ['Bank', 'Mum', '+79160000001'];
    for (let round = 0; round < 12; round += 1) {
      for (const sender of senders) await house.receive(sender, `${sender} ${round}`);
      await house.pass(5 * minute);
    }
    expect(receiver.received).toEqual([]);
    await receiver.start();
    await house.pass(minute);
    expect(receiver.received).toHaveLength(36);
    expect(new Set(ids()).size).toBe(36);
    for (const sender of senders) {
      const of = texts().filter((text) => text.startsWith(sender));
      expect(of).toEqual(Array.from({ length: 12 }, (_, round) => `${sender} ${round}`));
    }
    expect(new Set(await states(target))).toEqual(new Set(['delivered']));
  });

  it('that is back is told what others wait for as soon as one has arrived', async () => {
    await house.addTarget(receiver.url);
    await receiver.stop();
    await house.receive('Bank', 'waits');
    await house.pass(hour);
    await receiver.start();
    await house.receive('Mum', 'arrives');
    await house.pass(5_000);
    expect(texts().toSorted()).toEqual(['arrives', 'waits']);
  });

  it('is told later what it refused, under the same id, and in the order of its conversation', async () => {
    await house.addTarget(receiver.url);
    let refusals = 2;
    receiver.answer = ({ body }, response) => {
      const refuse = body.includes('first') && refusals > 0;
      if (refuse) refusals -= 1;
      response.writeHead(refuse ? 500 : 200).end('so');
    };
    await house.receive('Bank', 'first');
    await house.receive('Bank', 'second');
    await house.receive('Mum', 'other');
    await house.pass(minute);
    expect(texts()).toEqual(['first', 'other', 'first', 'first', 'second']);
    expect(new Set(ids()).size).toBe(3);
    const [delivery] = (await house.store.webhookDeliveries({ targetId: 1, limit: 10 })).toReversed();
    const attempts = await house.store.webhookAttempts([delivery?.id ?? 0]);
    expect(attempts).toMatchObject([
      { status: 500, answer: 'so', error: 'It answered 500.' },
      { status: 500 },
      { status: 200, answer: 'so', error: null },
    ]);
    const waits = attempts.map(({ at }, index) => at - (attempts[index - 1]?.at ?? at));
    expect(waits[1]).toBeGreaterThanOrEqual(4_000);
    expect(waits[1]).toBeLessThanOrEqual(6_000);
    expect(waits[2]).toBeGreaterThanOrEqual(24_000);
    expect(waits[2]).toBeLessThanOrEqual(36_000);
  });

  it('is left alone for as long as it asks', async () => {
    await house.addTarget(receiver.url);
    receiver.answer = (_hook, response) => response.writeHead(429, { 'retry-after': '600' }).end();
    await house.receive('Bank', 'x');
    await house.pass(9 * minute);
    expect(receiver.received).toHaveLength(1);
    await house.pass(2 * minute);
    expect(receiver.received).toHaveLength(2);
  });

  it('that refuses for two days gets it no more, and the next of the conversation has its turn', async () => {
    const target = await house.addTarget(receiver.url);
    receiver.answer = ({ body }, response) => response.writeHead(body.includes('poison') ? 500 : 200).end();
    await house.receive('Bank', 'poison');
    await house.receive('Bank', 'behind it');
    await house.pass(47 * hour);
    expect(await states(target)).toEqual(['queued', 'queued']);
    await house.pass(2 * hour);
    expect(await states(target)).toEqual(['delivered', 'parked']);
    const tries = receiver.received.filter(({ body }) => body.includes('poison')).length;
    expect(tries).toBeGreaterThanOrEqual(14);
    expect(tries).toBeLessThanOrEqual(20);
    await house.pass(10 * hour);
    expect(receiver.received).toHaveLength(tries + 1);
  }, 60_000);

  it('that hangs holds up nobody else, and is asked four at a time', async () => {
    const slow = await new WebhookReceiver().start();
    slow.answer = () => {};
    try {
      const hanging = await house.addTarget(slow.url);
      await house.addTarget(receiver.url);
      for (let peer = 0; peer < 10; peer += 1) await house.receive(`peer ${peer}`, `text ${peer}`);
      await house.pass(0, 4);
      expect(texts()).toHaveLength(10);
      expect(texts(slow)).toEqual(['text 0', 'text 1', 'text 2', 'text 3']);
      await house.receive('Mum', 'goes on');
      await house.pass(5_000, 4);
      expect(texts()).toHaveLength(11);
      expect(texts(slow)).toHaveLength(4);
      await house.pass(15_000, 4);
      expect(texts(slow).slice(4, 8)).toEqual(['text 4', 'text 5', 'text 6', 'text 7']);
      const [attempt] = await house.store.webhookAttempts(
        (await house.store.webhookDeliveries({ targetId: hanging, limit: 100 })).map(({ id }) => id),
      );
      expect(attempt).toMatchObject({ status: null, ms: 15_000, error: expect.stringContaining('15 s') });
    } finally {
      await slow.stop();
    }
  });

  it('that answers 410 is disabled, and told nothing more', async () => {
    const target = await house.addTarget(receiver.url);
    receiver.answer = (_hook, response) => response.writeHead(410).end();
    await house.receive('Bank', 'one');
    await house.pass(0);
    await house.receive('Bank', 'two');
    await house.pass(hour);
    expect(receiver.received).toHaveLength(1);
    expect(await house.store.webhookTarget(target)).toMatchObject({
      enabled: false,
      disabledWhy: expect.stringContaining('410'),
    });
    expect(await states(target)).toEqual(['dropped']);
  });

  it('is told the rows as they are then, and not of those that are gone or kept back', async () => {
    await house.addTarget(receiver.url);
    await receiver.stop();
    const id = await house.receive('Bank', 'as it came');
    await changeAndTell(house, async (tx) => {
      const blocked = await tx.addInbound(inbound({ sender: 'Spam', blocked: true }));
      return {
        notices: [
          { type: 'message.received', id: blocked, modem },
          { type: 'message.received', id: 999, modem },
        ],
      };
    });
    await house.store.transaction((tx) => tx.changeInbound(id, { text: 'as it is' }));
    await house.pass(0);
    await receiver.start();
    await house.pass(minute);
    expect(texts()).toEqual(['as it is']);
  });
});

describe('a filter', () => {
  const filters = { events: [], senders: [], text: null, modems: [] };

  it('lets through what it names', async () => {
    const target = (name: string, filter: Partial<typeof filters> | Record<string, unknown>) =>
      house.addTarget(`${receiver.url}/${name}`, { name, filters: { ...filters, ...filter } });
    await target('bank', { senders: ['BANK', 'mum'] });
    await target('code', { text: 'КОД' });
    await target('other modem', { modems: ['other'] });
    await target('missed', { events: ['call.changed:missed', 'modem.changed'] });
    await house.receive('MyBank', 'Ваш код 1');
    await house.receive('Dad', 'Ваш Код 2');
    const ring = (outcome: 'ringing' | 'missed') =>
      changeAndTell(house, async (tx) => {
        const id = await tx.putCall(call({ outcome }));
        return { notices: [{ type: 'call.changed', id, modem, outcome }] };
      });
    await ring('ringing');
    await ring('missed');
    await house.pass(0);
    const told = receiver.received.map(({ path, body }) => {
      const { type, data }: Body = JSON.parse(body);
      return `${path.slice('/hook/'.length)}: ${type} ${data.text ?? ''}`;
    });
    expect(told.toSorted()).toEqual([
      'bank: message.received Ваш код 1',
      'code: message.received Ваш Код 2',
      'code: message.received Ваш код 1',
      'missed: call.changed ',
    ]);
  });
});

describe('a process that begins', () => {
  it('tells what waits for a target that was away, if that is there again', async () => {
    await house.addTarget(receiver.url);
    await receiver.stop();
    await house.receive('Bank', 'waits');
    await house.pass(3 * hour);
    const stopping = house.teller.stop();
    await house.clock.advance(20_000);
    await stopping;
    await receiver.start();
    const another = house.anotherTeller();
    another.start();
    await house.pass(0);
    expect(texts()).toEqual(['waits']);
    await another.stop();
  });
});

describe('a stop', () => {
  it('waits a little for what is on its way, and counts what it breaks off as no try', async () => {
    const target = await house.addTarget(receiver.url);
    receiver.answer = () => {};
    await house.receive('Bank', 'x');
    await until('the try', () => receiver.received.length === 1);
    const stopping = house.teller.stop();
    await house.clock.advance(3_000);
    await stopping;
    const [delivery] = await house.store.webhookDeliveries({ targetId: target, limit: 1 });
    expect(delivery).toMatchObject({ state: 'queued', attempt: 0 });
    expect(await house.store.nextDeliveryAt(target)).toBeLessThanOrEqual(house.clock.now());
  });
});

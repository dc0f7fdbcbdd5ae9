import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLive, type Live, mostListeners } from '../../../../src/app/live/live.ts';
import type { LiveItem } from '../../../../src/app/live/live-event.ts';
import { silentLogger } from '../../../../src/core/logger.ts';
import { type House, modem, openHouse } from '../house.ts';
import { receive, ring } from './happenings.ts';

let house: House;
let live: Live;
beforeEach(async () => {
  house = await openHouse();
  live = createLive({ ...house, log: silentLogger, shared: false });
});
afterEach(() => house.close());

/** Somebody who follows, and what it was told. */
function listen(after: number, by: Live = live, readings = false) {
  const ending = new AbortController();
  const items: LiveItem[] = [];
  const ended = (async () => {
    for await (const item of by.follow(after, { readings, signal: ending.signal })) items.push(item);
  })();
  return {
    items,
    ids: () => items.map((item) => (item.type === 'reading.changed' ? null : item.id)),
    async stop() {
      ending.abort();
      await ended;
    },
    ended,
  };
}

/** What is under way comes to rest. */
const settled = () => house.clock.advance(0);
/** Notices of what others do get lost. */
const deaf = { listen: () => ({ stop: async () => {} }) };

describe('who follows', () => {
  it('is told of each event once, in order, with its row as it is now', async () => {
    const listener = listen(0);
    await settled();
    const id = await receive(house, { text: 'one' });
    await ring(house);
    await settled();
    expect(listener.items).toMatchObject([
      { id: 1, type: 'message.received', row: id, subject: { kind: 'message', shown: { message: { text: 'one' } } } },
      { id: 2, type: 'call.changed', subject: { kind: 'call', call: { caller: '+79161234567', contact: null } } },
    ]);
    await listener.stop();
  });

  it('goes on from where it was: what it missed, and then what happens, without a gap and without a repetition', async () => {
    for (let count = 0; count < 250; count += 1) await receive(house, { text: `${count}` });
    const first = listen(20);
    const adding = (async () => {
      for (let count = 250; count < 300; count += 1) await receive(house, { text: `${count}` });
    })();
    await adding;
    await house.clock.advanceUntil(() => first.items.length >= 280);
    expect(first.ids()).toEqual(Array.from({ length: 280 }, (_, index) => index + 21));
    await first.stop();
  });

  it('is not told of what is kept back, and learns of what was deleted', async () => {
    await receive(house, { blocked: true });
    await receive(house, { state: 'hidden' });
    const gone = await receive(house, { text: 'gone' });
    await house.store.transaction((tx) => tx.deleteInbound(gone));
    const listener = listen(0);
    await settled();
    expect(listener.items).toMatchObject([{ id: 3, row: gone, subject: { kind: 'gone' } }]);
    await listener.stop();
  });

  it('hears of readings when it wants to', async () => {
    const [with_, without] = [listen(0, live, true), listen(0)];
    await settled();
    await house.store.transaction((tx) => tx.putReading({ modem, key: 'signal', data: -71, updatedAt: 1 }));
    house.bus.announce({ type: 'reading.changed', key: 'signal', modem });
    await settled();
    expect(with_.items).toMatchObject([{ type: 'reading.changed', modem, reading: { key: 'signal', data: -71 } }]);
    expect(without.items).toEqual([]);
    await Promise.all([with_.stop(), without.stop()]);
  });

  it('is told that what it missed was forgotten, and goes on after that', async () => {
    for (let count = 0; count < 5; count += 1) {
      await house.clock.advance(1_000);
      await receive(house);
    }
    await house.store.transaction(
      async (tx) => void (await tx.pruneFeed({ before: house.clock.now() - 1_500, limit: 100 })),
    );
    const listener = listen(1);
    await settled();
    expect(listener.items).toMatchObject([{ type: 'reset', id: 3, reason: 'forgotten' }, { id: 4 }, { id: 5 }]);
    const whole = listen(3);
    await settled();
    expect(whole.ids()).toEqual([4, 5]);
    await Promise.all([listener.stop(), whole.stop()]);
  });

  it('is told when its place is of another store', async () => {
    await receive(house);
    const listener = listen(900);
    await settled();
    await receive(house);
    await settled();
    expect(listener.items).toMatchObject([{ type: 'reset', id: 1, reason: 'ahead' }, { id: 2 }]);
    await listener.stop();
  });

  it('is cut when it takes nothing, and takes up where it was', async () => {
    const ending = new AbortController();
    const slow = live.follow(0, { readings: false, signal: ending.signal });
    await receive(house);
    const first = await slow.next();
    expect(first.value).toMatchObject({ id: 1 });
    const many = Array.from(
      { length: 1_100 },
      () => ({ at: 1, type: 'modem.changed', modem, row: null, detail: null }) as const,
    );
    await house.store.transaction((tx) => tx.addFeed(many));
    house.bus.announce({ type: 'modem.changed', modem, state: 'ready' });
    await settled();
    expect(await slow.next()).toEqual({ done: true, value: undefined });
    const again = listen(1);
    await house.clock.advanceUntil(() => again.items.length === 1_100);
    expect(again.ids()[0]).toBe(2);
    await again.stop();
  });
});

describe('one reader', () => {
  it('does nothing while nobody follows', async () => {
    const asked: string[] = [];
    const counting = new Proxy(house.store, {
      get: (store, name, receiver) => {
        asked.push(String(name));
        return Reflect.get(store, name, receiver);
      },
    });
    const quiet = createLive({ ...house, store: counting, log: silentLogger, shared: true });
    const timers = house.clock.waiting;
    await receive(house);
    await house.clock.advance(60_000);
    expect(asked).toEqual([]);
    const listener = listen(0, quiet);
    await settled();
    expect(listener.ids()).toEqual([1]);
    await listener.stop();
    asked.length = 0;
    await receive(house);
    await house.clock.advance(60_000);
    expect(asked).toEqual([]);
    expect(house.clock.waiting).toBe(timers);
  });

  it('reads each event once, however many follow', async () => {
    let reads = 0;
    const counting = {
      ...house.store,
      messagesAt: (refs: Parameters<typeof house.store.messagesAt>[0]) => {
        reads += 1;
        return house.store.messagesAt(refs);
      },
    };
    const own = createLive({ ...house, store: counting, log: silentLogger, shared: false });
    const all = Array.from({ length: 50 }, () => listen(0, own));
    await settled();
    await receive(house);
    await settled();
    expect(all.map((one) => one.items.length)).toEqual(Array(50).fill(1));
    expect(reads).toBe(1);
    await Promise.all(all.map((one) => one.stop()));
  });

  it('finds what nobody told it of within five seconds', async () => {
    const far = createLive({ ...house, bus: deaf, log: silentLogger, shared: true });
    const listener = listen(0, far);
    await house.clock.advance(60_000);
    await receive(house);
    expect(listener.ids()).toEqual([]);
    await house.clock.advance(5_000);
    expect(listener.ids()).toEqual([1]);
    await listener.stop();
  });

  it('tries again when the store was away', async () => {
    let away = false;
    const flaky = {
      ...house.store,
      feedAfter: (after: number, limit: number) =>
        away ? Promise.reject(new Error('away')) : house.store.feedAfter(after, limit),
    };
    const own = createLive({ ...house, store: flaky, log: silentLogger, shared: false });
    const listener = listen(0, own);
    await settled();
    away = true;
    await receive(house);
    await house.clock.advance(3_000);
    expect(listener.ids()).toEqual([]);
    away = false;
    await house.clock.advance(1_000);
    expect(listener.ids()).toEqual([1]);
    await listener.stop();
  });

  it('begins anew for who comes after all others have gone', async () => {
    const first = listen(0);
    await settled();
    await first.stop();
    await receive(house);
    const second = listen(1);
    await settled();
    await receive(house);
    await settled();
    expect(second.ids()).toEqual([2]);
    await second.stop();
  });
});

it('no more than so many listen in one process', () => {
  const ending = new AbortController();
  const options = { readings: false, signal: ending.signal };
  for (let count = 0; count < mostListeners; count += 1) live.follow(0, options);
  expect(() => live.follow(0, options)).toThrow('2000 programs listen or wait already');
  ending.abort();
  expect(() => live.follow(0, { readings: false, signal: new AbortController().signal })).not.toThrow();
});

import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../src/core/logger.ts';
import { createHttpServer } from '../../../../src/http/server.ts';
import { EventListener } from '../../../support/event-listener.ts';
import { until } from '../../../support/until.ts';
import { receive, ring } from '../../app/live/happenings.ts';
import { type House, modem, openHouse } from '../../app/house.ts';

let house: House;
let server: FastifyInstance;
let base: string;
let listeners: EventListener[];
beforeEach(async () => {
  house = await openHouse();
  server = createHttpServer({ ...house.doors, log: silentLogger });
  base = await server.listen({ host: '127.0.0.1', port: 0 });
  listeners = [];
});
afterEach(async () => {
  for (const listener of listeners) listener.leave();
  await server.close();
  await house.close();
});

const listen = async (query = '', headers: Readonly<Record<string, string>> = {}): Promise<EventListener> => {
  const listener = new EventListener(`${base}/v1/events${query}`, headers);
  listeners.push(listener);
  return listener.begun();
};

describe('GET /v1/events', () => {
  it('tells what happens, as the routes show it', async () => {
    const listener = await listen();
    expect(listener.response?.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    await receive(house, { text: 'line\nanother line\r\n' });
    await ring(house);
    const [message, call] = await listener.heard(2);
    const shown = async (path: string) =>
      JSON.parse((await server.inject({ url: path, headers: { host: 'localhost' } })).body);
    expect(message).toMatchObject({ id: '1', event: 'message.received' });
    expect(JSON.parse(message?.data ?? '')).toEqual((await shown('/v1/messages')).items[0]);
    expect(call).toMatchObject({ id: '2', event: 'call.changed' });
    expect(JSON.parse(call?.data ?? '')).toEqual((await shown('/v1/calls')).items[0]);
  });

  it('goes on after the last event that was heard, also when the gateway was started again', async () => {
    const first = await listen();
    await receive(house, { text: 'one' });
    await first.heard(1);
    first.leave();
    await receive(house, { text: 'two' });
    await server.close();
    server = createHttpServer({ ...house.doors, log: silentLogger });
    base = await server.listen({ host: '127.0.0.1', port: 0 });
    const second = await listen('', { 'last-event-id': first.lastId });
    await receive(house, { text: 'three' });
    const texts = (await second.heard(2)).map(({ data }): unknown => JSON.parse(data ?? '').text);
    expect(texts).toEqual(['two', 'three']);
    const third = await listen('?last_event_id=0');
    expect(await third.heard(3)).toHaveLength(3);
  });

  it('lets who was cut off before any event go on from the beginning of its stream', async () => {
    await receive(house, { text: 'before' });
    const first = await listen();
    first.leave();
    await receive(house, { text: 'meanwhile' });
    const second = await listen('', { 'last-event-id': first.lastId });
    expect(await second.heard(1)).toMatchObject([{ id: '2' }]);
  });

  it('begins at a moment', async () => {
    await receive(house, { text: 'old' });
    await house.clock.advance(60_000);
    const since = new Date(house.clock.now()).toISOString();
    await receive(house, { text: 'new' });
    const listener = await listen(`?since=${since}`);
    expect(await listener.heard(1)).toMatchObject([{ id: '2' }]);
  });

  it('is for some types, one modem, one peer', async () => {
    const types = await listen('?types=call.changed,reading.changed');
    const stick = await listen('?modem=stick');
    const peer = await listen('?peer=mybank');
    await receive(house, { sender: 'Shop' });
    await receive(house, { sender: 'MyBank' });
    await ring(house, { modem: 'stick' });
    await types.heard(1);
    await house.store.transaction((tx) => tx.putReading({ modem, key: 'signal-type', data: 'LTE', updatedAt: 1_000 }));
    house.bus.announce({ type: 'reading.changed', key: 'signal-type', modem });
    await receive(house, { sender: 'MyBank' });
    expect((await types.heard(2)).map(({ id, event }) => [id, event])).toEqual([
      ['3', 'call.changed'],
      [null, 'reading.changed'],
    ]);
    expect(JSON.parse(types.events[1]?.data ?? '')).toEqual({
      modem,
      key: 'signal_type',
      value: 'LTE',
      updated_at: '1970-01-01T00:00:01.000Z',
    });
    expect((await peer.heard(2)).map(({ id }) => id)).toEqual(['2', '4']);
    expect((await stick.heard(1)).map(({ id }) => id)).toEqual(['3']);
  });

  it('tells of a message that was deleted meanwhile by its id', async () => {
    const id = await receive(house);
    await house.store.transaction((tx) => tx.deleteInbound(id));
    const listener = await listen('?last_event_id=0');
    expect(await listener.heard(1)).toMatchObject([{ id: '1', data: `{"id":"in-${id}","deleted":true}` }]);
  });

  it('says when what happened cannot be told', async () => {
    await receive(house);
    const listener = await listen('', { 'last-event-id': '77' });
    await receive(house);
    expect(await listener.heard(2)).toMatchObject([
      { id: '1', event: 'reset', data: '{"reason":"ahead"}' },
      { id: '2', event: 'message.received' },
    ]);
  });

  it('keeps the connection alive, and the last id with it', async () => {
    const listener = await listen();
    await house.clock.advance(15_000);
    await house.clock.advance(15_000);
    await until('two comments', () => listener.comments === 2);
    expect(listener.lastId).toBe('0');
  });

  it.each([
    ['?types=message.gone', {}, 'some of message.received, message.extended'],
    ['?last_event_id=x', {}, 'the id of an event'],
    ['', { 'last-event-id': 'x' }, 'The header "last-event-id" cannot be "x"'],
  ])('refuses %s %o', async (query, headers, words) => {
    const { statusCode, body } = await server.inject({
      url: `/v1/events${query}`,
      headers: { host: 'localhost', ...headers },
    });
    expect(statusCode).toBe(400);
    expect(JSON.parse(body).detail).toContain(words);
  });

  it('frees what it took when the listener has gone', async () => {
    const timers = house.clock.waiting;
    const listener = await listen();
    expect(house.clock.waiting).toBe(timers + 2);
    listener.leave();
    await until('it to be noticed', () => house.clock.waiting === timers);
  });
});

describe('a listener that takes nothing', () => {
  it('is ended after a minute, and costs the others nothing', async () => {
    const stalled = await listen();
    stalled.response?.pause();
    const well = await listen();
    const text = 'x'.repeat(60_000);
    const count = 300;
    for (let sent = 0; sent < count; sent += 1) await receive(house, { text });
    await well.heard(count);
    for (let beat = 0; beat < 5; beat += 1) await house.clock.advance(15_000);
    stalled.response?.resume();
    await until('the end of the stream', () => stalled.ended);
    const got = stalled.events.length;
    expect(got).toBeLessThan(count);
    const again = await listen('', { 'last-event-id': stalled.lastId });
    const rest = await again.heard(count - got);
    expect(rest[0]?.id).toBe(String(Number(stalled.lastId) + 1));
    expect(rest).toHaveLength(count - got);
  });
});

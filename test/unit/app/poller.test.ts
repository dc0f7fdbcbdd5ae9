import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPoller, defaultPollIntervals, type Poller, type Polling } from '../../../src/app/poller.ts';
import type { CommandResult, ModemCommand } from '../../../src/core/commands.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import type { LinkState } from '../../../src/core/modem-status.ts';
import { type House, modem, openHouse } from './house.ts';

let house: House;
let poller: Poller | null = null;
let asked: { at: number; command: ModemCommand }[] = [];
beforeEach(async () => {
  house = await openHouse();
  asked = [];
});
afterEach(async () => {
  await poller?.stop();
  await house.close();
});

const start = (polling: Polling = {}) => {
  const { store, bus, clock } = house;
  poller = createPoller({ store, bus, clock, log: silentLogger, modem, polling });
  poller.start();
};

const serve = (answer: (command: ModemCommand) => Promise<CommandResult> | CommandResult) =>
  house.bus.serve(modem, async (command) => {
    asked.push({ at: house.clock.monotonic(), command });
    return answer(command);
  });
const fine = (): CommandResult => ({ ok: true, value: null });
const times = (type: ModemCommand['type']) => asked.filter(({ command }) => command.type === type).map(({ at }) => at);

const link = (state: LinkState, imsi: string | null = null) =>
  house.handle({
    ...house.base(),
    type: 'link.changed',
    state,
    port: 'virtual',
    reason: null,
    identity: { family: 'generic', manufacturer: null, model: null, firmware: null, imei: null, iccid: null, imsi },
  });

describe('the poller', () => {
  it('asks for status each minute, in one command, and sweeps each half minute', async () => {
    await serve(fine);
    start();
    await house.clock.advance(125_000);
    expect(times('read-status')).toEqual([60_000, 120_000]);
    expect(times('sweep')).toEqual([30_000, 60_000, 90_000, 120_000]);
    expect(asked.find(({ command }) => command.type === 'read-status')?.command).toMatchObject({
      topics: ['registration', 'operator', 'sim', 'storage', 'signal', 'technology'],
    });
    expect(times('ussd')).toEqual([]);
  });

  it('asks in other intervals, or never, as the settings say', async () => {
    await serve(fine);
    start({ intervals: { ...defaultPollIntervals, signal: 10_000, sweep: 0 } });
    await house.clock.advance(61_000);
    const topics = asked.map(({ command }) => (command.type === 'read-status' ? command.topics.join() : command.type));
    expect(topics.filter((topic) => topic === 'signal')).toHaveLength(6);
    expect(topics.filter((topic) => topic === 'registration,operator,sim,storage,technology')).toHaveLength(1);
    expect(topics).not.toContain('sweep');
  });

  it('asks at once when the modem becomes ready, and for the balance soon after', async () => {
    await serve(fine);
    start({ balanceUssd: '*100#' });
    await link('initialising');
    await house.clock.advance(20_000);
    expect(asked).toEqual([]);
    await link('ready');
    await house.clock.advance(11_000);
    expect(times('read-status')).toEqual([20_000]);
    expect(times('ussd')).toEqual([30_000]);
    await link('ready');
    await house.clock.advance(5_000);
    expect(times('read-status')).toEqual([20_000]);
    await house.clock.advance(3_600_000);
    expect(times('ussd')).toEqual([30_000, 3_630_000]);
  });

  it('does not pile up questions while the modem is busy, and gives each one interval to live', async () => {
    const free = Promise.withResolvers<void>();
    await serve(async () => {
      await free.promise;
      return fine();
    });
    const began = house.clock.now();
    start();
    await house.clock.advance(600_000);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.command).toMatchObject({ type: 'sweep', expiresAt: began + 30_000 + 30_000 });
    free.resolve();
    await house.clock.advance(0);
    expect(asked.map(({ command }) => command.type)).toEqual(['sweep', 'read-status', 'sweep']);
    await house.clock.advance(60_000);
    expect(times('sweep')).toEqual([30_000, 600_000, 630_000, 660_000]);
    expect(times('read-status')).toEqual([600_000, 660_000]);
  });

  it('does not wait for a modem that is busy when it stops', async () => {
    const free = Promise.withResolvers<void>();
    await serve(async () => {
      await free.promise;
      return { ok: true, value: { type: 'ussd', status: 0, text: 'Balans 5.10' } };
    });
    start({ balanceUssd: '*100#' });
    await link('ready');
    await house.clock.advance(11_000);
    await poller?.stop();
    free.resolve();
    await house.clock.advance(0);
    expect(await house.queries.reading('balance')).toBeNull();
  });

  it('goes on after a failure', async () => {
    await serve(() => ({ ok: false, code: 'modem_not_ready', message: 'The modem is not ready.' }));
    start();
    await house.clock.advance(185_000);
    expect(times('read-status')).toHaveLength(3);
  });

  it('stops', async () => {
    await serve(fine);
    start();
    await poller?.stop();
    await house.clock.advance(600_000);
    expect(asked).toEqual([]);
  });
});

describe('the balance', () => {
  const poll = async (text: string | null, options: Polling = {}, imsi: string | null = null) => {
    await serve(() => ({ ok: true, value: { type: 'ussd', status: 0, text } }));
    start({ balanceUssd: '*105#', ...options });
    await link('ready', imsi);
    await house.clock.advance(11_000);
    return (await house.queries.reading('balance'))?.data;
  };

  it('is read out of the answer', async () => {
    expect(await poll('105.99р.\n(8р/д)*213#')).toEqual({
      text: '105.99р.\n(8р/д)*213#',
      minor: 10_599,
      currency: 'RUB',
      confidence: 0.625,
    });
    expect(asked.find(({ command }) => command.type === 'ussd')?.command).toMatchObject({
      text: '*105#',
      endSession: true,
    });
    expect(house.notices.at(-1)).toEqual({ type: 'reading.changed', key: 'balance', modem });
    await house.clock.advance(3_600_000);
    const points = await house.store.readingPoints({ modem, key: 'balance', since: 0, until: 1e15, step: 0, limit: 9 });
    expect(points.map(({ value }) => value)).toEqual([10_599]);
  });

  it('is in the currency of the SIM where the answer names none', async () => {
    expect(await poll('Balans 5.10', {}, '250021234567890')).toMatchObject({ minor: 510, currency: 'RUB' });
  });

  it('names no currency that nobody told', async () => {
    expect(await poll('Balans 5.10', {}, '262021234567890')).toMatchObject({ minor: 510, currency: null });
  });

  it('stays a text where no amount is clear', async () => {
    expect(await poll('Ответ придет в SMS')).toEqual({
      text: 'Ответ придет в SMS',
      minor: null,
      currency: null,
      confidence: 0,
    });
  });

  it("follows the user's pattern", async () => {
    const found = await poll('A 5.00 B 7.25', { balancePattern: /B (\d+\.\d+)/ });
    expect(found).toMatchObject({ minor: 725, confidence: 1 });
  });

  it('keeps the last one when the network gives none', async () => {
    expect(await poll(null)).toBeUndefined();
  });
});

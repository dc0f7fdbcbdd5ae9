import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetCodeTexts, forgetOld, keepAll, type Retention } from '../../../../src/app/privacy/forget.ts';
import { createScheduler } from '../../../../src/app/scheduler.ts';
import { createInProcessBus } from '../../../../src/bus/in-process.ts';
import { silentLogger } from '../../../../src/core/logger.ts';
import type { Store } from '../../../../src/store/store.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { inbound, inboundPart } from '../../../contract/store-records.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const start = Date.UTC(2026, 10, 23, 12);
const [minute, day] = [60_000, 86_400_000];
const secret = 'Your verification code is 918273. Do not tell it';
const pdu = '07919761980644F0C0DEC0DEC0DE';

let directory: string;
let clock: VirtualClock;
let store: Store;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'simloft-forget-'));
  clock = new VirtualClock(start);
  store = await openSqliteStore({ directory, clock, log: silentLogger });
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

const add = (text: string, ago = 0) =>
  store.transaction(async (tx) => {
    const at = await tx.stamp(clock.now() - ago);
    const id = await tx.addInbound(inbound({ text, sender: 'Bank', storedAt: at, receivedAt: at }));
    await tx.addInboundPart(inboundPart(id, { key: `key ${id}`, pdu, receivedAt: at }));
    return id;
  });
const texts = async () => (await store.inboundMessages({ limit: 1_000 })).map(({ text }) => text);
const options = (retention: Partial<Retention>) => ({
  store,
  clock,
  log: silentLogger,
  retention: { ...keepAll, ...retention },
});
const going = new AbortController().signal;

/** Which of the store's files hold this. */
const filesWith = (words: string) =>
  readdirSync(directory).filter((name) => readFileSync(join(directory, name)).includes(words));

describe('forgetting', () => {
  it('takes what is old, in however many pieces', async () => {
    for (let count = 0; count < 450; count += 1) await add(`old ${count}`, 2 * day);
    await add('young');
    await forgetOld(options({ messages: day }), going);
    expect(await texts()).toEqual(['young']);
  });

  it('leaves nothing of it in the files', async () => {
    await add(secret, 2 * day);
    for (let count = 0; count < 50; count += 1) await add(`${secret} ${'and so on '.repeat(60)}`, 2 * day);
    const kept = await add('This stays');
    expect(filesWith('918273')).not.toEqual([]);
    await forgetOld(options({ codes: day }), going);
    expect(await texts()).toEqual(['This stays']);
    expect(filesWith('918273')).toEqual([]);
    expect(filesWith('and so on')).toEqual([]);
    expect(filesWith('This stays')).not.toEqual([]);
    await store.transaction((tx) => tx.deleteInbound(kept));
    await store.scrub();
    expect(filesWith('This stays')).toEqual([]);
    expect(filesWith(pdu)).toEqual([]);
  });

  it('of codes takes their text after a while, and leaves who wrote and when', async () => {
    const id = await add(secret);
    await add('The weather is fine');
    await clock.advance(9 * minute);
    await forgetCodeTexts(options({ codeTexts: 10 * minute }), going);
    expect(await texts()).toContain(secret);
    await clock.advance(2 * minute);
    await forgetCodeTexts(options({ codeTexts: 10 * minute }), going);
    expect(await store.inboundMessage(id)).toMatchObject({ text: '', sender: 'Bank', textRemovedAt: clock.now() });
    expect(await texts()).toEqual(['The weather is fine', '']);
    expect(filesWith('918273')).toEqual([]);
  });

  it('stops between two pieces when it is told to, and goes on the next time', async () => {
    for (let count = 0; count < 450; count += 1) await add(`old ${count}`, 2 * day);
    const stopped = new AbortController();
    const slow: Store = {
      ...store,
      transaction(work, about) {
        stopped.abort();
        return store.transaction(work, about);
      },
    };
    await expect(forgetOld({ ...options({ messages: day }), store: slow }, stopped.signal)).rejects.toThrow('abort');
    expect((await texts()).length).toBe(250);
    await forgetOld(options({ messages: day }), going);
    expect(await texts()).toEqual([]);
  });

  it('is done by the scheduler in its time', async () => {
    const bus = createInProcessBus({ clock, log: silentLogger });
    const about = { store, bus, clock, log: silentLogger, polling: {}, shared: true };
    const retention = { ...keepAll, calls: day, messages: day, codeTexts: 5 * minute };
    const scheduler = createScheduler({ ...about, retention });
    await add('old', 2 * day);
    await add(secret);
    scheduler.start();
    await clock.advance(6 * minute);
    expect(await texts()).toEqual(['', 'old']);
    await clock.advance(10 * minute);
    expect(await texts()).toEqual(['']);
    await scheduler.stop();
    await bus.close();
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { inbound } from '../contract/store-records.ts';
import { recordingLogger } from '../support/recording-logger.ts';
import { type PostgresServer, query, startPostgres } from '../support/servers/postgres.ts';
import { signalAll } from '../support/servers/postgres-processes.ts';
import { openSilentLink } from '../support/servers/silent-link.ts';
import { until } from '../support/until.ts';

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase('simloft');
});
afterAll(() => server.stop());

const open = (options: { url?: string; connectMs?: number; answerMs?: number; poolSize?: number } = {}) =>
  openPostgresStore({ url, clock: systemClock, log: silentLogger, ...options });
const add = (store: Store, text: string, key = text) =>
  store.transaction((tx) => tx.addInbound(inbound({ text, storedAt: null })), { key });
const unavailable = (cure: RegExp) => ({ code: 'store_unavailable', message: expect.stringMatching(cure) });
const works = async (store: Store) => (await store.check().catch(() => false)) !== false;
const gate = () => Promise.withResolvers<void>();

describe('a server that is killed in the middle of writes', () => {
  it('has kept every row that was acknowledged, and is used again as soon as it is back', async () => {
    const log = recordingLogger();
    const store = await openPostgresStore({ url, clock: systemClock, log });
    const acknowledged: [number, string][] = [];
    const failures: unknown[] = [];
    const ended = new AbortController();
    const writer = async (name: string) => {
      for (let line = 0; !ended.signal.aborted; line += 1) {
        const text = `${name} ${line}`;
        try {
          acknowledged.push([await add(store, text), text]);
        } catch (error) {
          failures.push(error);
          await pause(10);
        }
      }
    };
    const writers = Promise.all(['a', 'b', 'c', 'd'].map(writer));
    for (let round = 0; round < 3; round += 1) {
      const before = acknowledged.length;
      await until('some rows to be written', () => acknowledged.length > before + 40);
      signalAll(server, 'SIGKILL');
      await server.kill();
      const failed = failures.length;
      await until('writes to fail', () => failures.length > failed + 4);
      await expect(store.inboundMessages({ limit: 1 })).rejects.toMatchObject(
        unavailable(new RegExp(`^PostgreSQL at 127\\.0\\.0\\.1:${server.port} cannot be used\\. .+`)),
      );
      await server.start();
      await until('writes to pass again', () => works(store));
    }
    ended.abort();
    await writers;
    const kept = new Map((await query(url, 'select id, text from inbound')).map(({ id, text }) => [Number(id), text]));
    expect(acknowledged.filter(([id, text]) => kept.get(id) !== text)).toEqual([]);
    expect(new Set(failures.map((error) => (error instanceof Error && 'code' in error ? error.code : error)))).toEqual(
      new Set(['store_unavailable']),
    );
    // Said once when it is gone, and once when it is back.
    const told = log.lines.map(({ level }) => level);
    expect(told.length).toBeGreaterThanOrEqual(6);
    expect(told).toEqual(told.map((_, index) => (index % 2 === 0 ? 'warn' : 'info')));
    await store.close();
  });
});

describe('a server that is frozen', () => {
  it('for a moment is waited for', async () => {
    const store = await open();
    await add(store, 'before');
    signalAll(server, 'SIGSTOP');
    let answered = 0;
    const asked = [add(store, 'while'), store.inboundMessages({ limit: 1 }), store.check()].map(async (answer) => {
      await answer;
      answered += 1;
    });
    await pause(2_000);
    const early = answered;
    signalAll(server, 'SIGCONT');
    await Promise.all(asked);
    expect([early, answered]).toEqual([0, 3]);
    await store.close();
  });

  it('for long lets nobody wait for ever, those in line included, and is used again when it goes on', async () => {
    const store = await open({ connectMs: 500, answerMs: 1_000, poolSize: 2 });
    await add(store, 'before');
    signalAll(server, 'SIGSTOP');
    const begun = performance.now();
    const reads = Array.from({ length: 50 }, () => store.inboundMessages({ limit: 1 }));
    const writes = Array.from({ length: 50 }, (_, line) => store.transaction((tx) => tx.nextCount(`x${line}`, 9, 0)));
    const ends = await Promise.allSettled([...reads, ...writes]);
    const took = performance.now() - begun;
    const [check] = await Promise.allSettled([store.check()]);
    signalAll(server, 'SIGCONT');
    expect(took).toBeLessThan(6_000);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(check).toMatchObject({ reason: unavailable(/It does not answer\. Check that it runs/) });
    await until('the store to work again', () => works(store));
    await store.close();
  });
});

describe('a link that swallows everything', () => {
  it('ends the statement on it, and the next one takes a new link', async () => {
    const link = await openSilentLink(server.port);
    const store = await open({ url: url.replace(`:${server.port}`, `:${link.port}`), answerMs: 800 });
    // Several connections, all of which die without noticing.
    await Promise.all(['a', 'b', 'c'].map((text) => add(store, text)));
    link.cut();
    await expect(store.inboundMessages({ limit: 1 })).rejects.toMatchObject(unavailable(/It does not answer/));
    await expect(store.check()).resolves.toBeUndefined();
    await expect(Promise.all(['d', 'e', 'f'].map((text) => add(store, text)))).resolves.toHaveLength(3);
    await store.close();
    link.close();
  });
});

describe('a connection that the server ends', () => {
  const endAll = () =>
    query(url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'simloft'");

  it('takes nothing down with it, idle or in the middle of a transaction', async () => {
    const store = await open();
    const [begun, end] = [gate(), gate()];
    const cutOff = store.transaction(async (tx) => {
      await tx.addInbound(inbound({ text: 'cut off', storedAt: null }));
      begun.resolve();
      await end.promise;
      await tx.simKnown('nobody');
    });
    await Promise.all([begun.promise, store.inboundMessages({ limit: 1 }), store.modems()]);
    await endAll();
    end.resolve();
    await expect(cutOff).rejects.toMatchObject({ code: 'store_unavailable' });
    await until('the store to work again', () => works(store));
    expect(await query(url, "select id from inbound where text = 'cut off'")).toEqual([]);
    await store.close();
  });
});

describe('a process that froze inside a transaction', () => {
  it('loses the store to the others after a while', async () => {
    // The server gives up before the client does, also where both are slow.
    const [frozen, other] = await Promise.all([open({ answerMs: 1_500 }), open({ answerMs: 1_500 })]);
    const [begun, end] = [gate(), gate()];
    const asleep = frozen.transaction(async (tx) => {
      await tx.addInbound(inbound({ text: 'frozen', storedAt: null }));
      begun.resolve();
      await end.promise;
    });
    await begun.promise;
    await expect(other.transaction((tx) => tx.modems())).rejects.toMatchObject(unavailable(/Another process holds/));
    await until('the other process to get its turn', () => works(other), 15_000);
    end.resolve();
    await expect(asleep).rejects.toMatchObject({ code: 'store_unavailable' });
    await until('the first one to work again', () => works(frozen));
    expect(await query(url, "select id from inbound where text = 'frozen'")).toEqual([]);
    await Promise.all([frozen.close(), other.close()]);
  });
});

import { createAccess } from '../../src/app/access/access.ts';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createQueries } from '../../src/app/queries.ts';
import { createResources } from '../../src/app/resources.ts';
import { createSendMessage } from '../../src/app/send-message.ts';
import { createInProcessBus } from '../../src/bus/in-process.ts';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { systemRandom } from '../../src/core/random.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { lookupAll } from '../../src/webhook/guard.ts';
import { inboundSql, sendersSql } from '../support/many-rows.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { until } from '../support/until.ts';

const rows = 100_000;

it('100,000 messages go to a reader that is slow without being held in memory', { timeout: 180_000 }, async () => {
  await using directory = await temporaryDirectory();
  const opening = { directory: directory.path, clock: systemClock, log: silentLogger };
  await (await openSqliteStore(opening)).close();
  using database = new DatabaseSync(join(directory.path, 'simloft.db'));
  for (const statement of [sendersSql, inboundSql(1, rows)]) database.exec(statement);
  const [shown] = database
    .prepare("select count(*) as n from inbound where duplicate_of is null and state <> 'hidden'")
    .all()
    .map((row) => Number(row['n']));
  const store = await openSqliteStore(opening);
  const bus = createInProcessBus({ clock: systemClock, log: silentLogger });
  const sending = { store, bus, clock: systemClock, random: systemRandom, modem: 'modem' };
  const resources = createResources({
    ...sending,
    log: silentLogger,
    guard: { ownPorts: [], lookup: lookupAll },
  });
  let pages = 0;
  const counted: typeof resources = {
    ...resources,
    messages: {
      ...resources.messages,
      list(...asked) {
        pages += 1;
        return resources.messages.list(...asked);
      },
    },
  };
  const doors = {
    queries: createQueries({ store, modem: 'modem' }),
    sendMessage: createSendMessage(sending),
    about: { version: '1', startedAt: 0 },
    demo: null,
    shownSettings: [],
    ...createAccess({ store, clock: systemClock, log: silentLogger }),
  };
  const server = createHttpServer({ ...doors, resources: counted, log: silentLogger });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const asked = request({ host: '127.0.0.1', port, path: '/v1/export?what=messages&format=csv' }).end();
  const [answer] = await once(asked, 'response');
  // Whoever does not read holds up the store as soon as what lies between is full.
  let before = -1;
  await until('the writer to wait', async () => {
    const still = pages > 0 && pages === before;
    before = pages;
    await pause(200);
    return still;
  });
  expect(pages).toBeLessThan(100);
  let lines = 0;
  let most = 0;
  for await (const chunk of answer) {
    lines += String(chunk).split('\n').length - 1;
    most = Math.max(most, process.memoryUsage().heapUsed);
  }
  expect(lines).toBe((shown ?? 0) + 1);
  expect(pages).toBeGreaterThan(150);
  expect(most).toBeLessThan(250 * 1024 * 1024);
  await server.close();
  await bus.close();
  await store.close();
});

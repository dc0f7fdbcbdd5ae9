import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Access, createAccess } from '../../../src/app/access/access.ts';
import { loadFindCode } from '../../../src/codes/load.ts';
import { createHandler } from '../../../src/app/handler.ts';
import { createQueries, type Queries } from '../../../src/app/queries.ts';
import { createResources, type Resources } from '../../../src/app/resources.ts';
import { createSendMessage, type SendMessage } from '../../../src/app/send-message.ts';
import type { Bus, EventHandler } from '../../../src/bus/bus.ts';
import { createInProcessBus } from '../../../src/bus/in-process.ts';
import type { LiveNotice } from '../../../src/core/live.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { ShownSetting } from '../../../src/core/shown-setting.ts';
import type { Store } from '../../../src/store/store.ts';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import { lookupAll } from '../../../src/webhook/guard.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** The gateway's inside without a modem and without a port: the real store in a directory of its own, the real bus, a clock that waits. */
export interface House {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: VirtualClock;
  readonly handle: EventHandler;
  readonly queries: Queries;
  readonly send: SendMessage;
  readonly resources: Resources;
  /** What the API is built on. */
  readonly doors: Access & {
    readonly queries: Queries;
    readonly sendMessage: SendMessage;
    readonly resources: Resources;
    readonly about: { readonly version: string; readonly startedAt: number };
    readonly demo: null;
    readonly shownSettings: readonly ShownSetting[];
  };
  /** What every event begins with: a new id, the modem, its run, the time of the house. */
  base(run?: string): { id: string; modem: string; run: string; at: number };
  /** Everything that was announced so far. */
  readonly notices: LiveNotice[];
  close(): Promise<void>;
}

export const modem = 'modem';
const shownPort: ShownSetting = {
  name: 'PORT',
  group: 'network',
  value: '8081',
  secret: false,
  without: null,
  source: 'file',
  place: 'simloft.yaml:3',
  description: 'TCP port that the gateway listens on.',
};

export const sim = '8970101234567890123';

export async function openHouse(start?: number): Promise<House> {
  // It is loaded when somebody needs it, and on the machine's own time, which a clock that waits does not know.
  await loadFindCode();
  const directory = await mkdtemp(join(tmpdir(), 'simloft-app-'));
  const clock = new VirtualClock(start);
  const store = await openSqliteStore({ directory, clock, log: silentLogger });
  const bus = createInProcessBus({ clock, log: silentLogger });
  const random = seededRandom(7);
  const notices: LiveNotice[] = [];
  let events = 0;
  bus.listen((notice) => notices.push(notice));
  const queries = createQueries({ store, modem });
  const send = createSendMessage({ store, bus, clock, random, modem });
  const resources = createResources({
    store,
    bus,
    clock,
    random,
    modem,
    log: silentLogger,
    guard: { ownPorts: [], lookup: lookupAll },
  });
  const access = createAccess({ store, clock, log: silentLogger });
  const handle = createHandler({ store, bus, clock, log: silentLogger, random });
  return {
    store,
    bus,
    clock,
    notices,
    handle,
    base(run = 'run-1') {
      events += 1;
      return { id: `event-${events}`, modem, run, at: clock.now() };
    },
    queries,
    send,
    resources,
    doors: {
      queries,
      sendMessage: send,
      resources,
      ...access,
      about: { version: '1', startedAt: 0 },
      demo: null,
      shownSettings: [shownPort],
    },
    async close() {
      await bus.close();
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
}

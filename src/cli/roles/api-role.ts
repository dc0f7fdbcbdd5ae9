import { createAccess } from '../../app/access/access.ts';
import { createQueries, type HealthReason } from '../../app/queries.ts';
import { createResources } from '../../app/resources.ts';
import { createSendMessage } from '../../app/send-message.ts';
import type { Bus } from '../../bus/bus.ts';
import type { LoadedSettings } from '../../config/load.ts';
import { shownSettings } from '../../config/shown-settings.ts';
import { systemClock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { systemRandom } from '../../core/random.ts';
import type { Store } from '../../store/store.ts';
import type { HttpDeps } from '../../http/deps.ts';
import { version } from '../version.ts';
import { listen } from '../listen.ts';
import { storeTroubles } from '../open-parts.ts';
import { guardOf } from './guard.ts';
import type { Watch } from '../watch.ts';
import { retentionOf } from './retention.ts';
import type { Role } from './role.ts';

export interface ApiRoleOptions {
  readonly settings: LoadedSettings;
  readonly store: Store;
  readonly bus: Bus;
  readonly log: Logger;
  /** The modem that messages are sent through unless they name another. */
  readonly modem: string;
  readonly watch: Watch | null;
  /** Carries out an order to the built-in virtual modem; null with a real one. */
  readonly demo: HttpDeps['demo'];
  /** What else keeps the gateway from being ready: the broker. */
  readonly troubles: () => readonly HealthReason[];
}

export interface ApiRole extends Role {
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly url: string;
}

/** Answers the API; any number of processes may do so. */
export async function startApiRole({
  settings,
  store,
  bus,
  log,
  modem,
  troubles,
  watch,
  demo,
}: ApiRoleOptions): Promise<ApiRole> {
  const queries = createQueries({ store, modem, troubles });
  const sending = { store, bus, clock: systemClock, random: systemRandom, modem };
  const sendMessage = createSendMessage(sending);
  const resources = createResources({
    ...sending,
    log,
    guard: guardOf(settings),
    sendExpiryMs: settings.sendExpiry,
    retention: retentionOf(settings),
    shared: settings.amqpUrl !== null || settings.databaseUrl !== null,
  });
  const access = createAccess({ store, clock: systemClock, log });
  const server = await listen({
    settings,
    log,
    ...access,
    demo,
    shownSettings: shownSettings(settings),
    about: { version, startedAt: systemClock.now() },
    watch,
    queries,
    resources,
    sendMessage: (request) => sendMessage({ expiresInMs: settings.sendExpiry, ...request }),
  });
  return {
    url: server.url,
    troubles: () => storeTroubles(store),
    async stop() {
      await server.close();
      await access.audit.flush();
    },
  };
}

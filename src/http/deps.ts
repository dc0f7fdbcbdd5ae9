import type { Access } from '../app/access/access.ts';
import type { Queries } from '../app/queries.ts';
import type { Resources } from '../app/resources.ts';
import type { QueuedMessage, SendRequest } from '../app/send-message.ts';
import type { ShownSetting } from '../core/shown-setting.ts';
import type { LocalTime } from './local-time.ts';

/** What the routes are built on. */
export interface HttpDeps extends Access {
  readonly queries: Queries;
  readonly sendMessage: (request: SendRequest) => Promise<QueuedMessage>;
  /** What `/v1` is about. */
  readonly resources: Resources;
  /** The program that runs. */
  readonly about: { readonly version: string; readonly startedAt: number };
  /** Carries out an order to the built-in virtual modem; null on a gateway with a real one. */
  readonly demo: ((order: unknown) => Readonly<Record<string, unknown>>) | null;
  /** The settings that this process was started with. */
  readonly shownSettings: readonly ShownSetting[];
  readonly localTime: LocalTime;
}

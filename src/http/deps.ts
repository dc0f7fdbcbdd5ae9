import type { Access } from '../app/access/access.ts';
import type { Queries } from '../app/queries.ts';
import type { Resources } from '../app/resources.ts';
import type { QueuedMessage, SendRequest } from '../app/send-message.ts';
import type { LocalTime } from './local-time.ts';

/** What the routes are built on. */
export interface HttpDeps extends Access {
  readonly queries: Queries;
  readonly sendMessage: (request: SendRequest) => Promise<QueuedMessage>;
  /** What `/v1` is about. */
  readonly resources: Resources;
  readonly localTime: LocalTime;
}

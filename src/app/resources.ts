import type { Bus } from '../bus/bus.ts';
import type { Logger } from '../core/logger.ts';
import type { MessageChangeOptions } from './messages/change-messages.ts';
import { createMessages, type Messages } from './messages/messages.ts';

export interface ResourcesOptions extends MessageChangeOptions {
  readonly bus: Bus;
  readonly log: Logger;
}

/** What `/v1` is about: each resource with what can be asked of it and done to it. */
export interface Resources {
  readonly messages: Messages;
}

export const createResources = (options: ResourcesOptions): Resources => ({
  messages: createMessages(options),
});

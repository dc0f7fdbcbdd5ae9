import type { Bus } from '../bus/bus.ts';
import type { Logger } from '../core/logger.ts';
import { createCarrier } from '../webhook/carrier.ts';
import type { GuardOptions } from '../webhook/guard.ts';
import { type CallsResource, createCallsResource } from './calls-resource.ts';
import { type Contacts, createContacts, createSenderLists, type SenderLists } from './contacts.ts';
import type { MessageChangeOptions } from './messages/change-messages.ts';
import { createLive, type Live } from './live/live.ts';
import { type Alarms, createAlarms } from './messages/alarms.ts';
import { createMessages, type Messages } from './messages/messages.ts';
import { keepAll, type Retention } from './privacy/forget.ts';
import { createPrivacy, type Privacy } from './privacy/privacy.ts';
import { createWebhooks, type Webhooks } from './webhooks/manage-webhooks.ts';
import { createModems, type Modems } from './modems/modems.ts';

export interface ResourcesOptions extends MessageChangeOptions {
  readonly bus: Bus;
  readonly log: Logger;
  /** Where webhooks may lead to. */
  readonly guard: GuardOptions;
  /** Others use the same store; true by default. */
  readonly shared?: boolean;
  /** How long things are kept; for ever by default. */
  readonly retention?: Retention;
}

/** What `/v1` is about: each resource with what can be asked of it and done to it. */
export interface Resources {
  readonly messages: Messages;
  readonly alarms: Alarms;
  readonly webhooks: Webhooks;
  readonly modems: Modems;
  readonly calls: CallsResource;
  readonly contacts: Contacts;
  readonly senderLists: SenderLists;
  readonly live: Live;
  readonly privacy: Privacy;
}

export function createResources(options: ResourcesOptions): Resources {
  const messages = createMessages(options);
  return {
    messages,
    alarms: createAlarms({ ...options, messages }),
    webhooks: createWebhooks({ ...options, carrier: createCarrier({ ...options.guard, clock: options.clock }) }),
    modems: createModems(options),
    calls: createCallsResource(options),
    contacts: createContacts(options),
    senderLists: createSenderLists(options),
    live: createLive(options),
    privacy: createPrivacy(options.store, options.retention ?? keepAll),
  };
}

import { sleep } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';
import type { StoreTransaction } from '../../store/store.ts';
import {
  type NewWebhookTarget,
  type WebhookFilters,
  webhookKey,
  type WebhookTarget,
} from '../../store/webhook-records.ts';
import { checkPlace, type GuardOptions, type Place } from '../../webhook/guard.ts';
import { readTarget, shownTarget } from '../../webhook/read-target.ts';
import { isSecret, newSecret } from '../../webhook/signature.ts';
import { templateTable } from '../../webhook/template-table.ts';
import type { Template } from '../../webhook/template.ts';
import { createDeliveryLog, type DeliveryLog } from './delivery-log.ts';
import { requireEvents } from './filters.ts';
import { routingKey } from './route-events.ts';
import type { TryOptions } from './try-delivery.ts';

export interface NewWebhook {
  readonly name: string;
  readonly template: string;
  /** The usual address of the template when it is left out. */
  readonly url?: string;
  readonly options: Readonly<Record<string, string>>;
  /** What the template is for, when events are left out. */
  readonly filters: Partial<WebhookFilters>;
  readonly allowInsecure: boolean;
  readonly enabled: boolean;
  /** A new one is made when it is left out. */
  readonly secret?: string;
}

/** What is left out stays as it is. */
export interface WebhookChange {
  readonly name?: string;
  readonly url?: string;
  /** Null takes an option away; those that are not named stay. */
  readonly options?: Readonly<Record<string, string | null>>;
  readonly filters?: Partial<WebhookFilters>;
  readonly allowInsecure?: boolean;
  readonly enabled?: boolean;
  /** A new secret, made here or given. */
  readonly newSecret?: true | string;
}

/** A target as it may be shown, and its secret where it is new. */
export interface ShownWebhook {
  readonly target: WebhookTarget;
  readonly secret: string | null;
}

/** Who is told what; secrets are told once, when they are made. */
export interface Webhooks extends DeliveryLog {
  templates(): Readonly<Record<string, Template>>;
  list(): Promise<WebhookTarget[]>;
  /** @throws SimloftError `not_found` */
  one(id: number): Promise<WebhookTarget>;
  /** @throws SimloftError `request_invalid`, `webhook_refused`, `webhook_name_taken` */
  create(given: NewWebhook): Promise<ShownWebhook>;
  /** @throws SimloftError `not_found`, `request_invalid`, `webhook_refused`, `webhook_name_taken` */
  change(id: number, change: WebhookChange): Promise<ShownWebhook>;
  /** With its deliveries. @throws SimloftError `not_found` */
  remove(id: number): Promise<void>;
}

export interface WebhooksOptions extends TryOptions {
  readonly guard: GuardOptions;
}

/** How long a name is looked up while somebody waits for the answer, ms. */
const lookupMs = 5_000;

const everything: WebhookFilters = { events: [], senders: [], text: null, modems: [] };

export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { store, clock } = options;
  return {
    ...createDeliveryLog(options),
    templates: () => templateTable,
    list: async () => (await store.webhookTargets()).map(shownTarget),
    one: async (id) => shownTarget(found(id, await store.webhookTarget(id))),
    async create({ url = null, secret = newSecret(), ...given }) {
      const read = readTarget({ template: given.template, url, options: given.options });
      const filters = { ...everything, events: read.events, ...given.filters };
      requireEvents(filters.events);
      requireSecret(secret);
      await requireHarmless({ url: read.url, allowInsecure: given.allowInsecure }, options);
      const row = { ...given, url: read.url, filters, secret, disabledWhy: null, createdAt: clock.now() };
      const target = await store.transaction((tx) => add(tx, row), { key: routingKey });
      return { target: shownTarget(target), secret };
    },
    async change(id, change) {
      const { newSecret: wanted, ...rest } = change;
      const secret = wanted === true ? newSecret() : (wanted ?? null);
      if (secret !== null) requireSecret(secret);
      requireEvents(rest.filters?.events ?? []);
      const before = found(id, await store.webhookTarget(id));
      const after = changed(before, rest);
      readTarget(after);
      if (after.url !== before.url || after.allowInsecure !== before.allowInsecure)
        await requireHarmless(after, options);
      const target = await store.transaction(
        (tx) => alter(tx, id, { ...rest, ...(secret === null ? {} : { secret }) }),
        {
          key: routingKey,
        },
      );
      return { target: shownTarget(target), secret };
    },
    async remove(id) {
      await store.transaction(
        async (tx) => {
          found(id, await tx.webhookTarget(id));
          await tx.removeWebhookTarget(id);
        },
        { key: webhookKey(id) },
      );
    },
  };
}

async function add(tx: StoreTransaction, row: Omit<NewWebhookTarget, 'afterEvent'>): Promise<WebhookTarget> {
  await requireFree(tx, row.name, null);
  const { last } = await tx.feedEnds();
  const id = await tx.addWebhookTarget({ ...row, afterEvent: last });
  return found(id, await tx.webhookTarget(id));
}

async function alter(
  tx: StoreTransaction,
  id: number,
  { secret, ...change }: Omit<WebhookChange, 'newSecret'> & { secret?: string },
): Promise<WebhookTarget> {
  const before = found(id, await tx.webhookTarget(id));
  if (change.name !== undefined) await requireFree(tx, change.name, id);
  const enabled = !before.enabled && change.enabled === true;
  await tx.changeWebhookTarget(id, {
    ...changed(before, change),
    ...(secret === undefined ? {} : { secret }),
    // What happened while it was disabled is not told later.
    ...(enabled ? { afterEvent: (await tx.feedEnds()).last, disabledWhy: null } : {}),
  });
  return found(id, await tx.webhookTarget(id));
}

function changed(
  before: WebhookTarget,
  { options, filters, ...same }: Omit<WebhookChange, 'newSecret'>,
): WebhookTarget {
  const merged: Record<string, string | null> = { ...before.options, ...options };
  const kept = Object.entries(merged).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  return { ...before, ...same, options: Object.fromEntries(kept), filters: { ...before.filters, ...filters } };
}

async function requireFree(tx: StoreTransaction, name: string, except: number | null): Promise<void> {
  const other = (await tx.webhookTargets()).find((target) => target.name === name && target.id !== except);
  if (other !== undefined)
    throw new SimloftError('webhook_name_taken', `The webhook ${other.id} has the name "${name}" already.`);
}

/** A name that cannot be looked up now is looked up, and its addresses checked, whenever something is told. */
async function requireHarmless(place: Place, { guard, clock }: WebhooksOptions): Promise<void> {
  const over = new AbortController();
  const patience = sleep(clock, lookupMs, over.signal).catch(() => {});
  const checking = checkPlace(place, guard).catch((error: unknown) => {
    if (error instanceof SimloftError) throw error;
  });
  try {
    await Promise.race([checking, patience]);
  } finally {
    over.abort();
    checking.catch(() => {});
  }
}

function requireSecret(secret: string): void {
  if (isSecret(secret)) return;
  const text = 'The field "secret" must be whsec_ and 24 to 64 octets in base64. Leave it out, and one is made.';
  throw new SimloftError('request_invalid', text, { details: { field: 'secret' } });
}

function found(id: number, target: WebhookTarget | null): WebhookTarget {
  if (target !== null) return target;
  throw new SimloftError('not_found', `There is no webhook with the id ${id}.`);
}

import * as v from 'valibot';
import type { LoggedDelivery } from '../../app/webhooks/delivery-log.ts';
import type { ShownWebhook, Webhooks } from '../../app/webhooks/manage-webhooks.ts';
import { integer, textOf, writeInstant, writtenInstant } from '../api/schema.ts';
import { defined } from './defined.ts';

/* What is written */

const part = textOf(1, 200, 'a text of 1 to 200 characters');
const parts = v.pipe(v.array(part, 'a list of texts'), v.maxLength(100, 'at most 100 texts'));

export const givenFilters = v.strictObject(
  {
    events: v.optional(parts),
    senders: v.optional(parts),
    text: v.optional(v.nullable(part)),
    modems: v.optional(parts),
  },
  'an object such as {"events":["message.received"],"senders":["Bank"]}',
);

const optionName = textOf(1, 40, 'the name of an option');
const optionValue = textOf(1, 1_000, 'a text of 1 to 1000 characters');
const name = textOf(1, 80, 'a name of 1 to 80 characters');
const url = textOf(1, 2_000, 'a URL');
const boolean = v.boolean('true or false');
const secret = textOf(1, 100, 'a secret such as whsec_…');

export const givenWebhook = v.strictObject(
  {
    name,
    template: v.optional(textOf(1, 40, 'the name of a template'), 'json'),
    url: v.optional(url),
    options: v.optional(v.record(optionName, optionValue, 'an object of texts'), {}),
    filters: v.optional(givenFilters, {}),
    allow_insecure: v.optional(boolean, false),
    enabled: v.optional(boolean, true),
    secret: v.optional(secret),
  },
  'a JSON object such as {"name":"house","url":"http://192.168.1.5:8123/hook"}',
);

export const webhookChange = v.strictObject(
  {
    name: v.optional(name),
    url: v.optional(url),
    options: v.optional(v.record(optionName, v.nullable(optionValue), 'an object of texts')),
    filters: v.optional(givenFilters),
    allow_insecure: v.optional(boolean),
    enabled: v.optional(boolean),
    secret: v.optional(secret),
    rotate_secret: v.optional(v.literal(true, 'true')),
  },
  'a JSON object such as {"enabled":false}',
);

export const readFilters = (filters: v.InferOutput<typeof givenFilters>) => defined(filters);

/* What is shown */

const texts = v.array(v.string());

export const webhookSchema = v.object({
  id: integer,
  name: v.string(),
  template: v.string(),
  url: v.string(),
  options: v.record(v.string(), v.string()),
  filters: v.object({ events: texts, senders: texts, text: v.nullable(v.string()), modems: texts }),
  allow_insecure: v.boolean(),
  enabled: v.boolean(),
  disabled_why: v.nullable(v.string()),
  secret: v.string(),
  created_at: writtenInstant,
});

export const webhookJson = ({ target, secret: plain }: ShownWebhook): v.InferOutput<typeof webhookSchema> => {
  const { filters } = target;
  return {
    id: target.id,
    name: target.name,
    template: target.template,
    url: target.url,
    options: target.options,
    filters: {
      events: [...filters.events],
      senders: [...filters.senders],
      text: filters.text,
      modems: [...filters.modems],
    },
    allow_insecure: target.allowInsecure,
    enabled: target.enabled,
    disabled_why: target.disabledWhy,
    secret: plain ?? target.secret,
    created_at: writeInstant(target.createdAt),
  };
};

export const deliverySchema = v.object({
  id: integer,
  webhook: integer,
  message_id: v.string(),
  type: v.string(),
  about: v.nullable(v.string()),
  modem: v.string(),
  state: v.picklist(['queued', 'delivered', 'parked', 'dropped']),
  attempt: integer,
  next_attempt_at: v.nullable(writtenInstant),
  created_at: writtenInstant,
  delivered_at: v.nullable(writtenInstant),
  error: v.nullable(v.string()),
  attempts: v.array(
    v.object({
      at: writtenInstant,
      ms: integer,
      status: v.nullable(integer),
      answer: v.nullable(v.string()),
      error: v.nullable(v.string()),
    }),
  ),
});

export const deliveryJson = ({
  delivery,
  messageId,
  attempts,
}: LoggedDelivery): v.InferOutput<typeof deliverySchema> => ({
  id: delivery.id,
  webhook: delivery.targetId,
  message_id: messageId,
  type: delivery.event.type,
  about: aboutOf(delivery.event),
  modem: delivery.event.modem,
  state: delivery.state,
  attempt: delivery.attempt,
  next_attempt_at: delivery.state === 'queued' ? writeInstant(delivery.nextAttemptAt) : null,
  created_at: writeInstant(delivery.createdAt),
  delivered_at: delivery.deliveredAt === null ? null : writeInstant(delivery.deliveredAt),
  error: delivery.error,
  attempts: attempts.map(({ at, ms, status, answer, error }) => ({ at: writeInstant(at), ms, status, answer, error })),
});

/** The id of the message or call, as `/v1` has it. */
function aboutOf({ type, row }: LoggedDelivery['delivery']['event']): string | null {
  if (row === null) return null;
  if (type === 'call.changed') return String(row);
  return `${type === 'message.changed' ? 'out' : 'in'}-${row}`;
}

export const templateSchema = v.object({
  name: v.string(),
  meaning: v.string(),
  url: v.object({ meaning: v.string(), default: v.nullable(v.string()) }),
  options: v.array(
    v.object({
      name: v.string(),
      meaning: v.string(),
      required: v.boolean(),
      secret: v.boolean(),
      allowed: v.string(),
    }),
  ),
  events: texts,
});

export const templatesJson = (templates: ReturnType<Webhooks['templates']>): v.InferOutput<typeof templateSchema>[] =>
  Object.entries(templates).map(([named, { meaning, url: address, options, events }]) => ({
    name: named,
    meaning,
    url: { meaning: address.meaning, default: address.default },
    options: Object.entries(options).map(([option, spec]) => ({
      name: option,
      meaning: spec.meaning,
      required: spec.required,
      secret: spec.secret,
      allowed: spec.allowed,
    })),
    events: [...events],
  }));

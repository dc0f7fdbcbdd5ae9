import * as v from 'valibot';
import { ok, type Route, route } from '../api/route.ts';
import { rowId } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { cursor, writeCursor } from './cursor.ts';
import { defined } from './defined.ts';
import { page } from './page.ts';
import {
  deliveryJson,
  deliverySchema,
  givenWebhook,
  readFilters,
  templateSchema,
  templatesJson,
  webhookChange,
  webhookJson,
  webhookSchema,
} from './webhook-json.ts';

const tag = 'Webhooks';
const params = v.strictObject({ id: rowId('the id of a webhook: a whole number') });
const deliveryParams = v.strictObject({ id: rowId('the id of a delivery: a whole number') });
const states = ['queued', 'delivered', 'parked', 'dropped'] as const;

/** Who is told of what happens, what they were told, and what they answered. */
export const webhookRoutes = (deps: HttpDeps): Route[] => [...targetRoutes(deps), ...deliveryRoutes(deps)];

const targetRoutes = ({ resources: { webhooks } }: HttpDeps): Route[] => [
  route({
    id: 'listWebhookTemplates',
    method: 'GET',
    path: '/v1/webhook-templates',
    tag,
    summary: 'The services that webhooks can write for, with their options',
    scope: 'admin',
    answers: { 200: { description: 'All templates', schema: page.of(templateSchema) } },
    run: async () => ok({ items: templatesJson(webhooks.templates()), next: null }),
  }),
  route({
    id: 'listWebhooks',
    method: 'GET',
    path: '/v1/webhooks',
    tag,
    summary: 'All webhooks',
    scope: 'admin',
    answers: { 200: { description: 'All of them; secrets are masked', schema: page.of(webhookSchema) } },
    async run() {
      const targets = await webhooks.list();
      return ok({ items: targets.map((target) => webhookJson({ target, secret: null })), next: null });
    },
  }),
  route({
    id: 'addWebhook',
    method: 'POST',
    path: '/v1/webhooks',
    tag,
    summary: 'Tell somebody of what happens from now on',
    description:
      'The answer is the only one that holds the secret. Filters that are left out let everything through, but events: these are then what the template is for.',
    scope: 'admin',
    body: givenWebhook,
    answers: { 201: { description: 'The webhook, with its secret', schema: webhookSchema } },
    errors: ['webhook_refused', 'webhook_name_taken'],
    async run({ body: { allow_insecure: allowInsecure, filters, url, secret, ...given } }) {
      const optional = defined({ url, secret });
      return ok(
        webhookJson(await webhooks.create({ ...given, ...optional, filters: readFilters(filters), allowInsecure })),
        201,
      );
    },
  }),
  route({
    id: 'getWebhook',
    method: 'GET',
    path: '/v1/webhooks/{id}',
    tag,
    summary: 'One webhook',
    scope: 'admin',
    params,
    answers: { 200: { description: 'The webhook; its secrets are masked', schema: webhookSchema } },
    errors: ['not_found'],
    run: async ({ params: { id } }) => ok(webhookJson({ target: await webhooks.one(id), secret: null })),
  }),
  route({
    id: 'changeWebhook',
    method: 'PATCH',
    path: '/v1/webhooks/{id}',
    tag,
    summary: 'Change a webhook',
    description:
      'What is left out stays. An option is taken away by null. `rotate_secret` makes a new secret, which only this answer holds. What happens while a webhook is disabled is not told later; what it was to be told before waits.',
    scope: 'admin',
    params,
    body: webhookChange,
    answers: { 200: { description: 'The webhook; with its secret, if that is new', schema: webhookSchema } },
    errors: ['not_found', 'webhook_refused', 'webhook_name_taken'],
    async run({
      params: { id },
      body: { allow_insecure: allowInsecure, rotate_secret: rotate, secret, filters, ...rest },
    }) {
      const change = defined({
        ...rest,
        allowInsecure,
        newSecret: secret ?? rotate,
        filters: filters === undefined ? undefined : readFilters(filters),
      });
      return ok(webhookJson(await webhooks.change(id, change)));
    },
  }),
  route({
    id: 'removeWebhook',
    method: 'DELETE',
    path: '/v1/webhooks/{id}',
    tag,
    summary: 'Remove a webhook with the log of its deliveries',
    scope: 'admin',
    params,
    answers: { 204: { description: 'It is gone' } },
    errors: ['not_found'],
    async run({ params: { id } }) {
      await webhooks.remove(id);
      return { status: 204 };
    },
  }),
];

const deliveryRoutes = ({ resources: { webhooks } }: HttpDeps): Route[] => [
  route({
    id: 'testWebhook',
    method: 'POST',
    path: '/v1/webhooks/{id}/test',
    tag,
    summary: 'Tell a webhook now that this is a test',
    description: 'The answer comes when the target has answered, or after 15 seconds; it is not tried again.',
    scope: 'admin',
    params,
    answers: { 200: { description: 'What came of it', schema: deliverySchema } },
    errors: ['not_found'],
    run: async ({ params: { id } }) => ok(deliveryJson(await webhooks.test(id))),
  }),
  route({
    id: 'listDeliveries',
    method: 'GET',
    path: '/v1/webhooks/{id}/deliveries',
    tag,
    summary: 'What a webhook was told and what it answered, newest first',
    description: 'Deliveries are kept for 30 days, the first 1,024 octets of each answer with them.',
    scope: 'admin',
    params,
    query: v.strictObject({
      state: v.optional(v.picklist(states, `one of ${states.join(', ')}`)),
      limit: page.limit,
      cursor: v.optional(cursor(([id]) => (typeof id === 'number' ? id : null))),
    }),
    answers: { 200: { description: 'A page of deliveries', schema: page.of(deliverySchema) } },
    errors: ['not_found'],
    async run({ params: { id }, query: { state, limit, cursor: before } }) {
      const { items, next } = await webhooks.deliveries({ targetId: id, limit, ...defined({ state, before }) });
      return ok({ items: items.map(deliveryJson), next: next === null ? null : writeCursor([next]) });
    },
  }),
  route({
    id: 'sendDeliveryAgain',
    method: 'POST',
    path: '/v1/deliveries/{id}/send-again',
    tag,
    summary: 'Tell again what was told, or was given up',
    description: 'It has the same id as before, and is tried for two days from now.',
    scope: 'admin',
    params: deliveryParams,
    answers: { 202: { description: 'The delivery, queued', schema: deliverySchema } },
    errors: ['not_found'],
    run: async ({ params: { id } }) => ok(deliveryJson(await webhooks.sendAgain(id)), 202),
  }),
];

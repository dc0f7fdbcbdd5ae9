import * as v from 'valibot';
import { SimloftError } from '../../core/errors.ts';
import { ok, type Route, route } from '../api/route.ts';
import { nothing, writeInstant, writtenInstant } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';

const status = v.object({
  version: v.string(),
  started_at: writtenInstant,
  demo: v.boolean(),
  ready: v.boolean(),
  reasons: v.array(v.object({ code: v.string(), text: v.string() })),
});

const order = v.looseObject(
  { do: v.string('the name of an order, such as "sms"') },
  'a JSON object such as {"do":"sms","from":"+79161234567","text":"Hello"}',
);

/** The gateway itself, in few words; and the other side of the air while it runs on its built-in virtual modem. */
export const statusRoutes = ({ about, demo, queries }: HttpDeps): Route[] => [
  route({
    id: 'getStatus',
    method: 'GET',
    path: '/v1/status',
    tag: 'Health',
    summary: 'How the gateway is, in words',
    description: '`demo`: it runs on its built-in virtual modem; nothing is sent to anybody.',
    scope: 'read',
    query: nothing,
    answers: { 200: { description: 'How it is', schema: status } },
    async run() {
      const { ready, reasons } = await queries.health();
      const { version, startedAt } = about;
      return ok({ version, started_at: writeInstant(startedAt), demo: demo !== null, ready, reasons: [...reasons] });
    },
  }),
  route({
    id: 'steerDemo',
    method: 'POST',
    path: '/v1/demo',
    tag: 'Health',
    summary: 'Play the other side, while the gateway runs on its built-in virtual modem',
    description:
      'The same orders as `simloft virtual-modem do`; `{"do":"help"}` tells them. 404 on a gateway with a real modem.',
    scope: 'admin',
    unnoted: true,
    body: order,
    answers: { 200: { description: 'What the order answers', schema: v.record(v.string(), v.unknown()) } },
    errors: ['not_found'],
    async run({ body }) {
      if (demo === null)
        throw new SimloftError('not_found', 'This gateway has a real modem: there is no other side to play.');
      return ok(demo(body));
    },
  }),
];

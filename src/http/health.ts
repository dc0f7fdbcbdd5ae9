import * as v from 'valibot';
import { ok, type Route, route } from './api/route.ts';
import type { HttpDeps } from './deps.ts';

const health = v.object({
  ready: v.boolean(),
  reasons: v.array(v.object({ code: v.string(), text: v.string() })),
});

/** `GET /health/live`: the process answers. `GET /health/ready`: messages can come in and go out, else 503 with why not. */
export function healthRoutes({ queries }: Pick<HttpDeps, 'queries'>): Route[] {
  return [
    route({
      id: 'getLive',
      method: 'GET',
      path: '/health/live',
      tag: 'Health',
      summary: 'Whether the process answers',
      scope: null,
      answers: { 200: { description: 'It does', schema: v.object({ live: v.boolean() }) } },
      run: async () => ok({ live: true }),
    }),
    route({
      id: 'getReady',
      method: 'GET',
      path: '/health/ready',
      tag: 'Health',
      summary: 'Whether messages can come in and go out',
      scope: null,
      answers: {
        200: { description: 'They can', schema: health },
        503: { description: 'They cannot, for these reasons', schema: health },
      },
      async run() {
        const found = await queries.health();
        return ok(found, found.ready ? 200 : 503);
      },
    }),
  ];
}

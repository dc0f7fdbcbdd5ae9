import { openApiOf } from './api/openapi.ts';
import { ok, type Route, route } from './api/route.ts';
import { nothing } from './api/schema.ts';
import { docsRoute } from './docs-page.ts';

/** `GET /v1/openapi.json`: what this gateway can be asked, for programs. */
export const documentRoutes = (routes: readonly Route[]): Route[] => [
  route({
    id: 'getOpenApi',
    method: 'GET',
    path: '/v1/openapi.json',
    tag: 'Reference',
    summary: 'The OpenAPI 3.1 document of this API',
    scope: null,
    query: nothing,
    answers: { 200: { description: 'The document', contentType: 'application/json' } },
    run: async () => ok(await openApiOf(routes, { version: '1' })),
  }),
  docsRoute(routes),
];
